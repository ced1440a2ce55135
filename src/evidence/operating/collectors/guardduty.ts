import {
  DescribeMalwareScansCommand,
  GetCoverageStatisticsCommand,
  GetDetectorCommand,
  GetFindingsCommand,
  GetMalwareProtectionPlanCommand,
  GuardDutyClient,
  ListCoverageCommand,
  ListDetectorsCommand,
  ListFindingsCommand,
  ListMalwareProtectionPlansCommand,
} from '@aws-sdk/client-guardduty';
import { everyPage } from '../../../functions/every-page';
import { type Answer, collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { isAtOrAfter, timeOpen } from '../time-open';
import { GUARDDUTY } from './about';

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings.html */
const FINDINGS_KEPT_DAYS = 90;

/** As many as `GetFindings` takes. */
const BATCH = 50;

/** Findings of a detector that are asked for at once. */
interface Batch {
  readonly detector: string;
  readonly ids: string[];
}

class NotInUse extends Error {}

async function* detectors(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(GuardDutyClient);
  const ask = (NextToken?: string) => client.send(new ListDetectorsCommand({ NextToken }));
  let isInUse = false;
  for await (const { DetectorIds = [] } of everyPage(ask, (answer) => answer.NextToken)) {
    isInUse ||= DetectorIds.length > 0;
    yield* DetectorIds;
  }
  if (!isInUse) throw new NotInUse();
}

/** Where nobody looks for threats, none is found: that is an answer, and worth a look. */
function notInUse(error: Error): Answer | undefined {
  return error instanceof NotInUse ? { rows: [], truncated: 'GuardDuty is not in use in this Region' } : undefined;
}

/**
 * Findings of the account that changed since the period began, those that were archived among them: no condition leaves these out.
 *
 * Later than the period as well: AWS tells of a finding when it changed last, and one that is open still may change every day.
 */
function criteria({ period, account }: CollectContext) {
  const updatedAt = { GreaterThanOrEqual: period.from.getTime() };
  return { FindingCriteria: { Criterion: { updatedAt, accountId: { Equals: [account] } } }, MaxResults: BATCH };
}

async function* findings(context: CollectContext): AsyncGenerator<Batch> {
  const client = context.client(GuardDutyClient);
  for await (const detector of detectors(context)) {
    const ask = (NextToken?: string) =>
      client.send(new ListFindingsCommand({ ...criteria(context), DetectorId: detector, NextToken }));
    for await (const { FindingIds: ids = [] } of everyPage(ask, (answer) => answer.NextToken))
      if (ids.length > 0) yield { detector, ids };
  }
}

async function* malwarePlans(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(GuardDutyClient);
  const ask = (NextToken?: string) => client.send(new ListMalwareProtectionPlansCommand({ NextToken }));
  for await (const { MalwareProtectionPlans = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { MalwareProtectionPlanId } of MalwareProtectionPlans) yield MalwareProtectionPlanId!;
}

const DETECTORS = { each: 'each detector', apis: ['guardduty:ListDetectors'], find: detectors };

export const guardDuty: Collector = {
  ...GUARDDUTY,
  collect: collectParts([
    listing({
      id: 'detectors',
      title: 'Whether threats are looked for, and by which features',
      covers: 'moment',
      controls: ['threat-detection', 'malware-protection'],
      api: 'guardduty:GetDetector',
      client: GuardDutyClient,
      of: DETECTORS,
      unless: notInUse,
      input: (_, DetectorId) => ({ DetectorId }),
      send: (client, input) => client.send(new GetDetectorCommand(input)),
      items: (detector) => [detector],
      rowId: (_, detector) => detector,
      also: (_item, _context, detector) => ({ detector }),
    }),
    listing({
      id: 'findings',
      title:
        'Findings that were made before the end of the period and changed since its start, with how long each was open until it was archived',
      covers: 'period',
      controls: ['threat-detection', 'event-analysis', 'incident-response'],
      api: 'guardduty:GetFindings',
      client: GuardDutyClient,
      of: {
        each: { detector: 'each detector', ids: ['findings that changed since the period began'] } as Batch,
        apis: ['guardduty:ListDetectors', 'guardduty:ListFindings'],
        asked: criteria,
        find: findings,
      },
      input: (_, { detector, ids }) => ({ DetectorId: detector, FindingIds: ids }),
      send: (client, input) => client.send(new GetFindingsCommand(input)),
      items: ({ Findings = [] }, { period }) => Findings.filter(({ CreatedAt }) => !isAtOrAfter(CreatedAt, period.to)),
      unless: notInUse,
      rowId: ({ Arn }) => Arn,
      also: ({ CreatedAt, UpdatedAt, Service }, { now }) => timeOpen(CreatedAt, Service?.Archived ? UpdatedAt : undefined, now()),
      keptDays: FINDINGS_KEPT_DAYS,
    }),
    listing({
      id: 'coverage',
      title: 'Workloads that the agent watches at run time, with its version and who keeps it up to date',
      covers: 'moment',
      controls: ['malware-protection', 'threat-detection', 'file-integrity'],
      api: 'guardduty:ListCoverage',
      client: GuardDutyClient,
      of: DETECTORS,
      unless: notInUse,
      input: (_, DetectorId) => ({ DetectorId }),
      send: (client, input) => client.send(new ListCoverageCommand(input)),
      token: 'NextToken',
      items: ({ Resources }) => Resources,
      rowId: ({ AccountId, ResourceId }, detector) => [detector, AccountId, ResourceId].join(' '),
    }),
    listing({
      id: 'coverage-statistics',
      title: 'How many workloads are watched at run time, and how many are not',
      covers: 'moment',
      controls: ['malware-protection', 'threat-detection'],
      api: 'guardduty:GetCoverageStatistics',
      client: GuardDutyClient,
      of: DETECTORS,
      unless: notInUse,
      input: (_, DetectorId) => ({
        DetectorId,
        StatisticsType: ['COUNT_BY_RESOURCE_TYPE' as const, 'COUNT_BY_COVERAGE_STATUS' as const],
      }),
      send: (client, input) => client.send(new GetCoverageStatisticsCommand(input)),
      items: ({ CoverageStatistics }) => (CoverageStatistics ? [CoverageStatistics] : []),
      rowId: (_, detector) => detector,
      also: (_item, _context, detector) => ({ detector }),
    }),
    listing({
      id: 'malware-scans',
      title: 'Scans for malware that started in the period, with what each scanned and found',
      covers: 'period',
      controls: ['malware-protection'],
      api: 'guardduty:DescribeMalwareScans',
      client: GuardDutyClient,
      of: DETECTORS,
      unless: notInUse,
      input: ({ period: { from, to } }, DetectorId) => ({
        DetectorId,
        FilterCriteria: {
          FilterCriterion: [
            {
              CriterionKey: 'SCAN_START_TIME' as const,
              FilterCondition: { GreaterThan: from.getTime() - 1, LessThan: to.getTime() },
            },
          ],
        },
      }),
      send: (client, input) => client.send(new DescribeMalwareScansCommand(input)),
      token: 'NextToken',
      items: ({ Scans }) => Scans,
      rowId: ({ ScanId }) => ScanId,
      keptDays: FINDINGS_KEPT_DAYS,
    }),
    listing({
      id: 'malware-protection-plans',
      title: 'Buckets whose new objects are scanned for malware, and whether that works',
      covers: 'moment',
      controls: ['malware-protection'],
      api: 'guardduty:GetMalwareProtectionPlan',
      client: GuardDutyClient,
      of: { each: 'each plan', apis: ['guardduty:ListMalwareProtectionPlans'], find: malwarePlans },
      input: (_, MalwareProtectionPlanId) => ({ MalwareProtectionPlanId }),
      send: (client, input) => client.send(new GetMalwareProtectionPlanCommand(input)),
      items: (plan) => [plan],
      rowId: (_, plan) => plan,
    }),
  ]),
};
