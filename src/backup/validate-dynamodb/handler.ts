import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException, type TableDescription } from '@aws-sdk/client-dynamodb';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Check, Step, ValidatorCall } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { countItems } from './count';
import { sampleItems } from './sample';

/** Seconds between two looks at a table that is not there yet. */
const PAUSE = 30;

/** Wait until a restored table is active, compare it with its source, count items, and read a sample of them. */
export function makeHandler(dynamoDb: DynamoDBClient, remaining: () => number = () => 600_000) {
  return async ({ test }: ValidatorCall): Promise<Step> => {
    const { job, target, settings } = test;
    if (job.created === undefined) throw new Error('the restore names no table that it made');
    const TableName = nameIn(job.created);
    const table = await describe(dynamoDb, TableName);
    if (table === undefined || !isReady(table)) {
      beforeDeadline(test, `${TableName} to be active; it is ${table?.TableStatus ?? 'not there'}`);
      return again(PAUSE);
    }
    const source = await describe(dynamoDb, job.source);
    const { minimumItems = 1, sampleSize = 25, requiredAttributes = [] } = target.expect;
    return done([
      ...settingsOf(table, settings.keyArn),
      ...(source === undefined ? [] : likeSource(table, source)),
      await countItems(dynamoDb, TableName, minimumItems, remaining),
      ...(await sampleItems(dynamoDb, {
        table,
        seed: job.id,
        size: sampleSize,
        requiredAttributes,
        isEmptyAllowed: minimumItems === 0,
      })),
    ]);
  };
}

async function describe(dynamoDb: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamoDb.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function isReady({ TableStatus: status, GlobalSecondaryIndexes: indexes = [] }: TableDescription): boolean {
  return status === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');
}

function settingsOf({ TableStatus: status, SSEDescription: encryption }: TableDescription, keyArn: string): readonly Check[] {
  const asked = 'dynamodb:DescribeTable';
  return [
    check('the table is active', asked, 'ACTIVE', status),
    check('it is encrypted with a key of KMS', asked, 'KMS', encryption?.SSEType ?? 'a key of DynamoDB'),
    check('its key is the one that was asked for', asked, keyArn, encryption?.KMSMasterKeyArn),
  ];
}

function likeSource(table: TableDescription, source: TableDescription): readonly Check[] {
  const asked = 'dynamodb:DescribeTable';
  return [
    check('its keys are those of the source', asked, keysOf(source), keysOf(table)),
    check(
      'its global indexes are those of the source',
      asked,
      indexesOf(source, 'GlobalSecondaryIndexes'),
      indexesOf(table, 'GlobalSecondaryIndexes'),
    ),
    check(
      'its local indexes are those of the source',
      asked,
      indexesOf(source, 'LocalSecondaryIndexes'),
      indexesOf(table, 'LocalSecondaryIndexes'),
    ),
  ];
}

function keysOf({
  KeySchema: keys = [],
  AttributeDefinitions: attributes = [],
}: Pick<TableDescription, 'KeySchema' | 'AttributeDefinitions'>): string {
  const typeOf = (name?: string) => attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? '?';
  return keys.map(({ AttributeName: name, KeyType: type }) => `${name} ${type} ${typeOf(name)}`).join(', ');
}

function indexesOf(table: TableDescription, kind: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'): string {
  const { AttributeDefinitions } = table;
  const lines = (table[kind] ?? []).map(({ IndexName: name, KeySchema, Projection }) => {
    const others = [...(Projection?.NonKeyAttributes ?? [])].sort().join(' ');
    return `${name} (${keysOf({ KeySchema, AttributeDefinitions })}) ${Projection?.ProjectionType} ${others}`.trim();
  });
  return lines.sort().join('; ') || 'none';
}

export const handler = (call: ValidatorCall, context: { readonly getRemainingTimeInMillis: () => number }) =>
  makeHandler(new DynamoDBClient(CLIENT_OPTIONS), () => context.getRemainingTimeInMillis())(call);
