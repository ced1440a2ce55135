import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeBackupPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import { DescribeListenersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetBucketEncryptionCommand, GetObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  EnvironmentKind,
  SecureBucket,
  SecureDatabase,
  SecureFileSystem,
  SecureLoadBalancer,
  SecureQueue,
  SecureRepository,
  SecureTable,
  SecureTopic,
} from '../../src';
import { injectDefaults } from '../../src/defaults/injectors';
import { build, ENV } from '../helpers/construct';
import { type Deployed, EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { NOT_MADE, NOT_SET } from './emulated.gaps';

/** The emulator makes no secrets that a template could refer to, and finds parameter groups by their names only. */
const credentials = rds.Credentials.fromPassword('orders', SecretValue.unsafePlainText('of-the-emulator'));
const parametersIn = (stack: Stack) => rds.ParameterGroup.fromParameterGroupName(stack, 'Parameters', 'default.postgres17');
const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 });
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

// The first one loads the packs of cdk-nag, on a machine that may be busy.
jest.setTimeout(180_000);

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  let vpc: ec2.VpcAttributes;
  let certificateArn: string;

  beforeAll(async () => {
    emulator = await Emulator.start();
    vpc = await network(new EC2Client(emulator.options));
    certificateArn = await emulator.certificate('orders.example.com');
  }, 120_000);
  afterAll(() => emulator?.stop());

  const vpcIn = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', vpc);
  const balancer = (stack: Stack, id = 'Edge') => new SecureLoadBalancer(stack, id, { vpc: vpcIn(stack), certificateArn });
  const deploy = (name: string, make: (stack: Stack) => void, kind?: EnvironmentKind) =>
    emulator.deploy(name, build(make, kind).template);

  /** The ARN of the key that the stack made. */
  const keyOf = (deployed: Deployed) =>
    `arn:aws:kms:${ENV.region}:${ENV.account}:key/${deployed.id('AWS::KMS::Key', /Soc2DataKey/)}`;

  const table = (stack: Stack) => {
    injectDefaults(stack, false);
    new dynamodb.Table(stack, 'Orders', { partitionKey });
  };

  describe('every type of resource is made, or known not to be', () => {
    const makers: Readonly<Record<string, (stack: Stack) => void>> = {
      'a plain table': table,
      SecureBucket: (stack) => new SecureBucket(stack, 'It'),
      SecureDatabase: (stack) =>
        new SecureDatabase(stack, 'It', { vpc: vpcIn(stack), engine, credentials, parameterGroup: parametersIn(stack) }),
      SecureFileSystem: (stack) => new SecureFileSystem(stack, 'It', { vpc: vpcIn(stack) }),
      SecureLoadBalancer: (stack) => balancer(stack, 'It'),
      SecureQueue: (stack) => new SecureQueue(stack, 'It'),
      SecureRepository: (stack) => new SecureRepository(stack, 'It', { repositoryName: 'it' }),
      SecureTable: (stack) => new SecureTable(stack, 'It', { partitionKey }),
      SecureTopic: (stack) => new SecureTopic(stack, 'It'),
    };

    test.each(Object.entries(makers))('%s', async (name, make) => {
      const { template } = build(make);
      const { types } = await emulator.deploy(`Types${name}`, template);
      const wanted = new Set(Object.values(template.Resources).map(({ Type }) => Type));
      expect([...wanted].filter((type) => !types.includes(type)).filter((type) => !(type in NOT_MADE))).toEqual([]);
      // A type that the emulator has learned is to be read back.
      expect(types.filter((type) => type in NOT_MADE)).toEqual([]);
      await emulator.remove(`Types${name}`);
    });

    test('what is known not to be set is set by a template', () => {
      const set = Object.values(makers).flatMap((make) =>
        Object.values(build(make).template.Resources).flatMap(({ Type, Properties }) =>
          Object.keys(Properties).map((property) => `${Type} ${property}`),
        ),
      );
      const never = NOT_SET.filter(({ property }) => !property.endsWith(', in an update') && !set.includes(property));
      expect(never).toEqual([]);
    });
  });

  describe('a key of a domain', () => {
    test('is rotated, and lets in alarms and events of the account only', async () => {
      const kms = new KMSClient(emulator.options);
      const KeyId = (await deploy('Key', (stack) => new SecureTopic(stack, 'Topic'))).id('AWS::KMS::Key');
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      expect(KeyRotationEnabled).toBe(true);
      const { Policy: policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
      // The emulator returns it as it was put in: as an object.
      expect((policy as unknown as { Statement: unknown }).Statement).toContainEqual(
        expect.objectContaining({
          Principal: { Service: expect.arrayContaining(['cloudwatch.amazonaws.com', 'events.amazonaws.com']) },
          Condition: { StringEquals: { 'aws:SourceAccount': ENV.account } },
        }),
      );
    });
  });

  describe('SecureBucket', () => {
    test('is encrypted with the data key', async () => {
      const deployed = await deploy('Bucket', (stack) => new SecureBucket(stack, 'Uploads'));
      const encryption = await encryptionOf(deployed.id('AWS::S3::Bucket', /^Uploads/));
      expect(encryption).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyOf(deployed) });
    });

    test('its access logs go to a bucket that S3 encrypts', async () => {
      const deployed = await deploy('Logs', (stack) => new SecureBucket(stack, 'Uploads'));
      expect(await encryptionOf(deployed.id('AWS::S3::Bucket', /AccessLogs/))).toEqual({ SSEAlgorithm: 'AES256' });
    });

    test('takes the place of a plain one with what is in it, and stays when its stack is deleted', async () => {
      const client = new S3Client(emulator.options);
      const plain = await deploy('Swapped', (stack) => new s3.Bucket(stack, 'Uploads'));
      const Bucket = plain.id('AWS::S3::Bucket');
      await client.send(new PutObjectCommand({ Bucket, Key: 'contract', Body: 'signed' }));
      const secure = await deploy('Swapped', (stack) => new SecureBucket(stack, 'Uploads', { alreadyDeployed: true }));
      expect(secure.id('AWS::S3::Bucket', /^Uploads/)).toBe(Bucket);
      await emulator.remove('Swapped');
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket, Key: 'contract' }));
      expect(await body!.transformToString()).toBe('signed');
      await client.send(new HeadBucketCommand({ Bucket: secure.id('AWS::S3::Bucket', /AccessLogs/) }));
    });
  });

  describe('SecureQueue', () => {
    test('it and its dead-letter queue are encrypted with the data key, and messages that fail are kept', async () => {
      const deployed = await deploy('Queue', (stack) => new SecureQueue(stack, 'Orders', { maxReceiveCount: 3 }));
      const orders = await attributesOf(deployed.id('AWS::SQS::Queue', /^Orders[0-9A-F]{8}$/));
      const failed = await attributesOf(deployed.id('AWS::SQS::Queue', /^OrdersDeadLetterQueue/));
      const key = keyOf(deployed);
      expect(orders).toMatchObject({ KmsMasterKeyId: key });
      expect(failed).toMatchObject({ KmsMasterKeyId: key, MessageRetentionPeriod: String(14 * 24 * 60 * 60) });
      expect(JSON.parse(orders!.RedrivePolicy!)).toEqual({ deadLetterTargetArn: failed!.QueueArn, maxReceiveCount: 3 });
    });

    test('takes the place of a plain one, and its messages are still there', async () => {
      const client = new SQSClient(emulator.options);
      const plain = await deploy('SwappedQueue', (stack) => new sqs.Queue(stack, 'Orders'));
      const QueueUrl = plain.id('AWS::SQS::Queue');
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'order 1' }));
      const secure = await deploy('SwappedQueue', (stack) => new SecureQueue(stack, 'Orders', { alreadyDeployed: true }));
      expect(secure.id('AWS::SQS::Queue', /^Orders[0-9A-F]{8}$/)).toBe(QueueUrl);
      const { Messages: messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      expect(messages).toMatchObject([{ Body: 'order 1' }]);
      await emulator.remove('SwappedQueue');
      await expect(client.send(new GetQueueAttributesCommand({ QueueUrl }))).rejects.toThrow();
    });
  });

  describe('SecureTopic', () => {
    test('is encrypted with the data key', async () => {
      const deployed = await deploy('Topic', (stack) => new SecureTopic(stack, 'Alerts'));
      const TopicArn = deployed.id('AWS::SNS::Topic');
      const { Attributes: attributes } = await new SNSClient(emulator.options).send(new GetTopicAttributesCommand({ TopicArn }));
      expect(attributes).toMatchObject({ KmsMasterKeyId: keyOf(deployed) });
    });
  });

  describe('a plain table, hardened where it is used', () => {
    const read = async (deployed: Deployed) => {
      const TableName = deployed.id('AWS::DynamoDB::Table');
      return (await new DynamoDBClient(emulator.options).send(new DescribeTableCommand({ TableName }))).Table;
    };

    test('is protected against deletion in production', async () => {
      const deployed = await deploy('Table', table);
      expect(await read(deployed)).toMatchObject({ DeletionProtectionEnabled: true });
    });

    test('is not protected against deletion in development', async () => {
      const deployed = await deploy('DevelopmentTable', table, EnvironmentKind.DEVELOPMENT);
      expect(await read(deployed)).toMatchObject({ DeletionProtectionEnabled: false });
    });
  });

  describe('SecureFileSystem', () => {
    test('is encrypted with the data key, backed up, and moves what nobody reads', async () => {
      const client = new EFSClient(emulator.options);
      const deployed = await deploy('Files', (stack) => new SecureFileSystem(stack, 'Documents', { vpc: vpcIn(stack) }));
      const FileSystemId = deployed.id('AWS::EFS::FileSystem');
      const { FileSystems: fileSystems } = await client.send(new DescribeFileSystemsCommand({ FileSystemId }));
      expect(fileSystems).toMatchObject([{ Encrypted: true, KmsKeyId: keyOf(deployed), NumberOfMountTargets: 2 }]);
      const { BackupPolicy: backup } = await client.send(new DescribeBackupPolicyCommand({ FileSystemId }));
      expect(backup).toEqual({ Status: 'ENABLED' });
      const { LifecyclePolicies: policies } = await client.send(new DescribeLifecycleConfigurationCommand({ FileSystemId }));
      expect(policies).toContainEqual({ TransitionToIA: 'AFTER_30_DAYS' });
    });
  });

  describe('SecureRepository', () => {
    test('keeps tags where they are', async () => {
      const deployed = await deploy('Repository', (stack) => new SecureRepository(stack, 'Images', { repositoryName: 'images' }));
      const repositoryNames = [deployed.id('AWS::ECR::Repository')];
      const { repositories } = await new ECRClient(emulator.options).send(new DescribeRepositoriesCommand({ repositoryNames }));
      expect(repositories).toMatchObject([
        {
          imageTagMutability: 'IMMUTABLE',
        },
      ]);
    });
  });

  describe('SecureLoadBalancer', () => {
    test('speaks TLS 1.2 and newer only, and sends those who come by HTTP there', async () => {
      const client = new ElasticLoadBalancingV2Client(emulator.options);
      const deployed = await deploy('Balancer', (stack) => balancer(stack));
      const LoadBalancerArn = deployed.id('AWS::ElasticLoadBalancingV2::LoadBalancer');
      const { Listeners: listeners } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
      expect(listeners).toHaveLength(2);
      expect(listeners).toContainEqual(
        expect.objectContaining({ Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' }),
      );
      expect(listeners!.find(({ Port }) => Port === 80)!.DefaultActions).toMatchObject([
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ]);
    });
  });

  describe('SecureDatabase', () => {
    // Log groups of databases bear their names, and stay when a stack is deleted.
    const databaseOf = (id: string) => (stack: Stack) =>
      new SecureDatabase(stack, id, { vpc: vpcIn(stack), engine, credentials, parameterGroup: parametersIn(stack) });
    const read = async (deployed: Deployed) => {
      const DBInstanceIdentifier = deployed.id('AWS::RDS::DBInstance');
      return (await new RDSClient(emulator.options).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances;
    };

    test('is encrypted with the data key, spread over zones in production, and closed to the public', async () => {
      const deployed = await deploy('Database', databaseOf('Orders'));
      expect(await read(deployed)).toMatchObject([
        {
          StorageEncrypted: true,
          KmsKeyId: keyOf(deployed),
          MultiAZ: true,
          PubliclyAccessible: false,
          BackupRetentionPeriod: 35,
        },
      ]);
    });

    test('is in one zone in development', async () => {
      const deployed = await deploy('DevelopmentDatabase', databaseOf('Rehearsal'), EnvironmentKind.DEVELOPMENT);
      const [database] = (await read(deployed))!;
      expect(database).toMatchObject({ StorageEncrypted: true, BackupRetentionPeriod: 7 });
      expect(database.MultiAZ ?? false).toBe(false);
    });
  });

  async function encryptionOf(Bucket: string) {
    const { ServerSideEncryptionConfiguration: configuration } = await new S3Client(emulator.options).send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    return configuration!.Rules![0].ApplyServerSideEncryptionByDefault;
  }

  async function attributesOf(QueueUrl: string) {
    const client = new SQSClient(emulator.options);
    return (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
  }
});

/** A network that is there before the stacks. */
async function network(client: EC2Client): Promise<ec2.VpcAttributes> {
  const { Vpc: vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const availabilityZones = ['eu-west-1a', 'eu-west-1b'];
  const subnets = async (first: number) => {
    const made = availabilityZones.map((AvailabilityZone, index) =>
      client.send(new CreateSubnetCommand({ VpcId: vpc!.VpcId, AvailabilityZone, CidrBlock: `10.0.${first + index}.0/24` })),
    );
    return (await Promise.all(made)).map(({ Subnet: subnet }) => subnet!.SubnetId!);
  };
  return {
    vpcId: vpc!.VpcId!,
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones,
    publicSubnetIds: await subnets(0),
    privateSubnetIds: await subnets(10),
    isolatedSubnetIds: await subnets(20),
  };
}
