import { EnableCommand, type FailedAccount, type Inspector2Client } from '@aws-sdk/client-inspector2';
import type { Clock } from '../../functions/clock';
import type { InspectorScan } from '../inspector-scan';

/** How many accounts one call takes at most. */
const MOST = 100;

/** What passes by itself: the call is worth another try. */
const PASSING = /^((DISABLE|SUSPEND)_IN_PROGRESS|.*_THROTTLED|.*_UNAVAILABLE|INTERNAL_ERROR)$/;

/** How long such accounts are asked for again: the function is stopped after five minutes. */
const PATIENCE = 3 * 60_000;
const PAUSE = 10_000;

/** Turn scans on in accounts; returns those in which Inspector is still at it, and throws for those that refuse. */
export async function enableIn(
  client: Inspector2Client,
  accounts: readonly string[],
  scans: readonly InspectorScan[],
  clock: Clock,
): Promise<readonly string[]> {
  const end = clock.now() + PATIENCE;
  const atIt: FailedAccount[] = [];
  for (let left = accounts; ; ) {
    const failed = await enableOnce(client, left, scans);
    atIt.push(...failed.filter(({ errorCode }) => errorCode === 'ENABLE_IN_PROGRESS'));
    const others = failed.filter(({ errorCode }) => errorCode !== 'ENABLE_IN_PROGRESS');
    const refused = others.filter(({ errorCode = '' }) => !PASSING.test(errorCode));
    if (refused.length > 0) throw refusal(refused, accounts.length);
    if (others.length === 0) return atIt.map(({ accountId, errorCode }) => `${accountId} ${errorCode}`);
    if (clock.now() + PAUSE > end) throw refusal(others, accounts.length);
    await clock.sleep(PAUSE);
    left = others.map(({ accountId }) => accountId!);
  }
}

/** Ask once; returns the accounts in which the scans are not on, and why. */
async function enableOnce(client: Inspector2Client, accounts: readonly string[], scans: readonly InspectorScan[]) {
  const failed: FailedAccount[] = [];
  for (let start = 0; start < accounts.length; start += MOST) {
    const accountIds = accounts.slice(start, start + MOST);
    const { failedAccounts = [] } = await client.send(new EnableCommand({ accountIds, resourceTypes: [...scans] }));
    failed.push(...failedAccounts.filter(({ errorCode }) => errorCode !== 'ALREADY_ENABLED'));
  }
  return failed;
}

function refusal(refused: readonly FailedAccount[], all: number): Error {
  const told = refused.slice(0, 5).map(({ accountId, errorCode, errorMessage }) => `${accountId}: ${errorCode}: ${errorMessage}`);
  return new Error(`Inspector cannot scan ${refused.length} of ${all} accounts of the organization. ${told.join('; ')}`);
}
