import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';

/** Milliseconds that are kept back for the rest of the test. */
const RESERVE_MS = 120_000;

/**
 * Count items, page by page, until there are enough: reading is billed by volume, and the count that DynamoDB keeps itself is hours
 * old.
 */
export async function countItems(
  client: DynamoDBClient,
  TableName: string,
  minimum: number,
  remaining: () => number,
): Promise<Check> {
  let count = 0;
  let ended = 'all of them';
  const asked = 'dynamodb:Scan COUNT';
  if (minimum > 0) {
    for await (const page of paginateScan({ client }, { TableName, Select: 'COUNT' })) {
      count += page.Count ?? 0;
      if (page.LastEvaluatedKey === undefined) break;
      ended = 'stopped there';
      if (count >= minimum) break;
      if (remaining() < RESERVE_MS) {
        ended = 'the time of the function was over';
        break;
      }
      ended = 'all of them';
    }
  }
  return check(
    'the table has its items',
    asked,
    `at least ${minimum} items`,
    `${count} items, ${minimum > 0 ? ended : 'not counted'}`,
    count >= minimum,
  );
}
