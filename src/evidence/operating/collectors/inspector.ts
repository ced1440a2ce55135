import {
  BatchGetAccountStatusCommand,
  type Finding,
  Inspector2Client,
  ListCoverageCommand,
  ListFindingsCommand,
  type ListFindingsRequest,
  type ListFindingsResponse,
} from '@aws-sdk/client-inspector2';
import { readDeadlines } from '../../../detection/finding-deadlines';
import { collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { timeOpen } from '../time-open';
import { INSPECTOR } from './about';

/** Days for a fix, by severity: those that `VulnerabilityScanning` has unless it is told otherwise. */
const DEADLINES: Readonly<Record<string, number>> = readDeadlines();

const ofAccount = ({ account }: CollectContext) => [{ comparison: 'EQUALS' as const, value: account }];
const status = (value: string) => [{ comparison: 'EQUALS' as const, value }];

/** How old a finding is, and whether it was fixed in time. */
function ages({ severity, firstObservedAt, updatedAt, lastObservedAt, status }: Finding, { now }: CollectContext) {
  const closed = status === 'CLOSED' ? (updatedAt ?? lastObservedAt) : undefined;
  const time = timeOpen(firstObservedAt, closed, now());
  const deadlineDays = DEADLINES[severity ?? ''] ?? null;
  const days = time.resolvedAfterDays ?? time.openDays;
  return { ...time, deadlineDays, overdue: deadlineDays === null || days === null ? null : days > deadlineDays };
}

/** What lists of findings have in common, whatever is listed. */
const FINDINGS = {
  controls: ['vulnerability-management', 'patch-management'],
  api: 'inspector2:ListFindings',
  client: Inspector2Client,
  send: (client: Inspector2Client, input: ListFindingsRequest) => client.send(new ListFindingsCommand(input)),
  token: 'nextToken',
  items: ({ findings }: ListFindingsResponse) => findings,
  rowId: ({ findingArn }: Finding) => findingArn,
  also: ages,
} as const;

export const inspector: Collector = {
  ...INSPECTOR,
  collect: collectParts([
    listing({
      id: 'status',
      title: 'Which kinds of resources are scanned for vulnerabilities',
      covers: 'moment',
      api: 'inspector2:BatchGetAccountStatus',
      client: Inspector2Client,
      input: ({ account }) => ({ accountIds: [account] }),
      send: (client, input) => client.send(new BatchGetAccountStatusCommand(input)),
      items: ({ accounts }) => accounts,
      lacks: ({ failedAccounts = [] }) =>
        failedAccounts.map(({ accountId, errorCode, errorMessage }) => `${accountId}: ${errorCode}: ${errorMessage}`),
      rowId: ({ accountId }) => accountId,
    }),
    listing({
      ...FINDINGS,
      id: 'open-findings',
      title: 'Vulnerabilities that are open, with their age and the days that there are for a fix',
      covers: 'moment',
      input: (context) => ({
        filterCriteria: { awsAccountId: ofAccount(context), findingStatus: status('ACTIVE') },
        sortCriteria: { field: 'FIRST_OBSERVED_AT' as const, sortOrder: 'ASC' as const },
        maxResults: 100,
      }),
    }),
    listing({
      ...FINDINGS,
      id: 'closed-findings',
      title: 'Vulnerabilities that were fixed in the period, with the days that it took',
      covers: 'period',
      input: (context) => ({
        filterCriteria: {
          awsAccountId: ofAccount(context),
          findingStatus: status('CLOSED'),
          updatedAt: [{ startInclusive: context.period.from, endInclusive: context.period.to }],
        },
        sortCriteria: { field: 'FIRST_OBSERVED_AT' as const, sortOrder: 'ASC' as const },
        maxResults: 100,
      }),
      // Those of resources that were deleted are kept for 3 days only.
      // https://docs.aws.amazon.com/inspector/latest/user/findings-understanding.html
      keptDays: 30,
    }),
    listing({
      ...FINDINGS,
      id: 'suppressed-findings',
      title: 'Vulnerabilities that a rule hides',
      covers: 'moment',
      input: (context) => ({
        filterCriteria: { awsAccountId: ofAccount(context), findingStatus: status('SUPPRESSED') },
        maxResults: 100,
      }),
    }),
    listing({
      id: 'coverage',
      title: 'Resources that are scanned, with when each was scanned last, and those that are not and why',
      covers: 'moment',
      api: 'inspector2:ListCoverage',
      client: Inspector2Client,
      input: (context) => ({ filterCriteria: { accountId: ofAccount(context) }, maxResults: 200 }),
      send: (client, input) => client.send(new ListCoverageCommand(input)),
      token: 'nextToken',
      items: ({ coveredResources }) => coveredResources,
      rowId: ({ resourceType, resourceId, scanType }) => [resourceType, resourceId, scanType].join(' '),
    }),
  ]),
};
