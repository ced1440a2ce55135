import { GenerateCredentialReportCommand, GetCredentialReportCommand, type IAMClient } from '@aws-sdk/client-iam';
import { parse } from 'csv-parse/sync';
import type { Clock } from '../../functions/clock';
import type { Key, User } from './review';

/** How often it is asked whether IAM is done. */
const EVERY = 5_000;
const MOST_TRIES = 60;

/** What IAM answers while there is no report that is new enough. */
const NOT_YET = new Set([
  'CredentialReportNotReadyException',
  'CredentialReportExpiredException',
  'CredentialReportNotPresentException',
]);

/**
 * Users of IAM with their passwords, second factors and keys. IAM makes the report when it is asked to, at most every four hours.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function usersOf(client: IAMClient, clock: Clock): Promise<User[]> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const { State: state } = await client.send(new GenerateCredentialReportCommand({}));
    const content = state === 'COMPLETE' ? await contentOf(client) : undefined;
    if (content) return readReport(new TextDecoder().decode(content));
    await clock.sleep(EVERY);
  }
  throw new Error(
    `IAM did not finish the credential report within ${(EVERY * MOST_TRIES) / 60_000} minutes: it is asked again tomorrow`,
  );
}

async function contentOf(client: IAMClient): Promise<Uint8Array | undefined> {
  try {
    const { Content: content } = await client.send(new GetCredentialReportCommand({}));
    return content;
  } catch (error) {
    if (NOT_YET.has((error as Error).name)) return undefined;
    throw error;
  }
}

const NEEDED = ['user', 'arn', 'password_enabled', 'mfa_active', 'access_key_1_active', 'access_key_2_active'];

/** Read the report, a table with a heading. */
export function readReport(text: string): User[] {
  const [heading = [], ...rows]: string[][] = parse(text, {
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    bom: true,
  });
  const lacking = NEEDED.filter((name) => !heading.includes(name));
  if (lacking.length > 0) throw new Error(`the credential report has no columns ${lacking.join(', ')}`);
  if (rows.length === 0) throw new Error('the credential report has no lines: the root user at least is in each');
  return rows.map((row) => {
    const cells = inColumns(row, heading.length);
    const cell = (name: string) => cells[heading.indexOf(name)] ?? '';
    const isRoot = cell('arn').endsWith(':root');
    return {
      name: cell('user'),
      arn: cell('arn'),
      isRoot,
      created: dateOf(cell('user_creation_time')),
      // Of the root user IAM may not say: it has one unless it was taken away for the whole organization.
      hasPassword: mayBe(cell('password_enabled')),
      passwordLastUsed: dateOf(cell('password_last_used')),
      passwordChanged: dateOf(cell('password_last_changed')),
      hasSecondFactor: /^true$/i.test(cell('mfa_active')),
      keys: ([1, 2] as const).flatMap((number) => keyOf(number, cell)),
    };
  });
}

function keyOf(number: 1 | 2, cell: (name: string) => string): Key[] {
  const active = mayBe(cell(`access_key_${number}_active`));
  const rotated = dateOf(cell(`access_key_${number}_last_rotated`));
  // There is no other sign that a key that is switched off is there.
  if (!active && !rotated) return [];
  return [{ number, active, rotated, lastUsed: dateOf(cell(`access_key_${number}_last_used_date`)) }];
}

/** Whether it may be so: whatever IAM answers but `false`, which its documentation writes in capitals. */
function mayBe(text: string): boolean {
  return !/^false$/i.test(text);
}

/** Names of users may have commas, and the report has no quotes: what follows the ARN has none. */
function inColumns(row: string[], columns: number): string[] {
  if (row.length === columns) return row;
  const extra = row.length - columns;
  const place = row.findIndex((cell, index) => index > 0 && cell.startsWith('arn:'));
  if (extra < 0 || place < 0) throw new Error(`a line of the credential report has ${row.length} of ${columns} columns`);
  const end = 2 + extra;
  return [row.slice(0, place).join(','), row.slice(place, end).join(','), ...row.slice(end)];
}

function dateOf(text: string): Date | undefined {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}
