import {
  DescribeHubCommand,
  DescribeStandardsControlsCommand,
  GetEnabledStandardsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { everyPage } from '../../../functions/every-page';
import { type Answer, collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { isAtOrAfter, timeOpen } from '../time-open';
import { SECURITY_HUB } from './about';

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html */
const FINDINGS_KEPT_DAYS = 90;

/** What is not subscribed has no findings: that is an answer, and worth a look. */
function notInUse({ name, message }: Error): Answer | undefined {
  if (name !== 'InvalidAccessException' || !/not subscribed/i.test(message)) return undefined;
  return { rows: [], truncated: 'Security Hub CSPM is not in use in this Region' };
}

async function* standards(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(SecurityHubClient);
  const ask = (NextToken?: string) => client.send(new GetEnabledStandardsCommand({ NextToken }));
  for await (const { StandardsSubscriptions = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { StandardsSubscriptionArn } of StandardsSubscriptions) yield StandardsSubscriptionArn!;
}

export const securityHub: Collector = {
  ...SECURITY_HUB,
  collect: collectParts([
    listing({
      id: 'hub',
      title: 'Whether findings are brought together, and since when',
      covers: 'moment',
      api: 'securityhub:DescribeHub',
      client: SecurityHubClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeHubCommand(input)),
      items: (hub) => [hub],
      rowId: ({ HubArn }) => HubArn,
      unless: notInUse,
    }),
    listing({
      id: 'standards',
      title: 'Standards that resources are checked against',
      covers: 'moment',
      api: 'securityhub:GetEnabledStandards',
      client: SecurityHubClient,
      input: () => ({}),
      send: (client, input) => client.send(new GetEnabledStandardsCommand(input)),
      token: 'NextToken',
      items: ({ StandardsSubscriptions }) => StandardsSubscriptions,
      rowId: ({ StandardsSubscriptionArn }) => StandardsSubscriptionArn,
      unless: notInUse,
    }),
    listing({
      id: 'controls',
      title: 'Controls of each standard, with those that were disabled and why',
      covers: 'moment',
      api: 'securityhub:DescribeStandardsControls',
      client: SecurityHubClient,
      of: { each: 'each standard', apis: ['securityhub:GetEnabledStandards'], find: standards },
      input: (_, StandardsSubscriptionArn) => ({ StandardsSubscriptionArn }),
      send: (client, input) => client.send(new DescribeStandardsControlsCommand(input)),
      token: 'NextToken',
      items: ({ Controls }) => Controls,
      rowId: ({ StandardsControlArn }) => StandardsControlArn,
      unless: notInUse,
    }),
    listing({
      id: 'findings',
      title:
        'Findings of the account and Region that were made before the end of the period and changed since its start, with how long each was open until it was resolved',
      covers: 'period',
      controls: ['security-posture', 'vulnerability-management', 'incident-response'],
      api: 'securityhub:GetFindings',
      client: SecurityHubClient,
      // An administrator and an aggregating Region see those of others, which are counted there.
      input: ({ account, region, period: { from }, now }) => ({
        Filters: {
          AwsAccountId: [{ Value: account, Comparison: 'EQUALS' as const }],
          Region: [{ Value: region, Comparison: 'EQUALS' as const }],
          // Later than the period as well: each check of what is open still changes its finding.
          UpdatedAt: [{ Start: from.toISOString(), End: now().toISOString() }],
        },
        SortCriteria: [{ Field: 'CreatedAt', SortOrder: 'asc' as const }],
        MaxResults: 100,
      }),
      send: (client, input) => client.send(new GetFindingsCommand(input)),
      token: 'NextToken',
      items: ({ Findings = [] }, { period }) => Findings.filter(({ CreatedAt }) => !isAtOrAfter(CreatedAt, period.to)),
      // Ids are unique for a product only.
      rowId: ({ ProductArn, Id }) => `${ProductArn} ${Id}`,
      also: ({ FirstObservedAt, CreatedAt, UpdatedAt, Workflow, RecordState }, { now }) => {
        const isResolved = Workflow?.Status === 'RESOLVED' || RecordState === 'ARCHIVED';
        return timeOpen(FirstObservedAt ?? CreatedAt, isResolved ? UpdatedAt : undefined, now());
      },
      keptDays: FINDINGS_KEPT_DAYS,
      unless: notInUse,
    }),
  ]),
};
