import { hostScript } from './host-script';

/** What the check of a host is told. */
export interface CheckSettings {
  readonly bucketName: string;
  readonly prefix: string;
  readonly region: string;
  readonly paths: readonly string[];
  readonly ignoredPaths: readonly string[];
  readonly windowsPaths: readonly string[];
  readonly ignoredWindowsPaths: readonly string[];
}

/** The most seconds that the check of a host may take. */
export const CHECK_SECONDS = 3_600;

/**
 * The check as a document of Systems Manager: one script for Linux, one for Windows.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
export function checkDocument(settings: CheckSettings): Record<string, unknown> {
  return {
    schemaVersion: '2.2',
    description: 'Sends the state of the files of this host to a bucket, where a function compares it with the baseline',
    mainSteps: [
      step('aws:runShellScript', 'Linux', [...linuxSettings(settings), ...hostScript('packages.sh', 'file-integrity.sh')]),
      step('aws:runPowerShellScript', 'Windows', [...windowsSettings(settings), ...hostScript('file-integrity.ps1')]),
    ],
  };
}

/** What the document that accepts changes is made of. */
export interface AcceptParts {
  readonly role: string;
  readonly checkDocument: string;
  readonly functionName: string;
}

/**
 * The explicit step after a planned change: take the state of a host, and make it the baseline.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export function acceptDocument({ role, checkDocument: document, functionName }: AcceptParts): Record<string, unknown> {
  return {
    schemaVersion: '0.3',
    description: 'Makes the files of a host, as they are now, its baseline, after a change that was planned',
    assumeRole: role,
    parameters: {
      InstanceId: {
        type: 'String',
        description: 'The host, such as i-0123456789abcdef0.',
        allowedPattern: '^m?i-[0-9a-f]{8,17}$',
      },
      Change: {
        type: 'String',
        description: 'Which change this is: a ticket, a deployment, a maintenance window.',
        allowedPattern: '^[A-Za-z0-9 ._:/#@-]{1,200}$',
      },
      Reason: { type: 'String', description: 'Why its files changed.', allowedPattern: '^[^\\x00-\\x1f]{1,500}$' },
    },
    mainSteps: [
      {
        name: 'TakeState',
        action: 'aws:runCommand',
        timeoutSeconds: CHECK_SECONDS + 600,
        inputs: { DocumentName: document, InstanceIds: ['{{ InstanceId }}'], Comment: '{{ Change }}' },
      },
      {
        name: 'Accept',
        action: 'aws:invokeLambdaFunction',
        timeoutSeconds: 900,
        inputs: {
          FunctionName: functionName,
          InvocationType: 'RequestResponse',
          InputPayload: { accept: '{{ automation:EXECUTION_ID }}' },
        },
        isEnd: true,
      },
    ],
  };
}

/** Lines of AIDE's configuration: a path stands for itself and what is below it. */
export function aideRules(paths: readonly string[], ignoredPaths: readonly string[]): string[] {
  const below = (path: string) => path.replace(/[.+]/g, '\\$&').replace(/\/$/, '');
  return [
    ...ignoredPaths.flatMap((path) => [`!${below(path)}$`, `!${below(path)}/`]),
    ...paths.flatMap((path) => [`${below(path)}$ SOC2`, `${below(path)}/ SOC2`]),
  ];
}

function step(action: string, platform: string, runCommand: readonly string[]): Record<string, unknown> {
  return {
    action,
    name: `Check${platform}`,
    precondition: { StringEquals: ['platformType', platform] },
    inputs: { timeoutSeconds: String(CHECK_SECONDS), runCommand },
  };
}

function linuxSettings({ bucketName, prefix, region, paths, ignoredPaths }: CheckSettings): string[] {
  return [
    `SOC2_BUCKET='${bucketName}'`,
    `SOC2_PREFIX='${prefix}'`,
    `SOC2_PATHS='${paths.join(' ')}'`,
    ...`SOC2_RULES='${aideRules(paths, ignoredPaths).join('\n')}'`.split('\n'),
    `AWS_DEFAULT_REGION='${region}'`,
    'export SOC2_BUCKET SOC2_PREFIX SOC2_PATHS SOC2_RULES AWS_DEFAULT_REGION',
  ];
}

function windowsSettings({ bucketName, prefix, region, windowsPaths, ignoredWindowsPaths }: CheckSettings): string[] {
  const listed = (paths: readonly string[]) => `@(${paths.map((path) => `'${path}'`).join(', ')})`;
  return [
    `$Soc2Bucket = '${bucketName}'`,
    `$Soc2Prefix = '${prefix}'`,
    `$Soc2Region = '${region}'`,
    `$Soc2Paths = ${listed(windowsPaths)}`,
    `$Soc2Ignored = ${listed(ignoredWindowsPaths)}`,
  ];
}
