import {
  BatchUpdateStandardsControlAssociationsCommand,
  ListStandardsControlAssociationsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';

/** A control in a standard. */
export interface Association {
  readonly control: string;
  /** An ARN. */
  readonly standard: string;
  readonly isOn: boolean;
  readonly reason?: string;
}

/** The most updates in one call. */
const MOST_UPDATES = 100;

/** What Security Hub answers where it is off. */
const OFF = new Set(['InvalidAccessException', 'ResourceNotFoundException']);

/** The standards that are on and have a control; none where Security Hub is off. */
export async function associationsOf(client: SecurityHubClient, control: string): Promise<Association[]> {
  const all: Association[] = [];
  let NextToken: string | undefined;
  do {
    try {
      const page = await client.send(new ListStandardsControlAssociationsCommand({ SecurityControlId: control, NextToken }));
      for (const { StandardsArn, AssociationStatus, UpdatedReason } of page.StandardsControlAssociationSummaries ?? [])
        all.push({ control, standard: StandardsArn!, isOn: AssociationStatus === 'ENABLED', reason: UpdatedReason });
      NextToken = page.NextToken;
    } catch (error) {
      if (OFF.has((error as Error).name)) return [];
      throw error;
    }
  } while (NextToken !== undefined);
  return all;
}

/** Switch controls on and off; returns what Security Hub did not do, and why, one text each. */
export async function update(client: SecurityHubClient, updates: readonly Association[]): Promise<string[]> {
  const refused: string[] = [];
  for (let start = 0; start < updates.length; start += MOST_UPDATES) {
    const { UnprocessedAssociationUpdates: open = [] } = await client.send(
      new BatchUpdateStandardsControlAssociationsCommand({
        StandardsControlAssociationUpdates: updates
          .slice(start, start + MOST_UPDATES)
          .map(({ control, standard, isOn, reason }) => ({
            SecurityControlId: control,
            StandardsArn: standard,
            AssociationStatus: isOn ? 'ENABLED' : 'DISABLED',
            UpdatedReason: reason,
          })),
      }),
    );
    for (const { StandardsControlAssociationUpdate: each, ErrorCode, ErrorReason = '' } of open)
      refused.push(`${each?.SecurityControlId} in ${each?.StandardsArn}: ${ErrorCode} ${ErrorReason}`.trim());
  }
  return refused;
}
