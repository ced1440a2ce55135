import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EnvironmentKind } from '../../src';
import { type CloudFormationTemplate, only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { changes, replacing } from '../helpers/replacement';

type Make = (scope: Construct) => unknown;

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const code = lambda.Code.fromInline('exports.handler = async () => {};');
const runtime = lambda.Runtime.NODEJS_24_X;
const handler = 'index.handler';
const vpcOf = (stack: Construct) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });

const plain = {
  table: (stack) => new dynamodb.Table(stack, 'It', { partitionKey }),
  tableV2: (stack) => new dynamodb.TableV2(stack, 'It', { partitionKey }),
  fileSystem: (stack) => new efs.FileSystem(stack, 'It', { vpc: vpcOf(stack) }),
  function: (stack) => new lambda.Function(stack, 'It', { code, runtime, handler, environment: { STAGE: 'production' } }),
  key: (stack) => new kms.Key(stack, 'It'),
  logGroup: (stack) => new logs.LogGroup(stack, 'It'),
  queue: (stack) => new sqs.Queue(stack, 'It'),
  secret: (stack) => new secretsmanager.Secret(stack, 'It'),
  topic: (stack) => new sns.Topic(stack, 'It'),
} satisfies Record<string, Make>;

const key = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(name), 'Arn'] });
const DATA_KEY = key('^Soc2DataKey');
const LOG_KEY = key('^Soc2LogKey');

/** The properties of the construct in an app where nothing is deployed yet. */
const asNew = (make: Make, type: string, kind?: EnvironmentKind) =>
  only({ template: injected(make, { sinceFirstDeployment: true, kind }) }, type).Properties;
/** The same in an app that may be deployed. */
const asDeployed = (make: Make, type: string) => only({ template: injected(make) }, type).Properties;
const changesOf = (make: Make) => changes(injected(make, { enable: false }), injected(make));
const typesOf = ({ Resources }: CloudFormationTemplate) => Object.values(Resources).map(({ Type }) => Type);

describe('what may be deployed', () => {
  test.each(Object.entries(plain))('%s is not replaced', (_, make) => expect(replacing(changesOf(make))).toEqual([]));

  test.each<[keyof typeof plain, string[]]>([
    ['table', ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification']],
    ['tableV2', ['Replicas']],
    ['fileSystem', ['BackupPolicy']],
    ['function', []],
    ['key', ['EnableKeyRotation']],
    ['logGroup', ['KmsKeyId']],
    ['queue', []],
    ['secret', []],
    ['topic', []],
  ])('of %s changes no more than is listed', (name, properties) => {
    expect(
      changesOf(plain[name])
        .map(({ property }) => property.split(' ')[1])
        .sort(),
    ).toEqual(properties);
  });

  test.each(['function', 'queue', 'secret', 'tableV2', 'table', 'topic', 'fileSystem'] as const)(
    '%s keeps its encryption, for readers that the app does not know',
    (name) => expect(typesOf(injected(plain[name]))).not.toContain('AWS::KMS::Key'),
  );

  test('a log group keeps its period: a shorter one would delete logs', () => {
    expect(asDeployed(plain.logGroup, 'AWS::Logs::LogGroup')).toMatchObject({ RetentionInDays: 731, KmsKeyId: LOG_KEY });
  });

  test('a topic gets no policy: with one, alarms would no longer arrive', () => {
    expect(typesOf(injected(plain.topic))).not.toContain('AWS::SNS::TopicPolicy');
    expect(typesOf(injected(plain.topic, { sinceFirstDeployment: true }))).not.toContain('AWS::SNS::TopicPolicy');
  });
});

describe('a table', () => {
  test.each([
    ['table', 'AWS::DynamoDB::Table', (properties: object) => properties],
    ['tableV2', 'AWS::DynamoDB::GlobalTable', ({ Replicas }: { Replicas: object[] }) => Replicas[0]],
  ] as const)('%s can be restored, and is protected in production', (name, type, settings) => {
    const expected = {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    };
    expect(settings(asDeployed(plain[name], type))).toMatchObject({ ...expected, DeletionProtectionEnabled: true });
    const rehearsal = settings(asNew(plain[name], type, EnvironmentKind.STAGING));
    expect(rehearsal).toMatchObject(expected);
    expect(rehearsal).not.toHaveProperty('DeletionProtectionEnabled');
    // They are billed by the table, busy or not.
    expect(rehearsal).not.toHaveProperty('ContributorInsightsSpecification');
  });

  test('that is new is encrypted with the data key', () => {
    expect(asNew(plain.table, 'AWS::DynamoDB::Table').SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: DATA_KEY,
    });
    expect(asNew(plain.tableV2, 'AWS::DynamoDB::GlobalTable').Replicas[0].SSESpecification).toEqual({ KMSMasterKeyId: DATA_KEY });
  });

  test('that is copied to other Regions is encrypted with the key of AWS: the CDK takes no other', () => {
    const replicated: Make = (stack) => new dynamodb.Table(stack, 'It', { partitionKey, replicationRegions: ['eu-central-1'] });
    expect(asNew(replicated, 'AWS::DynamoDB::Table').SSESpecification).toEqual({ SSEEnabled: true });
  });

  test('keeps what the app sets', () => {
    const own: Make = (stack) =>
      new dynamodb.Table(stack, 'It', {
        partitionKey,
        encryption: dynamodb.TableEncryption.AWS_MANAGED,
        deletionProtection: false,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
      });
    expect(asNew(own, 'AWS::DynamoDB::Table')).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 7 },
    });
  });
});

