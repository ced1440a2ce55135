import {
  type CisScan,
  type CisTargetResourceAggregation,
  type Inspector2Client,
  ListCisScanResultsAggregatedByTargetResourceCommand,
  ListCisScansCommand,
} from '@aws-sdk/client-inspector2';
import { everyPage } from '../../functions/every-page';

/** Days in which a weekly scan is to end. */
const DAYS = 8;

/** What was found on an instance. */
export interface CisInstance {
  readonly id: string;
  readonly platform?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly failed: number;
  readonly passed: number;
  readonly skipped: number;
}

/** What the newest scan by the benchmarks of CIS found. */
export interface CisResults {
  /** Scans that were completed in the last days. */
  readonly completed: number;
  readonly newest?: {
    readonly arn: string;
    readonly name?: string;
    readonly date?: string;
    readonly level?: string;
    readonly failedChecks: number;
    readonly totalChecks: number;
    readonly instances: readonly CisInstance[];
    /** Why instances are missing from the list; not set when all are in it. */
    readonly problem?: string;
  };
}

/** Read the scans of the last days, newest first, and what the newest completed one found on each instance. */
export async function cisResults(client: Inspector2Client, now: Date, hasTime: () => boolean): Promise<CisResults> {
  const since = now.getTime() - DAYS * 86_400_000;
  const scans: CisScan[] = [];
  const read = (nextToken?: string) =>
    client.send(new ListCisScansCommand({ sortBy: 'SCAN_START_DATE', sortOrder: 'DESC', maxResults: 100, nextToken }));
  for await (const page of everyPage(read, next, hasTime)) {
    scans.push(...(page.scans ?? []));
    const oldest = page.scans?.at(-1)?.scanDate?.getTime() ?? 0;
    if (oldest < since && scans.some(isCompleted)) break;
  }
  const completed = scans.filter(isCompleted);
  const [newest] = completed;
  return {
    completed: completed.filter(({ scanDate }) => (scanDate?.getTime() ?? 0) >= since).length,
    newest: newest && (await resultsOf(client, newest, hasTime)),
  };
}

async function resultsOf(
  client: Inspector2Client,
  { scanArn = '', scanName, scanDate, securityLevel, failedChecks = 0, totalChecks = 0 }: CisScan,
  hasTime: () => boolean,
) {
  const { instances, problem } = await instancesOf(client, scanArn, hasTime);
  return {
    arn: scanArn,
    name: scanName,
    date: scanDate?.toISOString(),
    level: securityLevel,
    failedChecks,
    totalChecks,
    instances,
    problem,
  };
}

/** Every instance of a scan; those that were read before something failed are listed, with what failed. */
async function instancesOf(client: Inspector2Client, scanArn: string, hasTime: () => boolean) {
  const instances: CisInstance[] = [];
  const read = (nextToken?: string) =>
    client.send(new ListCisScanResultsAggregatedByTargetResourceCommand({ scanArn, maxResults: 100, nextToken }));
  try {
    for await (const { targetResourceAggregations: page = [] } of everyPage(read, next, hasTime)) {
      instances.push(...page.map(instanceOf));
    }
    return { instances };
  } catch (error) {
    const { name, message } = error as Error;
    return { instances, problem: name === 'Error' ? message : `${name}: ${message}` };
  }
}

function instanceOf({
  targetResourceId: id = '',
  platform,
  targetStatus: status,
  targetStatusReason: reason,
  statusCounts: { failed = 0, passed = 0, skipped = 0 } = {},
}: CisTargetResourceAggregation): CisInstance {
  return { id, platform, status, reason, failed, passed, skipped };
}

function next({ nextToken: token }: { readonly nextToken?: string }): string | undefined {
  return token;
}

function isCompleted({ status }: CisScan): boolean {
  return status === 'COMPLETED';
}
