import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type HostState, TABLE_KEY } from '../file-integrity-settings';

/** What the files of a host should be, and who said so. */
export interface Baseline {
  readonly key: string;
  readonly sha256: string;
  readonly since: string;
  /** The change after which it was made. */
  readonly change: string;
  readonly by: string;
  readonly execution?: string;
}

/** The last state that was judged. */
export interface Judged {
  readonly key: string;
  /** Which version of the object, where the bucket keeps versions. */
  readonly version?: string;
  readonly etag?: string;
  readonly sha256: string;
  /** When S3 took it. */
  readonly at: string;
  readonly state: HostState;
  /** Which changes there were. */
  readonly fingerprint?: string;
  readonly report: string;
}

/** What is known of a host. It is kept apart from the bucket: who changes one of them is found out by the other. */
export interface HostRecord {
  readonly baseline?: Baseline;
  readonly last?: Judged;
  /** Whether files changed without a plan, and nobody accepted that since. */
  readonly isUnplanned?: boolean;
  /** The newest states for this host that another one sent, which were told. */
  readonly foreign?: readonly string[];
}

/** Another run changed the record: what was judged is to be judged again. */
export class RecordChanged extends Error {
  public override readonly name = 'RecordChanged';
}

/** The table of hosts. */
export class HostRecords {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  /** What is known of a host, and a number that changes with it. */
  public async read(host: string): Promise<{ readonly record: HostRecord; readonly revision: number }> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: { [TABLE_KEY]: { S: host } }, ConsistentRead: true }),
    );
    return { record: recordOf(Item?.record?.S), revision: Number(Item?.revision?.N ?? 0) };
  }

  /**
   * Change what is known.
   *
   * @returns the number of the change.
   * @throws RecordChanged when somebody else changed it since it was read.
   */
  public async write(host: string, record: HostRecord, revision: number): Promise<number> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: { [TABLE_KEY]: { S: host }, revision: { N: String(revision + 1) }, record: { S: JSON.stringify(record) } },
          ConditionExpression: revision === 0 ? 'attribute_not_exists(#key)' : '#revision = :revision',
          ExpressionAttributeNames: revision === 0 ? { '#key': TABLE_KEY } : { '#revision': 'revision' },
          ...(revision === 0 ? {} : { ExpressionAttributeValues: { ':revision': { N: String(revision) } } }),
        }),
      );
      return revision + 1;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException)
        throw new RecordChanged(`another run judged ${host} at the same time: it is judged again`);
      throw error;
    }
  }
}

export function recordOf(text: string | undefined): HostRecord {
  return text === undefined ? {} : (JSON.parse(text) as HostRecord);
}
