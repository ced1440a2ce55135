import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { TABLE_EXPIRY, TABLE_KEY } from '../alert-settings';
import type { Alert } from './alert';

/**
 * Largest finding that is kept in a record, in bytes when packed; DynamoDB takes 400 KB a record.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MOST_PACKED = 350_000;

/** For so long a function that began to tell an alert may take, in seconds. */
const LEASE = 120;

/** Another run is about to tell the same: whether it succeeds is not known yet, so this one is to be tried again. */
export class InProgressError extends Error {
  public override readonly name = 'InProgressError';
}

/** What became of an attempt to tell an alert. */
export interface Claim {
  /** Whether it was told already; otherwise it is for this run to tell. */
  readonly isTold: boolean;
  /** Where the whole finding is, for people. */
  readonly record?: string;
}

export interface RegisterOptions {
  readonly table: string;
  readonly foldSeconds: number;
  readonly keepSeconds: number;
}

/**
 * The record of alerts: what was told and when, and the whole finding.
 *
 * An alert that was told is not told again for a while, as long as its number and its state are the same. It counts as told only
 * after SNS took it: a run that fails in between leaves it to be told by the next.
 */
export class Register {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly options: RegisterOptions,
  ) {}

  /** One record for each finding, number and state: a change of one of them is another alert. */
  public static keyOf({ id, severity, state, isResolved }: Alert): string {
    return createHash('sha256')
      .update(JSON.stringify([id, severity, state, isResolved]))
      .digest('hex');
  }

  /**
   * Say that this run is about to tell an alert.
   *
   * @throws InProgressError when another run is about to.
   */
  public async claim(alert: Alert, event: unknown, run: string, now: Date, abortSignal: AbortSignal): Promise<Claim> {
    const seconds = Math.floor(now.getTime() / 1000);
    const packed = gzipSync(JSON.stringify(event ?? null));
    const isKept = packed.length <= MOST_PACKED;
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.options.table,
          Item: {
            [TABLE_KEY]: { S: Register.keyOf(alert) },
            state: { S: 'telling' },
            run: { S: run },
            until: { N: String(seconds + LEASE) },
            title: { S: alert.title.slice(0, 1_000) },
            severity: { N: String(alert.severity) },
            finding: { S: alert.id.slice(0, 1_000) },
            begun: { S: now.toISOString() },
            [TABLE_EXPIRY]: { N: String(seconds + this.options.keepSeconds) },
            ...(isKept ? { event: { B: packed } } : {}),
          },
          // 'until' ends the time for telling, or for folding.
          ConditionExpression: `attribute_not_exists(#key) OR #until < :now OR (#state = :telling AND #run = :run)`,
          ExpressionAttributeNames: { '#key': TABLE_KEY, '#until': 'until', '#state': 'state', '#run': 'run' },
          ExpressionAttributeValues: { ':now': { N: String(seconds) }, ':telling': { S: 'telling' }, ':run': { S: run } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
        { abortSignal },
      );
      return { isTold: false, record: this.placeOf(alert, isKept) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.state?.S !== 'told') throw new InProgressError('another run is about to tell this alert');
      return { isTold: true };
    }
  }

  private placeOf(alert: Alert, isKept: boolean): string {
    if (!isKept) return 'it is too large to be kept: look it up where it comes from';
    return `record ${Register.keyOf(alert)} in table ${this.options.table} (attribute 'event', packed by gzip)`;
  }

  /** Say that an alert was told, so that it is not told again for a while. */
  public async told(alert: Alert, messageId: string, now: Date, abortSignal: AbortSignal): Promise<void> {
    const until = Math.floor(now.getTime() / 1000) + this.options.foldSeconds;
    await this.change(
      alert,
      'SET #state = :told, #until = :until, message = :message, told = :now',
      {
        ':told': { S: 'told' },
        ':until': { N: String(until) },
        ':message': { S: messageId },
        ':now': { S: now.toISOString() },
      },
      abortSignal,
    );
  }

  /** Count an alert that was told already. */
  public async folded(alert: Alert, abortSignal: AbortSignal): Promise<void> {
    const Key = { [TABLE_KEY]: { S: Register.keyOf(alert) } };
    const command = new UpdateItemCommand({
      TableName: this.options.table,
      Key,
      UpdateExpression: 'ADD folded :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await this.client.send(command, { abortSignal });
  }

  private async change(
    alert: Alert,
    UpdateExpression: string,
    ExpressionAttributeValues: Record<string, { S: string } | { N: string }>,
    abortSignal: AbortSignal,
  ): Promise<void> {
    await this.client.send(
      new UpdateItemCommand({
        TableName: this.options.table,
        Key: { [TABLE_KEY]: { S: Register.keyOf(alert) } },
        UpdateExpression,
        ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
        ExpressionAttributeValues,
      }),
      { abortSignal },
    );
  }
}
