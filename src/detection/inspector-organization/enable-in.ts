import { EnableCommand, type FailedAccount, type Inspector2Client } from '@aws-sdk/client-inspector2';
import type { InspectorScan } from '../inspector-scan';

/** How many accounts one call takes at most. */
const MOST = 100;

/** What is no failure: the account is being worked on, and Inspector goes on by itself. */
const PASSING = /^(ALREADY_ENABLED|.*_IN_PROGRESS|.*_THROTTLED|.*_UNAVAILABLE|INTERNAL_ERROR)$/;

/** Turn scans on in accounts; returns those that are still being worked on, and throws for those that refuse. */
export async function enableIn(
  client: Inspector2Client,
  accounts: readonly string[],
  scans: readonly InspectorScan[],
): Promise<readonly string[]> {
  const failed: FailedAccount[] = [];
  for (let start = 0; start < accounts.length; start += MOST) {
    const accountIds = accounts.slice(start, start + MOST);
    const { failedAccounts = [] } = await client.send(new EnableCommand({ accountIds, resourceTypes: [...scans] }));
    failed.push(...failedAccounts.filter(({ errorCode }) => errorCode !== 'ALREADY_ENABLED'));
  }
  const refused = failed.filter(({ errorCode = '' }) => !PASSING.test(errorCode));
  if (refused.length > 0) {
    const told = refused
      .slice(0, 5)
      .map(({ accountId, errorCode, errorMessage }) => `${accountId}: ${errorCode}: ${errorMessage}`);
    throw new Error(
      `Inspector cannot scan ${refused.length} of ${accounts.length} accounts of the organization. ${told.join('; ')}`,
    );
  }
  return failed.map(({ accountId, errorCode }) => `${accountId} ${errorCode}`);
}
