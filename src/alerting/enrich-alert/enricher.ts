import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { HEARTBEAT } from '../alert-settings';
import type { Alert } from './alert';
import { boundedBy } from './bounded';
import { isFields, text } from './fields';
import { lookUp, type Sources } from './look-up';
import { type Around, heartbeat, type Message, messageOf } from './message';
import { readEvent, reasonOf } from './read-event';
import { InProgressError, type Register } from './register';
import { declaredActivity, usualFor } from './usual';

/** What the function works with. */
export interface Enricher extends Sources {
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly register: Register;
  readonly topicArn: string;
  readonly usualActivityPath: string;
  readonly account: string;
  readonly environment: string;
  readonly runbooks: Readonly<Record<string, string>>;
  /** What happened, for the log: never a whole event. */
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
}

/** What became of an event. */
export type Outcome = 'heartbeat' | 'told' | 'told already' | 'usual';

/** Milliseconds for one look-up, and for all of them together; the function has a minute. */
export const LIMITS = { lookUp: 4_000, all: 15_000, publish: 20_000 };

/**
 * Tell what happened, with what is known of it.
 *
 * Whatever fails on the way to telling is a note in the message. Only when SNS does not take the message does it throw: then Lambda
 * tries again, and in the end keeps the event in the queue from which the raw event is delivered.
 */
export async function tell(event: unknown, run: string, enricher: Enricher): Promise<Outcome> {
  if (isHeartbeat(event)) {
    await publish(heartbeat(), enricher);
    return 'heartbeat';
  }
  const { register, now } = enricher;
  const notes: string[] = [];
  const bounded = boundedBy(LIMITS.lookUp, AbortSignal.timeout(LIMITS.all), notes);
  const alert = readEvent(event);

  const declared = await bounded('what is declared as usual', (signal) =>
    declaredActivity(enricher.ssm, enricher.usualActivityPath, signal),
  );
  const usual = usualFor(alert, declared ?? [], now());
  if (usual) {
    enricher.log({ outcome: 'usual', ...summaryOf(alert), declared: usual });
    return 'usual';
  }

  const claimed = await bounded('whether it was told before', (signal) =>
    register.claim(alert, event, run, now(), signal).catch(inProgress),
  );
  if (claimed instanceof InProgressError) throw claimed;
  if (claimed?.isTold) {
    await bounded('how often it was told', (signal) => register.folded(alert, signal));
    enricher.log({ outcome: 'told already', ...summaryOf(alert) });
    return 'told already';
  }

  const isElsewhere = alert.account !== undefined && alert.account !== enricher.account;
  if (isElsewhere) notes.push(`It is about account ${alert.account}: nothing was looked up there.`);
  const known = isElsewhere ? alert : await lookUp(alert, enricher, bounded, now());
  const around: Around = { ...enricher, event, record: claimed?.record };
  const messageId = await publish(messageFor(known, notes, around), enricher);
  await bounded('that it was told', (signal) => register.told(alert, messageId, now(), signal));
  enricher.log({ outcome: 'told', ...summaryOf(alert), messageId, notes });
  return 'told';
}

function isHeartbeat(event: unknown): boolean {
  return isFields(event) && text(event, 'source') === HEARTBEAT.source && text(event, 'detail-type') === HEARTBEAT['detail-type'];
}

/** Not an error to be noted: the run is to stop, and to be tried again. */
function inProgress(error: unknown): InProgressError {
  if (error instanceof InProgressError) return error;
  throw error;
}

/** A message in any case: where not even that can be made, the event as it is. */
function messageFor(alert: Alert, notes: readonly string[], around: Around): Message {
  try {
    return messageOf({ ...alert, notes: [...alert.notes, ...notes] }, around);
  } catch (error) {
    const bare = readEvent(undefined);
    return messageOf({ ...bare, notes: [`The message could not be made: ${reasonOf(error)}.`, ...notes] }, around);
  }
}

async function publish(message: Message, { sns, topicArn }: Enricher): Promise<string> {
  const command = new PublishCommand({ TopicArn: topicArn, ...message });
  const { MessageId = '' } = await sns.send(command, { abortSignal: AbortSignal.timeout(LIMITS.publish) });
  return MessageId;
}

/** What the log says of an alert: names of findings, no data. */
function summaryOf({ source, id, type, severity, state, account, region, hit }: Alert) {
  return { source, finding: id, type, severity, state, account, region, resources: hit.map((each) => each.id).slice(0, 10) };
}
