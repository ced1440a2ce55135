import {
  BatchEnableStandardsCommand,
  DescribeHubCommand,
  SecurityHubClient,
  UpdateSecurityHubConfigurationCommand,
} from '@aws-sdk/client-securityhub';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readList } from '../../functions/properties';

interface Wanted {
  /** ARNs. */
  readonly standards: readonly string[];
}

/** What Security Hub answers where it is off. */
const OFF = new Set(['InvalidAccessException', 'ResourceNotFoundException']);

/** Have a hub that is on already check standards and report each control once. Nothing is turned off, nor when the stack goes. */
export function makeHandler(client: SecurityHubClient) {
  return onLifecycle<Wanted>({
    read: (properties) => ({ standards: readList(properties, 'Standards') }),
    id: () => 'security-hub',
    apply: async ({ standards }) => {
      const HubArn = await hubArn(client);
      await client.send(
        new UpdateSecurityHubConfigurationCommand({ AutoEnableControls: true, ControlFindingGenerator: 'SECURITY_CONTROL' }),
      );
      // A standard that is on stays as it is.
      const StandardsSubscriptionRequests = standards.map((StandardsArn) => ({ StandardsArn }));
      const { StandardsSubscriptions = [] } = await client.send(
        new BatchEnableStandardsCommand({ StandardsSubscriptionRequests }),
      );
      const failed = StandardsSubscriptions.find(({ StandardsStatus }) => StandardsStatus === 'FAILED');
      if (failed) {
        const why = failed.StandardsStatusReason?.StatusReasonCode ?? 'no reason given';
        throw new Error(`Security Hub could not turn on the standard ${failed.StandardsArn}: ${why}`);
      }
      return { HubArn };
    },
    remove: async () => undefined,
  });
}

async function hubArn(client: SecurityHubClient): Promise<string> {
  try {
    const { HubArn } = await client.send(new DescribeHubCommand({}));
    return HubArn!;
  } catch (error) {
    const { name, message } = error as Error;
    if (!OFF.has(name)) throw error;
    throw new Error(
      `Security Hub is not on in this Region, so that it cannot be adopted. Use SecurityServiceMode.CREATE. ${name}: ${message}`,
    );
  }
}

export const handler = makeHandler(new SecurityHubClient(CLIENT_OPTIONS));
