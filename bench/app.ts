import {
  App,
  type AppProps,
  Aws,
  CfnResource,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as cloudwatchActions,
  Duration,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
  aws_rds as rds,
  Stack,
  aws_s3 as s3,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_sns_subscriptions as subscriptions,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The size and kind of an app to measure. */
export interface AppShape {
  /** Resources in all. */
  readonly resources: number;
  /** Resources in each stack. */
  readonly perStack: number;
  /** Whether one resource in ten is set up in a way that rules object to. */
  readonly findings: boolean;
}

/** What `cdk synth` and the `cdk.json` of `cdk init` add to the context of an app. */
function contextOfUsers(): Record<string, unknown> {
  const flags: Record<string, unknown> = require('aws-cdk-lib/recommended-feature-flags.json');
  return {
    ...flags,
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    // The CLI sets it on every run and judges the report itself.
    '@aws-cdk/core:failSynthOnValidationErrors': false,
    '@aws-cdk/core:stackResourceLimit': 0,
  };
}

/** An app of services, each with its queue, topic, bucket, table, database, functions and alarms. */
export function buildApp(shape: AppShape, props: AppProps = {}): App {
  const app = new App({ ...props, analyticsReporting: false, context: contextOfUsers() });
  for (let left = shape.resources, index = 0; left > 0; left -= shape.perStack, index++) {
    buildStack(app, `Stack${index}`, Math.min(left, shape.perStack), shape.findings);
  }
  return app;
}

/** A stack of exactly so many resources: services, and queues for the rest. */
function buildStack(app: App, id: string, resources: number, findings: boolean): Stack {
  const stack = new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  const shared = new Shared(stack, 'Shared', vpc);
  // The first service also makes what all services of a stack share behind the scenes.
  let size = 0;
  for (let index = 0; countResources(stack) + size <= resources; index++) {
    const service = new Service(stack, `Service${index}`, shared, findings);
    size = countResources(service);
  }
  for (let left = resources - countResources(stack); left > 0; left--) {
    new sqs.Queue(stack, `Queue${left}`, {
      encryptionMasterKey: shared.key,
      encryption: sqs.QueueEncryption.KMS,
      deadLetterQueue: { queue: shared.deadLetters, maxReceiveCount: 5 },
    });
  }
  return stack;
}

function countResources(scope: Construct): number {
  return scope.node.findAll().filter(CfnResource.isCfnResource).length;
}

/** What the services of a stack share. */
class Shared extends Construct {
  public readonly key: kms.Key;
  public readonly accessLogs: s3.Bucket;
  public readonly alarms: sns.Topic;
  public readonly deadLetters: sqs.Queue;

  constructor(
    scope: Construct,
    id: string,
    public readonly vpc: ec2.IVpc,
  ) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    this.accessLogs = new s3.Bucket(this, 'AccessLogs', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) }],
    });
    this.alarms = new sns.Topic(this, 'Alarms', { masterKey: this.key, enforceSSL: true });
    this.alarms.addSubscription(new subscriptions.EmailSubscription('on-call@example.com'));
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', {
      encryptionMasterKey: this.key,
      encryption: sqs.QueueEncryption.KMS,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }
}

/** About thirty resources of a dozen types. With findings, three of them are set up badly. */
class Service extends Construct {
  constructor(scope: Construct, id: string, shared: Shared, findings: boolean) {
    super(scope, id);
    const { vpc, accessLogs, alarms, deadLetters, key: sharedKey } = shared;
    const key = new kms.Key(this, 'Key', { enableKeyRotation: !findings, description: `Data of ${id}` });
    key.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`));

    const bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      blockPublicAccess: findings ? undefined : s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: !findings,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: id,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
      eventBridgeEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const topic = new sns.Topic(this, 'Topic', { masterKey: sharedKey, enforceSSL: true });
    const queue = new sqs.Queue(this, 'Queue', {
      encryptionMasterKey: key,
      encryption: sqs.QueueEncryption.KMS,
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    topic.addSubscription(new subscriptions.SqsSubscription(queue));

    const table = new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !findings },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const database = new rds.DatabaseInstance(this, 'Database', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }),
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets },
      port: 5433,
      storageEncrypted: true,
      storageEncryptionKey: key,
      multiAz: true,
      backupRetention: Duration.days(30),
      copyTagsToSnapshot: true,
      deletionProtection: true,
      iamAuthentication: true,
      autoMinorVersionUpgrade: true,
      cloudwatchLogsExports: ['postgresql', 'upgrade'],
      publiclyAccessible: false,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    const logGroup = (name: string) =>
      new logs.LogGroup(this, name, { encryptionKey: key, retention: logs.RetentionDays.ONE_YEAR });
    const handler = (name: string) =>
      new lambda.Function(this, name, {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => {};'),
        vpc,
        vpcSubnets: { subnets: vpc.privateSubnets },
        deadLetterQueue: deadLetters,
        reservedConcurrentExecutions: 10,
        tracing: lambda.Tracing.ACTIVE,
        environmentEncryption: key,
        environment: { QUEUE: queue.queueUrl, TABLE: table.tableName, BUCKET: bucket.bucketName },
        logGroup: logGroup(`${name}Logs`),
        timeout: Duration.seconds(30),
      });
    const writer = handler('Writer');
    const reader = handler('Reader');
    bucket.grantWrite(writer);
    table.grantReadData(reader);
    queue.grantSendMessages(writer);
    database.connections.allowDefaultPortFrom(reader);

    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    queue.grantConsumeMessages(role);

    new cloudwatch.Alarm(this, 'Oldest', {
      metric: queue.metricApproximateAgeOfOldestMessage(),
      threshold: 600,
      evaluationPeriods: 3,
    }).addAlarmAction(new cloudwatchActions.SnsAction(alarms));
    for (const [name, metric] of [
      ['WriterErrors', writer.metricErrors()],
      ['ReaderErrors', reader.metricErrors()],
      ['DatabaseLoad', database.metricCPUUtilization()],
    ] as const) {
      new cloudwatch.Alarm(this, name, { metric, threshold: 1, evaluationPeriods: 1 }).addAlarmAction(
        new cloudwatchActions.SnsAction(alarms),
      );
    }
  }
}
