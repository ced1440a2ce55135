import { CreateOpsItemCommand, OpsItemAlreadyExistsException, type SSMClient } from '@aws-sdk/client-ssm';
import type { Ticket } from './ticket';

/** Open an OpsItem for a test that did not pass; a second one for the same test is not opened. */
export async function openOpsItem(ssm: SSMClient, ticket: Ticket, location: string): Promise<void> {
  const { id, result, message, resource } = ticket;
  const dedup = JSON.stringify({ dedupString: `restore-test-${id}` });
  try {
    await ssm.send(
      new CreateOpsItemCommand({
        Title: `Restore test of ${resource.name}: ${result}`.slice(0, 1_024),
        Description: `${message}\n\nThe ticket with every check: ${location}`.slice(0, 2_048),
        Source: 'RestoreTesting',
        Category: 'Recovery',
        Severity: '2',
        OperationalData: {
          '/aws/dedup': { Type: 'SearchableString', Value: dedup },
          ...(resource.arn.startsWith('arn:') && {
            '/aws/resources': { Type: 'SearchableString', Value: JSON.stringify([{ arn: resource.arn }]) },
          }),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof OpsItemAlreadyExistsException)) throw error;
  }
}
