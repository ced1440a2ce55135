import {
  type CisScan,
  type Inspector2Client,
  ListCisScanResultsAggregatedByTargetResourceCommand,
  ListCisScansCommand,
} from '@aws-sdk/client-inspector2';

/** Days in which a weekly scan is to end. */
const DAYS = 8;

/** Most instances whose results are listed. */
const MOST = 1_000;

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
    readonly instances: readonly {
      readonly id: string;
      readonly platform?: string;
      readonly status?: string;
      readonly reason?: string;
      readonly failed: number;
      readonly passed: number;
      readonly skipped: number;
    }[];
  };
}

/** Read the scans of the last days, newest first, and what the newest completed one found on each instance. */
export async function cisResults(client: Inspector2Client, now: Date): Promise<CisResults> {
  const since = now.getTime() - DAYS * 86_400_000;
  const scans: CisScan[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListCisScansCommand({ sortBy: 'SCAN_START_DATE', sortOrder: 'DESC', maxResults: 100, nextToken }),
    );
    scans.push(...(page.scans ?? []));
    const oldest = page.scans?.at(-1)?.scanDate?.getTime() ?? 0;
    nextToken = oldest < since && scans.some(isCompleted) ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  const completed = scans.filter(isCompleted);
  const [newest] = completed;
  return {
    completed: completed.filter(({ scanDate }) => (scanDate?.getTime() ?? 0) >= since).length,
    newest: newest && (await resultsOf(client, newest)),
  };
}

async function resultsOf(
  client: Inspector2Client,
  { scanArn = '', scanName, scanDate, securityLevel, failedChecks = 0, totalChecks = 0 }: CisScan,
) {
  const instances = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListCisScanResultsAggregatedByTargetResourceCommand({ scanArn, maxResults: 100, nextToken }),
    );
    for (const {
      targetResourceId = '',
      platform,
      targetStatus,
      targetStatusReason,
      statusCounts,
    } of page.targetResourceAggregations ?? []) {
      const { failed = 0, passed = 0, skipped = 0 } = statusCounts ?? {};
      instances.push({
        id: targetResourceId,
        platform,
        status: targetStatus,
        reason: targetStatusReason,
        failed,
        passed,
        skipped,
      });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && instances.length < MOST);
  return {
    arn: scanArn,
    name: scanName,
    date: scanDate?.toISOString(),
    level: securityLevel,
    failedChecks,
    totalChecks,
    instances,
  };
}

function isCompleted({ status }: CisScan): boolean {
  return status === 'COMPLETED';
}
