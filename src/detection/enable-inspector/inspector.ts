import {
  BatchGetAccountStatusCommand,
  DisableCommand,
  EnableCommand,
  type FailedAccount,
  type Inspector2Client,
  type ResourceState,
  type Status,
} from '@aws-sdk/client-inspector2';
import { InspectorScan } from '../inspector-scan';

const STATES: Readonly<Record<InspectorScan, keyof ResourceState>> = {
  [InspectorScan.EC2]: 'ec2',
  [InspectorScan.ECR]: 'ecr',
  [InspectorScan.LAMBDA]: 'lambda',
  [InspectorScan.LAMBDA_CODE]: 'lambdaCode',
  [InspectorScan.CODE_REPOSITORY]: 'codeRepository',
};

/** What passes by itself: the call is worth another try. */
const PASSING = new Set([
  'ALREADY_ENABLED',
  'DISABLE_IN_PROGRESS',
  'ENABLE_IN_PROGRESS',
  'EVENTBRIDGE_THROTTLED',
  'EVENTBRIDGE_UNAVAILABLE',
  'INTERNAL_ERROR',
  'SSM_THROTTLED',
  'SSM_UNAVAILABLE',
  'SUSPEND_IN_PROGRESS',
]);

/** What a scan that is off already answers to being turned off. */
const OFF_ALREADY = new Set(['DISABLE_IN_PROGRESS', 'RESOURCE_NOT_FOUND']);

/** The state of each scan in the account of the function. */
export async function statesOf(client: Inspector2Client): Promise<Readonly<Partial<Record<InspectorScan, Status>>>> {
  const { accounts: [account] = [] } = await client.send(new BatchGetAccountStatusCommand({}));
  const states = Object.values(InspectorScan).map((scan) => [scan, account?.resourceState?.[STATES[scan]]?.status]);
  return Object.fromEntries(states);
}

/** Turn scans on; returns why Inspector does not yet, and throws when it never will. */
export async function enable(client: Inspector2Client, scans: readonly InspectorScan[]): Promise<string | undefined> {
  const { failedAccounts: [failed] = [] } = await client.send(new EnableCommand({ resourceTypes: [...scans] }));
  if (failed && !PASSING.has(failed.errorCode!)) throw refusal('on', scans, failed);
  return failed?.errorCode;
}

/** Turn scans off that are on. */
export async function disable(client: Inspector2Client, scans: readonly InspectorScan[]): Promise<void> {
  const states = await statesOf(client);
  const on = scans.filter((scan) => states[scan] === 'ENABLED' || states[scan] === 'ENABLING');
  if (on.length === 0) return;
  const { failedAccounts: [failed] = [] } = await client.send(new DisableCommand({ resourceTypes: on }));
  if (failed && !OFF_ALREADY.has(failed.errorCode!)) throw refusal('off', on, failed);
}

function refusal(to: string, scans: readonly InspectorScan[], { errorCode, errorMessage }: FailedAccount): Error {
  return new Error(`Inspector cannot turn ${scans.join(', ')} ${to} in this account: ${errorCode}: ${errorMessage}`);
}
