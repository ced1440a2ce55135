import { createHash } from 'node:crypto';
import { BatchWriteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, writeLine } from '../../functions/emit-metrics';
import { EVENT, type Feed, METRICS, NAMESPACE, TABLE_EXPIRY, TABLE_KEY, VARIABLES } from '../security-bulletins-settings';
import { type Fetch, fetchFeed } from './fetch-feed';
import { type Bulletin, readFeed } from './read-feed';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly fetch: Fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Most bulletins that are named in one event, which is 256 KB at most. */
const MOST_NAMED = 25;
/** Most that one request writes. */
const MOST_WRITTEN = 25;

/** Read every feed, and tell of bulletins that were not in it the last time. What fails with one feed does not touch the others. */
export function makeHandler({ dynamodb, events, fetch, environment, now, write }: Surroundings) {
  const table = environment[VARIABLES.table] ?? '';

  /** The first time everything in a feed is old: nobody is told of it. */
  const tellNew = async ({ name, url }: Feed): Promise<number> => {
    const bulletins = readFeed(await fetchFeed(fetch, url));
    const key = { [TABLE_KEY]: { S: `feed ${url}` } };
    const { Item: before } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    const known = new Set(before?.known?.SS);
    // Feeds keep their last bulletins: without any it is another feed, or none.
    if (bulletins.length === 0 && known.size > 0) throw new Error('there were bulletins in it before, and now there are none');
    const fresh = before === undefined ? [] : bulletins.filter((bulletin) => !known.has(bulletin.key));
    if (fresh.length > 0) await tell(name, fresh);
    const keys = bulletins.map((bulletin) => bulletin.key);
    // This comes last: what fails before is told the next time. A set of DynamoDB is never empty.
    const Item = keys.length > 0 ? { ...key, known: { SS: keys } } : key;
    await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
    return fresh.length;
  };

  const tell = async (name: string, fresh: readonly Bulletin[]): Promise<void> => {
    const id = createHash('sha256')
      .update(
        fresh
          .map(({ key }) => key)
          .sort()
          .join(' '),
      )
      .digest('hex');
    const detail = { feed: name, id, count: fresh.length, bulletins: fresh.slice(0, MOST_NAMED) };
    const { FailedEntryCount = 0, Entries } = await events.send(
      new PutEventsCommand({ Entries: [{ Source: EVENT.source, DetailType: EVENT.detailType, Detail: JSON.stringify(detail) }] }),
    );
    if (FailedEntryCount > 0) throw new Error(`the event was not taken: ${Entries?.[0]?.ErrorCode}`);
    for (let start = 0; start < fresh.length; start += MOST_WRITTEN)
      await writeDown(name, fresh.slice(start, start + MOST_WRITTEN));
  };

  /** Which bulletins were told, and when: for auditors. */
  const writeDown = async (feed: string, told: readonly Bulletin[]): Promise<void> => {
    const at = now();
    const expires = Math.floor(at.getTime() / 1000) + Number(environment[VARIABLES.keepDays]) * 86_400;
    const requests = told.map(({ key, title, link, published }) => ({
      PutRequest: {
        Item: {
          [TABLE_KEY]: { S: `bulletin ${key}` },
          feed: { S: feed },
          title: { S: title },
          told: { S: at.toISOString() },
          [TABLE_EXPIRY]: { N: String(expires) },
          ...(link && { link: { S: link } }),
          ...(published && { published: { S: published } }),
        },
      },
    }));
    let pending: typeof requests | undefined = requests;
    for (let attempt = 0; pending !== undefined && pending.length > 0; attempt++) {
      if (attempt === 5) throw new Error(`${pending.length} bulletins could not be written down: the table is too busy`);
      const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: pending } }));
      pending = UnprocessedItems?.[table] as typeof requests | undefined;
    }
  };

  return async (): Promise<void> => {
    const feeds = JSON.parse(environment[VARIABLES.feeds] ?? '[]') as Feed[];
    const problems: string[] = [];
    let told = 0;
    for (const feed of feeds) {
      try {
        told += await tellNew(feed);
      } catch (error) {
        const { name, message } = error as Error;
        problems.push(`${feed.name}: ${name}: ${message}`.slice(0, 500));
      }
    }
    const values = [
      { name: METRICS.read, value: feeds.length - problems.length },
      { name: METRICS.unread, value: problems.length },
      { name: METRICS.told, value: told },
    ];
    for (const line of metricLines(NAMESPACE, {}, values, now().getTime())) write(line);
    for (const problem of problems) write(JSON.stringify({ level: 'ERROR', message: `A feed was not read: ${problem}` }));
  };
}

export const handler = makeHandler({
  dynamodb: new DynamoDBClient(CLIENT_OPTIONS),
  events: new EventBridgeClient(CLIENT_OPTIONS),
  fetch: (url, options) => fetch(url, options),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
