import { hostScript } from './host-script';

/** What the scan of a host is told. */
export interface ScanSettings {
  readonly bucketName: string;
  readonly prefix: string;
  readonly region: string;
  readonly paths: readonly string[];
  readonly ignoredPaths: readonly string[];
  readonly definitionHours: number;
}

/** The most seconds that the scan of a host may take. */
export const SCAN_SECONDS = 14_400;

/** Where packages of every distribution keep the definitions. */
const DEFINITIONS = '/var/lib/clamav';

/**
 * The scan as a document of Systems Manager.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
export function scanDocument(settings: ScanSettings): Record<string, unknown> {
  const { bucketName, prefix, region, paths, ignoredPaths, definitionHours } = settings;
  const runCommand = [
    `SOC2_BUCKET='${bucketName}'`,
    `SOC2_PREFIX='${prefix}'`,
    `SOC2_PATHS='${paths.join(' ')}'`,
    `SOC2_IGNORED='${ignoredPaths.join(' ')}'`,
    `SOC2_DEFINITIONS='${DEFINITIONS}'`,
    `SOC2_DEFINITION_HOURS='${definitionHours}'`,
    `AWS_DEFAULT_REGION='${region}'`,
    'export SOC2_BUCKET SOC2_PREFIX SOC2_PATHS SOC2_IGNORED SOC2_DEFINITIONS SOC2_DEFINITION_HOURS AWS_DEFAULT_REGION',
    ...hostScript('packages.sh', 'clamav-scan.sh'),
  ];
  return {
    schemaVersion: '2.2',
    description: 'Scans the files of this host with ClamAV, and sends a report to a bucket',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'Scan',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: String(SCAN_SECONDS), runCommand },
      },
    ],
  };
}
