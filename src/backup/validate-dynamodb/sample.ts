import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';

/** Which items are drawn. */
export interface Sample {
  readonly table: TableDescription;
  /** The same seed draws the same items. */
  readonly seed: string;
  readonly size: number;
  readonly requiredAttributes: readonly string[];
  readonly isEmptyAllowed: boolean;
}

type Item = Readonly<Record<string, AttributeValue>>;

/** A table is cut into so many parts, of which a few are read; a small table has nothing in most of them. */
const SEGMENTS = 1_000;
const TRIES = 20;

/** Draw items, read each again by its key, and look whether it has its attributes. What is in them is not shown. */
export async function sampleItems(client: DynamoDBClient, sample: Sample): Promise<readonly Check[]> {
  const { table, size, requiredAttributes, isEmptyAllowed } = sample;
  if (size === 0) return [];
  const drawn = await draw(client, sample);
  const names = (table.KeySchema ?? []).map(({ AttributeName }) => AttributeName!);
  const read = await Promise.all(drawn.map((item) => readByKey(client, table.TableName!, item, names)));
  const found = read.filter((item) => item !== undefined);
  const complete = found.filter((item) => requiredAttributes.every((attribute) => attribute in item));
  const digest = createHash('sha256').update(JSON.stringify(found)).digest('hex');
  return [
    check(
      'sampled items are read by their keys',
      'dynamodb:GetItem',
      isEmptyAllowed ? 'all that are drawn' : 'at least 1, and all that are drawn',
      drawn.length === 0
        ? 'there was nothing to read: no item was found'
        : `${found.length} of ${drawn.length}, SHA-256 ${digest}`,
      found.length === drawn.length && (isEmptyAllowed || drawn.length > 0),
    ),
    ...(requiredAttributes.length === 0
      ? []
      : [
          check(
            'sampled items have their attributes',
            'dynamodb:GetItem',
            `${found.length} with ${requiredAttributes.join(', ')}`,
            `${complete.length} with all`,
            complete.length === found.length,
          ),
        ]),
  ];
}

async function draw(client: DynamoDBClient, { table, seed, size }: Sample): Promise<readonly Item[]> {
  const { TableName, KeySchema: keys = [] } = table;
  const drawn = new Map<string, Item>();
  const add = (items: readonly Item[] = []) => {
    for (const item of items)
      if (drawn.size < size) drawn.set(JSON.stringify(keys.map(({ AttributeName }) => item[AttributeName!])), item);
  };
  for (let number = 0; number < TRIES && drawn.size < size; number++) {
    const Segment = createHash('sha256').update(`${seed} ${number}`).digest().readUInt32BE() % SEGMENTS;
    add((await client.send(new ScanCommand({ TableName, Segment, TotalSegments: SEGMENTS, Limit: size }))).Items);
  }
  // What is missing is taken from the beginning.
  let ExclusiveStartKey: Item | undefined;
  for (let pages = 0; pages < TRIES && drawn.size < size; pages++) {
    const page = await client.send(new ScanCommand({ TableName, Limit: size, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    add(page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) break;
  }
  return [...drawn.values()];
}

async function readByKey(
  client: DynamoDBClient,
  TableName: string,
  item: Item,
  names: readonly string[],
): Promise<Item | undefined> {
  const Key = Object.fromEntries(names.map((name) => [name, item[name]]));
  return (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}
