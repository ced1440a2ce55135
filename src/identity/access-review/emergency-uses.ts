import { DescribeOpsItemsCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { REVIEW_SOURCE } from '../review-source';
import { everyPage } from './every-page';
import type { EmergencyUse } from './review';

/** Uses of emergency access whose items nobody resolved. */
export async function emergencyUsesOf(client: SSMClient): Promise<EmergencyUse[]> {
  const OpsItemFilters = [
    { Key: 'Source' as const, Values: [REVIEW_SOURCE], Operator: 'Equal' as const },
    { Key: 'Status' as const, Values: ['Open', 'InProgress'], Operator: 'Equal' as const },
  ];
  const items = await everyPage('items of OpsCenter', async (NextToken) => {
    const page = await client.send(new DescribeOpsItemsCommand({ OpsItemFilters, NextToken, MaxResults: 50 }));
    return { items: page.OpsItemSummaries, next: page.NextToken };
  });
  return items.map(({ OpsItemId: item = '', Title: title = '', CreatedTime: opened }) => ({ item, title, opened }));
}
