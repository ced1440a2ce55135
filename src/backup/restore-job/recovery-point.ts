import {
  type BackupClient,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointOutput,
  type DescribeRestoreJobOutput,
  type ScanResult,
} from '@aws-sdk/client-backup';
import type { Check, RecoveryPoint } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { nameIn } from '../restore-shared/steps';

/** How much of the size of a recovery point must be there: services round, and meter at different times. */
const LEAST_PART = 0.9;

/** What is an answer, and not a reason to ask again: a recovery point may have expired, or be of another account. */
const FINAL = /^(AccessDenied|InvalidParameterValue|InvalidRequest|MissingParameterValue|ResourceNotFound)/;

const ASKED = 'backup:DescribeRecoveryPoint';

/** Compare a restore with the recovery point that it is of, and look what a scan of that found. */
export async function describeRecoveryPoint(backup: BackupClient, job: DescribeRestoreJobOutput): Promise<RecoveryPoint> {
  const { RecoveryPointArn, BackupVaultArn: vault } = job;
  if (RecoveryPointArn === undefined || vault === undefined) return { malwareScan: 'not known: no vault is named', checks: [] };
  try {
    const request = new DescribeRecoveryPointCommand({ BackupVaultName: nameIn(vault), RecoveryPointArn });
    const point = await backup.send(request);
    return scanned(point, sizeOf(point, job));
  } catch (error) {
    const { name } = error as Error;
    if (!FINAL.test(name)) throw error;
    return { malwareScan: `not known: ${name}`, checks: [] };
  }
}

/**
 * Only where AWS Backup tells both sizes: it does not for every type. Of a bucket all versions are backed up, and the newest restored.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-s3.html
 */
function sizeOf({ BackupSizeInBytes: backedUp = 0 }: DescribeRecoveryPointOutput, job: DescribeRestoreJobOutput): Check[] {
  const { BackupSizeInBytes: restored = 0, ResourceType: type } = job;
  if (backedUp <= 0 || restored <= 0 || type === 'S3') return [];
  const least = Math.floor(backedUp * LEAST_PART);
  const expected = `at least ${least} bytes, of ${backedUp} that were backed up`;
  return [check('the restore has the size of its recovery point', ASKED, expected, `${restored} bytes`, restored >= least)];
}

/** A recovery point that was not scanned to the end is none without malware, and none with it. */
function scanned({ ScanResults: results = [] }: DescribeRecoveryPointOutput, checks: readonly Check[]): RecoveryPoint {
  const findings = results.flatMap(({ Findings = [] }) => Findings);
  const complete = results.filter(({ ScanJobState: state }) => /^COMPLETED/.test(state ?? ''));
  if (complete.length === 0 && findings.length === 0) {
    return { malwareScan: results.length === 0 ? 'not scanned' : `not scanned: ${results.map(inWords).join(', ')}`, checks };
  }
  const observed = findings.length === 0 ? 'no finding' : findings.join(', ');
  return {
    malwareScan: `${observed}; ${results.map(inWords).join(', ')}`,
    checks: [...checks, check('its recovery point has no malware', ASKED, 'no finding', observed)],
  };
}

function inWords({ MalwareScanner: scanner, ScanJobState: state, LastScanTimestamp: at }: ScanResult): string {
  return [scanner ?? 'a scanner', state ?? 'in an unknown state', ...(at ? [`at ${at.toISOString()}`] : [])].join(' ');
}
