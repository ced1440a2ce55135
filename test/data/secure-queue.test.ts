import { Duration, type Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EnvironmentKind, SecureQueue, type SecureQueueProps, Soc2Environment } from '../../src';
import { type Built, build, objections } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const QUEUE = 'AWS::SQS::Queue';
const make = (props?: SecureQueueProps) => (stack: Stack) => new SecureQueue(stack, 'Orders', props);
const plain = (stack: Stack) => new sqs.Queue(stack, 'Orders');
const adopted = make({ alreadyDeployed: true });

const topicOf = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:eu-west-1:111122223333:on-call');
const resources = ({ template }: Built, type: string) =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
const properties = (built: Built, id: RegExp) => resources(built, QUEUE).find(([logicalId]) => id.test(logicalId))![1].Properties;
const ORDERS = /^Orders[0-9A-F]{8}$/;
const FAILED = /^OrdersDeadLetterQueue/;
const DATA_KEY = { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] };

keepsItsPromises({ make: make(), plain, adopted });

describe('a queue and its dead-letter queue', () => {
  const built = build(make());

  test('are encrypted with the data key', () => {
    expect(properties(built, ORDERS).KmsMasterKeyId).toEqual(DATA_KEY);
    expect(properties(built, FAILED).KmsMasterKeyId).toEqual(DATA_KEY);
  });

  test('refuse messages without TLS', () => {
    const policies = resources(built, 'AWS::SQS::QueuePolicy').map(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const denial = expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(policies).toEqual([[denial], [denial]]);
  });

  test('messages that fail five times are kept for 14 days', () => {
    expect(properties(built, ORDERS).RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(FAILED), 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(properties(built, FAILED).MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  });

  test('the dead-letter queue has none of its own', () => expect(properties(built, FAILED).RedrivePolicy).toBeUndefined());

  test('are of one kind', () => {
    const fifo = build(make({ fifo: true }));
    expect(resources(fifo, QUEUE).map(([, { Properties }]) => Properties.FifoQueue)).toEqual([true, true]);
    expect(fifo.validation).toEqual([]);
  });

  test('are both known to the app', () => {
    build((stack) => {
      const queue = new SecureQueue(stack, 'Orders', { maxReceiveCount: 7 });
      expect(queue.deadLetterQueue?.maxReceiveCount).toBe(7);
      expect(queue.deadLetterQueue?.queue.node.path).toBe('Stack/Orders/DeadLetterQueue');
    });
  });
});

describe('a dead-letter queue', () => {
  const chained = build((stack) => {
    const failed = new SecureQueue(stack, 'Failed', { isDeadLetterQueue: true, alarmTopic: topicOf(stack) });
    new SecureQueue(stack, 'Orders', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 }, alarmTopic: topicOf2(stack) });
  });

  test('gets none of its own', () => {
    expect(resources(chained, QUEUE).map(([id]) => id)).toEqual([
      expect.stringMatching(/^Failed/),
      expect.stringMatching(ORDERS),
    ]);
    expect(objections(chained)).toEqual([]);
  });

  test('keeps messages for 14 days', () => expect(properties(chained, /^Failed/).MessageRetentionPeriod).toBe(14 * 24 * 60 * 60));

  test('is watched once, though two queues know of it', () => {
    expect(resources(chained, 'AWS::CloudWatch::Alarm').map(([id]) => id)).toEqual([expect.stringMatching(/^FailedDeadLetters/)]);
  });

  test('is told by its redrive policy', () => {
    const allowing = (redrivePermission?: sqs.RedrivePermission) =>
      resources(build(make({ redriveAllowPolicy: { redrivePermission } })), QUEUE).length;
    expect(allowing()).toBe(1);
    expect(allowing(sqs.RedrivePermission.ALLOW_ALL)).toBe(1);
    expect(allowing(sqs.RedrivePermission.DENY_ALL)).toBe(2);
  });

  function topicOf2(stack: Stack) {
    return sns.Topic.fromTopicArn(stack, 'OnCall2', 'arn:aws:sns:eu-west-1:111122223333:on-call');
  }
});

describe('an alarm on dead letters', () => {
  const alarm = (built: Built) => resources(built, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  test('goes off with the first message', () => {
    expect(alarm(build((stack) => new SecureQueue(stack, 'Orders', { alarmTopic: topicOf(stack) })))).toMatchObject([
      {
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(FAILED), 'QueueName'] } }],
        AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'],
      },
    ]);
  });

  test('goes to the topic of the environment', () => {
    const built = build((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(topicOf(stack));
      new SecureQueue(stack, 'Orders', { deadLettersThreshold: 10 });
    });
    expect(alarm(built)).toMatchObject([{ Threshold: 10, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'] }]);
  });

  test('watches the dead-letter queue that is given', () => {
    const built = build((stack) => {
      const queue = new sqs.Queue(stack, 'Failed');
      new SecureQueue(stack, 'Orders', { deadLetterQueue: { queue, maxReceiveCount: 3 }, alarmTopic: topicOf(stack) });
    });
    expect(alarm(built)).toHaveLength(1);
  });

  test('is not made where there is nowhere to send it', () => expect(alarm(build(make()))).toEqual([]));
});

test('a deployed queue keeps its encryption and its period', () => {
  expect(changesOf({ plain, adopted }).map(({ property }) => property)).toEqual(['AWS::SQS::Queue RedrivePolicy']);
});

describe('what an app sets comes before a default', () => {
  test.each<[string, SecureQueueProps, object]>([
    ['encryption', { encryption: sqs.QueueEncryption.SQS_MANAGED }, { SqsManagedSseEnabled: true }],
    ['a period', { isDeadLetterQueue: true, retentionPeriod: Duration.days(2) }, { MessageRetentionPeriod: 172_800 }],
    [
      'how often a message is received',
      { maxReceiveCount: 2 },
      { RedrivePolicy: expect.objectContaining({ maxReceiveCount: 2 }) },
    ],
  ])('%s', (_, props, expected) => expect(properties(build(make(props)), ORDERS)).toMatchObject(expected));

  test('the dead-letter queue is encrypted as the queue', () => {
    const built = build(make({ encryption: sqs.QueueEncryption.SQS_MANAGED }), EnvironmentKind.DEVELOPMENT);
    expect(properties(built, FAILED)).toMatchObject({ SqsManagedSseEnabled: true });
  });
});

describe('it says what is wrong with', () => {
  const queue = {} as sqs.IQueue;
  test.each<[string, SecureQueueProps, string]>([
    [
      'a dead-letter queue of a dead-letter queue',
      { isDeadLetterQueue: true, deadLetterQueue: { queue, maxReceiveCount: 1 } },
      "'deadLetterQueue' must not be set",
    ],
    [
      'a count for a queue that makes none',
      { isDeadLetterQueue: true, maxReceiveCount: 3 },
      "'maxReceiveCount' is for the dead-letter queue",
    ],
    [
      'a count beside a queue that is given',
      { deadLetterQueue: { queue, maxReceiveCount: 1 }, maxReceiveCount: 3 },
      "set 'deadLetterQueue.maxReceiveCount'",
    ],
    ['a count of nought', { maxReceiveCount: 0 }, 'from 1 to 1,000, got 0'],
    ['a count that is too high', { maxReceiveCount: 1001 }, 'from 1 to 1,000, got 1001'],
    ['half a count', { maxReceiveCount: 1.5 }, 'from 1 to 1,000, got 1.5'],
    ['a threshold of nought', { deadLettersThreshold: 0 }, 'at least 1 message, got 0'],
  ])('%s', (_, props, message) => expect(() => build(make(props))).toThrow(message));
});
