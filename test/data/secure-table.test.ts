import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureTable, type SecureTableProps, Soc2Environment } from '../../src';
import { type Built, build, KINDS, objections, only } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const KEY_THERE = 'arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012';
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const make =
  (props: Partial<SecureTableProps> = {}) =>
  (stack: Stack) =>
    new SecureTable(stack, 'Table', { partitionKey, ...props });
const plain = (stack: Stack) => new dynamodb.TableV2(stack, 'Table', { partitionKey });
const adopted = make({ alreadyDeployed: true });
const table = (props?: Partial<SecureTableProps>, kind?: EnvironmentKind) => only(build(make(props), kind), TABLE).Properties;
const index = (indexName: string) => ({ indexName, partitionKey: { name: indexName, type: dynamodb.AttributeType.STRING } });

keepsItsPromises({ make: make(), plain, adopted });

test('it is encrypted with the data key', () => {
  const { SSESpecification, Replicas } = table();
  expect(SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
  expect(Replicas[0].SSESpecification).toEqual({
    KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] },
  });
});

test('it can be restored to any second of 35 days', () => {
  expect(table().Replicas[0].PointInTimeRecoverySpecification).toEqual({
    PointInTimeRecoveryEnabled: true,
    RecoveryPeriodInDays: 35,
  });
});

test('contributor insights count what is throttled', () => {
  expect(table().Replicas[0].ContributorInsightsSpecification).toEqual({ Enabled: true, Mode: 'THROTTLED_KEYS' });
});

test.each(KINDS)('in %s, deletion protection is for production', (kind) => {
  const expected = kind === EnvironmentKind.PRODUCTION ? true : undefined;
  expect(table({}, kind).Replicas[0].DeletionProtectionEnabled).toBe(expected);
});

test('a deployed table keeps its encryption', () => {
  expect(changesOf({ plain, adopted }).map(({ property }) => property)).toEqual([`${TABLE} Replicas`]);
});

test('in a stack for any Region, AWS keeps the key', () => {
  const stack = new Stack(new App(), 'Stack');
  make()(stack);
  expect(only({ template: Template.fromStack(stack).toJSON() as Built['template'] }, TABLE).Properties.SSESpecification).toEqual({
    SSEEnabled: true,
    SSEType: 'KMS',
  });
});

describe('replicas', () => {
  const replicas = [{ region: 'eu-central-1' }];

  test('without keys, AWS keeps one in each Region', () => {
    const built = build(make({ replicas }));
    const { SSESpecification, Replicas } = only(built, TABLE).Properties;
    expect(SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(Replicas).toHaveLength(2);
    for (const replica of Replicas) {
      expect(replica).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 35 },
      });
    }
    expect(objections(built)).toEqual([]);
  });

  test('take the keys that are given', () => {
    const built = build((stack) => {
      const encryption = dynamodb.TableEncryptionV2.customerManagedKey(new kms.Key(stack, 'Key'), { 'eu-central-1': KEY_THERE });
      make({ encryption })(stack).addReplica(replicas[0]);
    });
    expect(only(built, TABLE).Properties.Replicas[0].SSESpecification).toEqual({ KMSMasterKeyId: KEY_THERE });
  });

  test('a key that is missing is named, for a replica that is added', () => {
    const message = "'encryption' must name a key for the replicas in eu-central-1, got keys for no replica";
    expect(() => build((stack) => make()(stack).addReplica(replicas[0]))).toThrow(message);
  });

  test('a key that is missing is named, for a replica that is given', () => {
    const message = "'encryption' must name a key for the replicas in us-east-1, got keys for eu-central-1";
    const two = [...replicas, { region: 'us-east-1' }];
    expect(() =>
      build((stack) => {
        const encryption = dynamodb.TableEncryptionV2.customerManagedKey(new kms.Key(stack, 'Key'), {
          'eu-central-1': KEY_THERE,
        });
        make({ encryption, replicas: two })(stack);
      }),
    ).toThrow(message);
  });
});

describe('alarms', () => {
  const topicOf = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:eu-west-1:111122223333:on-call');
  const alarms = ({ template }: Built) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties);
  const watched = (props: Partial<SecureTableProps> = {}) =>
    build((stack) => make({ alarmTopic: topicOf(stack), ...props })(stack));

  test('tell of the first throttled read and write', () => {
    const common = {
      Namespace: 'AWS/DynamoDB',
      Statistic: 'Sum',
      Period: 300,
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'],
    };
    expect(alarms(watched())).toMatchObject([
      { MetricName: 'ReadThrottleEvents', ...common },
      { MetricName: 'WriteThrottleEvents', ...common },
    ]);
  });

  test('count the indexes with the table, ten metrics in an alarm', () => {
    const built = watched({ globalSecondaryIndexes: Array.from({ length: 12 }, (_, each) => index(`index${each}`)) });
    const metrics = alarms(built).map(
      ({ Metrics }) => Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat).length,
    );
    expect(metrics).toEqual([10, 3, 10, 3]);
    expect(built.validation).toEqual([]);
    expect(objections(built)).toEqual([]);
  });

  test('go to the topic of the environment, from the threshold that is given', () => {
    const built = build((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(topicOf(stack));
      make({ throttledRequestsThreshold: 50 })(stack);
    });
    expect(alarms(built)).toMatchObject([{ Threshold: 50 }, { Threshold: 50 }]);
  });

  test('are not made where there is nowhere to send them', () => expect(alarms(build(make()))).toEqual([]));
});

describe('what an app sets comes before a default', () => {
  test.each<[string, Partial<SecureTableProps>, object]>([
    [
      'no recovery',
      { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } },
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
    ],
    [
      'recovery, as it was said before',
      { pointInTimeRecovery: true },
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    ],
    ['no insights', { contributorInsights: false }, { ContributorInsightsSpecification: { Enabled: false } }],
    ['no protection', { deletionProtection: false }, { DeletionProtectionEnabled: false }],
  ])('%s', (_, props, expected) => expect(table(props).Replicas[0]).toMatchObject(expected));

  test('encryption', () => {
    expect(table({ encryption: dynamodb.TableEncryptionV2.awsManagedKey() }).Replicas[0].SSESpecification).toBeUndefined();
  });
});

describe('it says what is wrong with', () => {
  const days = (recoveryPeriodInDays: number) => ({
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays },
  });
  test.each<[string, Partial<SecureTableProps>, string]>([
    ['a recovery period of no day', days(0), '1 to 35 days, got 0'],
    ['a recovery period that is too long', days(36), '1 to 35 days, got 36'],
    ['a threshold of nought', { throttledRequestsThreshold: 0 }, 'at least 1 request, got 0'],
  ])('%s', (_, props, message) => expect(() => build(make(props))).toThrow(message));
});
