import { LINUX_AGENT, WINDOWS_AGENT } from './agent-configuration';

/** The name of the configuration on a server. */
const FILE = 'soc2-hosts.json';

/**
 * Hand the configuration to the agent, beside one that an app may have given it, and start it. Where nothing has changed and the
 * agent runs, nothing is done: it would lose a minute of metrics.
 */
const LINUX = [
  '#!/bin/sh',
  'set -eu',
  'agent=/opt/aws/amazon-cloudwatch-agent',
  `file="$agent/etc/${FILE}"`,
  'wanted=$(mktemp)',
  `trap 'rm -f "$wanted"' EXIT`,
  `cat > "$wanted" <<'CONFIGURATION'`,
  JSON.stringify(LINUX_AGENT),
  'CONFIGURATION',
  'if cmp -s "$wanted" "$file" && systemctl is-active --quiet amazon-cloudwatch-agent; then exit 0; fi',
  'cp "$wanted" "$file"',
  'chmod 644 "$file"',
  'how=fetch-config',
  'if ls "$agent/etc/amazon-cloudwatch-agent.d/"* > /dev/null 2>&1; then how=append-config; fi',
  '"$agent/bin/amazon-cloudwatch-agent-ctl" -a "$how" -m ec2 -s -c "file:$file"',
];

const WINDOWS = [
  `$ErrorActionPreference = 'Stop'`,
  `$data = Join-Path $env:ProgramData 'Amazon\\AmazonCloudWatchAgent'`,
  `$file = Join-Path $data '${FILE}'`,
  `$wanted = '${JSON.stringify(WINDOWS_AGENT)}'`,
  '$known = if (Test-Path $file) { [System.IO.File]::ReadAllText($file) } else { $null }',
  `$service = Get-Service -Name AmazonCloudWatchAgent -ErrorAction SilentlyContinue`,
  `if ($known -eq $wanted -and $service -and $service.Status -eq 'Running') { exit 0 }`,
  'New-Item -ItemType Directory -Force -Path $data | Out-Null',
  '[System.IO.File]::WriteAllText($file, $wanted)',
  `$others = Join-Path $data 'Configs'`,
  `$how = if ((Test-Path $others) -and (Get-ChildItem $others)) { 'append-config' } else { 'fetch-config' }`,
  `& "$env:ProgramFiles\\Amazon\\AmazonCloudWatchAgent\\amazon-cloudwatch-agent-ctl.ps1" -a $how -m ec2 -s -c "file:$file"`,
  'exit $LASTEXITCODE',
];

/**
 * Installs the agent of CloudWatch and configures it, in this order; on a server that has both, nothing changes.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
export const AGENT_DOCUMENT = {
  schemaVersion: '2.2',
  description: 'Install the agent of CloudWatch, and have it publish memory and disks',
  mainSteps: [
    {
      action: 'aws:configurePackage',
      name: 'install',
      inputs: { name: 'AmazonCloudWatchAgent', action: 'Install', installationType: 'Uninstall and reinstall' },
    },
    {
      action: 'aws:runShellScript',
      name: 'configureLinux',
      precondition: { StringEquals: ['platformType', 'Linux'] },
      inputs: { timeoutSeconds: '300', runCommand: LINUX },
    },
    {
      action: 'aws:runPowerShellScript',
      name: 'configureWindows',
      precondition: { StringEquals: ['platformType', 'Windows'] },
      inputs: { timeoutSeconds: '300', runCommand: WINDOWS },
    },
  ],
} as const;
