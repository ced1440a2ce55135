import { type Cell, said, type Table } from '../../evidence/tables/table';
import { workbookFile } from '../../evidence/xlsx/workbook-file';
import { day } from './iam-access';
import type { Access, Report } from './report';

/** What a reviewer fills in, line by line. */
const DECISION = { 'Keep, change or remove': 16, Reason: 30, Reviewer: 20, Date: 12 } as const;
const OPEN: readonly Cell[] = Object.keys(DECISION).map(() => '');

/** Lines that a sheet of a workbook holds, its heading aside. */
const MOST_LINES = 1_048_575;

/** The review as a workbook: what was found, and columns to decide and sign in. */
export function reviewWorkbook(report: Report): Uint8Array {
  return workbookFile({
    title: `Access review of account ${report.account}`,
    subtitle: 'To be reviewed and signed. It supports SOC 2 criteria CC6.1, CC6.2 and CC6.3',
    creator: 'cdk-soc2',
    time: new Date(report.time),
    facts: [
      ['Account', report.account],
      ['As of', report.time],
      ['Review before', report.before ?? 'none'],
      ['Counts as unused', `not used for more than ${report.unusedDays} days`],
      ['How to', 'Decide on each line of Access, sign the sheet Signature, and put the file into the folder signed/ beside it'],
      ...report.notes.map((note, index): [string, string] => [`Note ${index + 1}`, said(note)]),
    ],
    tables: [
      signature(report),
      access(report),
      concerns(report),
      changes(report),
      users(report),
      roles(report),
      permissionSets(report),
    ],
  });
}

function signature({ account, time, concerns }: Report): Table {
  const statement = [
    'I looked at every line of the sheet Access, and decided whether it stays.',
    'Access that is to be changed or removed was handed to those who do it, and I checked that it was done.',
    `The ${concerns.length} lines of the sheet To do were dealt with, or a reason is given there.`,
    'I did not decide on access of my own.',
  ];
  return {
    name: 'signature',
    title: 'Signature',
    what: `Who reviewed the access to account ${account} as of ${time.slice(0, 10)}, and how.`,
    columns: { Statement: 70, 'Yes or no': 12, Name: 24, Date: 14, Signature: 24 },
    rows: statement.map((each) => [each, '', '', '', '']),
  };
}

function access({ access: all }: Report): Table {
  return table('access', 'Access', 'Who may do what, and by which way.', { ...ACCESS, ...DECISION }, all, (each) => [
    ...cellsOf(each),
    ...OPEN,
  ]);
}

const ACCESS = { Kind: 20, Who: 32, Through: 36, Account: 14, Access: 36, 'Last used': 18 } as const;

function cellsOf({ kind, who, through, account, access: what, lastUsed }: Access): Cell[] {
  return [kind, said(who), said(through), account, said(what), lastUsed];
}

function concerns({ concerns: all }: Report): Table {
  return table(
    'to-do',
    'To do',
    'What should be changed, or needs a reason.',
    { Who: 32, What: 60, ...DECISION },
    all,
    ({ who, what }) => [said(who), said(what), ...OPEN],
  );
}

function changes({ changes: all, before }: Report): Table {
  const since = before ? `the review of ${before}` : 'no review: this is the first one';
  return table('changes', 'Changes', `What is new or gone since ${since}.`, { Change: 12, ...ACCESS }, all, (each) => [
    each.change,
    ...cellsOf(each.access),
  ]);
}

function users({ users: all }: Report): Table {
  const columns = { User: 32, Made: 12, Password: 10, 'Signed in': 12, 'Second factor': 14, 'Key 1': 34, 'Key 2': 34 };
  return table('users', 'Users and keys', 'Users of IAM and the root user.', columns, all, (user) => [
    said(user.name),
    dayOf(user.created),
    user.hasPassword ? 'yes' : 'no',
    dayOf(user.passwordLastUsed),
    user.hasSecondFactor ? 'yes' : 'no',
    ...([1, 2] as const).map((number) => {
      const key = user.keys.find((each) => each.number === number);
      if (!key) return '';
      return `${key.active ? 'on' : 'off'}, made ${dayOf(key.rotated) || 'some time'}, used ${dayOf(key.lastUsed) || 'never'}`;
    }),
  ]);
}

function roles({ roles: all }: Report): Table {
  return table(
    'roles',
    'Roles',
    'Roles of IAM, and when each was last used.',
    { Role: 48, Path: 40, Made: 12, 'Last used': 14 },
    all,
    (role) => [said(role.name), said(role.path), dayOf(role.created), dayOf(role.lastUsed) || 'never'],
  );
}

function permissionSets({ permissionSets: all }: Report): Table {
  const columns = { 'Permission set': 30, Description: 60, Session: 10, Policies: 40, Accounts: 10, People: 10 };
  return table('permission-sets', 'Permission sets', 'Permission sets of Identity Center.', columns, all, (set) => [
    said(set.name),
    said(set.description),
    set.session,
    said(set.policies.join(', ')),
    set.accounts,
    set.people,
  ]);
}

function table<Item>(
  name: string,
  title: string,
  what: string,
  columns: Readonly<Record<string, number>>,
  items: readonly Item[],
  cells: (item: Item) => Cell[],
): Table {
  const more =
    items.length > MOST_LINES ? ` A sheet ends after ${MOST_LINES} lines: all ${items.length} are in access-review.json.` : '';
  return { name, title, what: what + more, columns, rows: items.slice(0, MOST_LINES).map(cells) };
}

function dayOf(time: Date | undefined): string {
  return time ? day(time) : '';
}
