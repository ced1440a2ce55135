import { CreateOpsItemCommand, OpsItemAlreadyExistsException, type SSMClient } from '@aws-sdk/client-ssm';
import type { Ticket } from './ticket';

/** What an OpsItem is about. */
export type Trouble = 'result' | 'left behind';

/** Open an OpsItem for a test that did not pass, or whose restore was not deleted; once for each. */
export async function openOpsItem(ssm: SSMClient, ticket: Ticket, location: string, about: Trouble): Promise<void> {
  const { id, result, message, resource, cleanUp } = ticket;
  const isLeft = about === 'left behind';
  const dedup = JSON.stringify({ dedupString: `restore-test-${id}${isLeft ? '-left' : ''}` });
  const what = isLeft
    ? `${resource.restoredAs ?? 'What was restored'} was not deleted: ${cleanUp.message || cleanUp.status}`
    : message;
  try {
    await ssm.send(
      new CreateOpsItemCommand({
        Title: `Restore test of ${resource.name}: ${isLeft ? 'LEFT BEHIND' : result}`.slice(0, 1_024),
        Description: `${what}\n\nThe ticket with every check: ${location}`.slice(0, 2_048),
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