describe('a queue', () => {
  test('refuses messages without TLS', () => {
    const [denial] = asDeployed(plain.queue, 'AWS::SQS::QueuePolicy').PolicyDocument.Statement;
    expect(denial).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });

  test('that is new is encrypted with the data key, and gets no dead-letter queue', () => {
    expect(asNew(plain.queue, 'AWS::SQS::Queue')).toEqual({ KmsMasterKeyId: DATA_KEY });
  });

  test('shares its key with the topic that delivers to it', () => {
    const template = injected(
      (stack) => new sns.Topic(stack, 'Topic').addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Queue'))),
      { sinceFirstDeployment: true },
    );
    expect(typesOf(template).filter((type) => type === 'AWS::KMS::Key')).toHaveLength(1);
  });
});

test('a new topic is encrypted with the data key', () => {
  expect(asNew(plain.topic, 'AWS::SNS::Topic')).toEqual({ KmsMasterKeyId: DATA_KEY });
});

describe('a file system', () => {
  const type = 'AWS::EFS::FileSystem';

  test('is backed up', () => expect(asDeployed(plain.fileSystem, type).BackupPolicy).toEqual({ Status: 'ENABLED' }));

  test('that is new is encrypted with the data key, and lets in over TLS only', () => {
    expect(asNew(plain.fileSystem, type)).toMatchObject({
      Encrypted: true,
      KmsKeyId: DATA_KEY,
      FileSystemPolicy: { Statement: expect.arrayContaining([expect.objectContaining({ Sid: 'OnlyWithTls', Effect: 'Deny' })]) },
    });
  });

  test('moves no files to other storage: reading them there has a fee', () => {
    expect(asNew(plain.fileSystem, type).LifecyclePolicies).toBeUndefined();
  });

  test('would be replaced if it were said to be new', () => {
    const encrypted = changes(
      injected(plain.fileSystem, { enable: false }),
      injected(plain.fileSystem, { sinceFirstDeployment: true }),
    );
    expect(encrypted).toContainEqual({ property: `${type} KmsKeyId`, impact: ResourceImpact.WILL_REPLACE });
  });
});

describe('a log group', () => {
  const type = 'AWS::Logs::LogGroup';

  test('that is new keeps logs for a year, encrypted, and stays when its stack is deleted', () => {
    const group = only({ template: injected(plain.logGroup, { sinceFirstDeployment: true }) }, type);
    expect(group).toMatchObject({
      Properties: { RetentionInDays: 365, KmsKeyId: LOG_KEY },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('of the delivery class has no period', () => {
    const delivery: Make = (stack) => new logs.LogGroup(stack, 'It', { logGroupClass: logs.LogGroupClass.DELIVERY });
    expect(asNew(delivery, type).RetentionInDays).toBeUndefined();
  });

  test('keeps what the app sets', () => {
    const own: Make = (stack) =>
      new logs.LogGroup(stack, 'It', { retention: logs.RetentionDays.FIVE_YEARS, encryptionKey: new kms.Key(stack, 'Own') });
    expect(asNew(own, type)).toEqual({ RetentionInDays: 1827, KmsKeyId: key('^Own') });
  });
});

describe('a function', () => {
  const type = 'AWS::Lambda::Function';

  test('that is new has its variables encrypted with the data key', () => {
    expect(asNew(plain.function, type).KmsKeyArn).toEqual(DATA_KEY);
  });

  test('without variables gets no key', () => {
    const bare: Make = (stack) => new lambda.Function(stack, 'It', { code, runtime, handler });
    expect(asNew(bare, type).KmsKeyArn).toBeUndefined();
  });

  test('gets nothing that is billed or moves its logs', () => {
    const { TracingConfig, DeadLetterConfig, LoggingConfig } = asNew(plain.function, type);
    expect([TracingConfig, DeadLetterConfig, LoggingConfig]).toEqual([undefined, undefined, undefined]);
    expect(typesOf(injected(plain.function, { sinceFirstDeployment: true }))).not.toContain('AWS::SQS::Queue');
  });
});

describe('a key', () => {
  const type = 'AWS::KMS::Key';

  test('is rotated', () => expect(asDeployed(plain.key, type).EnableKeyRotation).toBe(true));

  test.each([
    ['that signs', { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY }],
    ['that authenticates', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC }],
  ])('%s is not: KMS cannot', (_, props) => {
    expect(asDeployed((stack) => new kms.Key(stack, 'It', props), type).EnableKeyRotation).toBeUndefined();
  });
});

test('a new secret is encrypted with the data key', () => {
  expect(asNew(plain.secret, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual(DATA_KEY);
});

test('all of them together need one key for data and one for logs', () => {
  const template = injected(
    (stack) => {
      for (const [name, make] of Object.entries(plain)) if (name !== 'key') make(new Construct(stack, name));
    },
    { sinceFirstDeployment: true },
  );
  expect(typesOf(template).filter((type) => type === 'AWS::KMS::Key')).toHaveLength(2);
});
