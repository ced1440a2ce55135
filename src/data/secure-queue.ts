import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { queueDefaults } from '../defaults/queue';

/** Options of `SecureQueue`: those of `sqs.Queue`, every one of which comes before a default. */
export interface SecureQueueProps extends sqs.QueueProps {
  /**
   * Whether the queue is deployed already, as a plain `sqs.Queue` for example. Then its encryption stays as it is: senders and
   * receivers that the app does not know lack rights to a new key. To change it, let them use a key, and set `encryptionMasterKey`.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Whether the queue takes messages that failed elsewhere. It then gets no dead-letter queue of its own, keeps messages for 14
   * days, and an alarm tells of the first one.
   *
   * @default - true when `redriveAllowPolicy` lets other queues send failed messages here, false otherwise
   */
  readonly isDeadLetterQueue?: boolean;

  /**
   * How often a message is received before it goes to the dead-letter queue that is made for this queue: 1 to 1,000 times.
   *
   * @default 5
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  readonly maxReceiveCount?: number;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How many messages in the dead-letter queue set off the alarm. At least 1.
   *
   * @default 1
   */
  readonly deadLettersThreshold?: number;
}

/**
 * A queue that takes messages over TLS only, is encrypted with a customer-managed key, and keeps the messages that fail.
 *
 * Takes every property of `sqs.Queue` and can take its place: the logical id stays the same, and nothing that is added makes
 * CloudFormation replace a queue that is deployed already. Messages that fail again and again go to `deadLetterQueue`: the one that
 * is given, or one that is made below this queue, of the same kind and encrypted alike, which keeps them for 14 days.
 *
 * What it creates beside the queue: a dead-letter queue, a KMS key for data, once for each stack, and an alarm
 * on the dead-letter queue where there is somewhere to send it. What it costs in kind: the key and its requests, and the alarm.
 *
 * @example
 * new SecureQueue(this, 'Orders', { visibilityTimeout: Duration.minutes(5) });
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export class SecureQueue extends sqs.Queue {
  /** Where messages go that fail; not set for a queue that takes such messages itself. */
  public readonly deadLetterQueue?: sqs.DeadLetterQueue;

  /**
   * @param scope where the queue is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a count is out of range, or the properties of dead-letter queues contradict each other.
   */
  constructor(scope: Construct, id: string, props: SecureQueueProps = {}) {
    const {
      alreadyDeployed: mayBeDeployed = false,
      isDeadLetterQueue,
      maxReceiveCount,
      alarmTopic,
      deadLettersThreshold,
      ...own
    } = props;
    validate(props);
    const takesDeadLetters = isDeadLetterQueue ?? takesThemFromQueues(own);
    const hardened = queueDefaults(own, { scope, id, mayBeDeployed });
    const period = takesDeadLetters && !mayBeDeployed && own.retentionPeriod === undefined ? { retentionPeriod: LONGEST } : {};
    super(scope, id, { ...hardened, ...period });

    const made = () => (takesDeadLetters ? undefined : makeDeadLetterQueue(this, hardened, maxReceiveCount));
    const kept = own.deadLetterQueue ?? made();
    this.deadLetterQueue = kept;
    const watched = kept?.queue ?? (takesDeadLetters ? this : undefined);
    // A secure one watches itself.
    const isWatched = watched !== this && watched instanceof SecureQueue;
    if (watched && !isWatched) addAlarms(this, alarmTopic, { DeadLetters: deadLetters(this, watched, deadLettersThreshold) });
  }
}

/** So long SQS keeps messages at most. */
const LONGEST = Duration.days(14);

function takesThemFromQueues({ redriveAllowPolicy: policy }: sqs.QueueProps): boolean {
  return policy !== undefined && policy.redrivePermission !== sqs.RedrivePermission.DENY_ALL;
}

function validate({ isDeadLetterQueue, deadLetterQueue, maxReceiveCount, deadLettersThreshold }: SecureQueueProps): void {
  if (isDeadLetterQueue && deadLetterQueue) {
    throw new Error(
      "'deadLetterQueue' must not be set on a queue with 'isDeadLetterQueue': what failed twice would be looked for in two places. " +
        'Leave one of the two out',
    );
  }
  if (maxReceiveCount !== undefined && (isDeadLetterQueue || deadLetterQueue)) {
    throw new Error(
      "'maxReceiveCount' is for the dead-letter queue that is made for this queue, which makes none: " +
        "set 'deadLetterQueue.maxReceiveCount' of the one that is given, or leave it out",
    );
  }
  if (maxReceiveCount !== undefined && !(Number.isInteger(maxReceiveCount) && maxReceiveCount >= 1 && maxReceiveCount <= 1000)) {
    throw new Error(`'maxReceiveCount' must be a whole number from 1 to 1,000, got ${maxReceiveCount}: leave it out for 5`);
  }
  if (deadLettersThreshold !== undefined && deadLettersThreshold < 1) {
    throw new Error(
      `'deadLettersThreshold' must be at least 1 message, got ${deadLettersThreshold}: leave it out to hear of the first one`,
    );
  }
}

/** It is encrypted as the queue that it is for: whoever may read the one may then read the other. */
function makeDeadLetterQueue(queue: SecureQueue, like: sqs.QueueProps, maxReceiveCount = 5): sqs.DeadLetterQueue {
  const deadLetterQueue = new sqs.Queue(queue, 'DeadLetterQueue', {
    ...(queue.fifo ? { fifo: true } : {}),
    encryption: queue.encryptionType,
    encryptionMasterKey: queue.encryptionMasterKey,
    enforceSSL: like.enforceSSL,
    retentionPeriod: LONGEST,
    removalPolicy: like.removalPolicy,
  });
  const resource = queue.node.defaultChild as sqs.CfnQueue;
  resource.redrivePolicy = { deadLetterTargetArn: deadLetterQueue.queueArn, maxReceiveCount };
  return { queue: deadLetterQueue, maxReceiveCount };
}

function deadLetters(queue: SecureQueue, watched: sqs.IQueue, threshold = 1) {
  return {
    metric: watched.metricApproximateNumberOfMessagesVisible({
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(5),
    }),
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    alarmDescription:
      `Messages of the queue ${queue.node.path} could not be processed. Read them in the dead-letter queue ${watched.queueName}, mend ` +
      'what failed, and send them back with a redrive before they expire.',
  };
}
