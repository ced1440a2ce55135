import type { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  SecureAutoScalingGroup,
  SecureBucket,
  SecureDatabase,
  SecureDatabaseCluster,
  SecureFileSystem,
  SecureInstance,
  SecureQueue,
  SecureRepository,
  SecureSearchDomain,
  SecureTable,
  SecureTopic,
  SecureVpc,
} from '../../src';
import type { CloudFormationTemplate } from '../helpers/construct';
import { changes, replacing } from '../helpers/replacement';
import { CLUSTER_ENGINES, ENGINES, network, templateOf } from './databases';

type Deployed = { readonly alreadyDeployed?: boolean; readonly mayRestart?: boolean };

/** A class of the library, the construct of the CDK whose place it can take, and what that would replace if the class did not know. */
interface Swap {
  readonly plain: (stack: Stack) => void;
  readonly secure: (stack: Stack, props: Deployed) => void;
  /** Properties of what is deployed that a new one has otherwise, and that CloudFormation changes by another resource. */
  readonly replaced: readonly string[];
  /** Properties that are changed as well when the app says that it may be restarted. */
  readonly interrupted?: readonly string[];
}

/**
 * Changes that restart what is deployed, or may.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
 */
const INTERRUPTING: readonly string[] = [
  'AWS::RDS::DBInstance CACertificateIdentifier',
  'AWS::RDS::DBInstance DBInstanceClass',
  'AWS::RDS::DBInstance DBParameterGroupName',
  'AWS::RDS::DBInstance EngineVersion',
  'AWS::RDS::DBInstance StorageType',
  'AWS::RDS::DBCluster DBClusterParameterGroupName',
  'AWS::RDS::DBCluster EngineVersion',
  'AWS::EC2::Instance EbsOptimized',
  'AWS::EC2::Instance InstanceType',
  'AWS::EC2::Instance UserData',
  'AWS::AutoScaling::AutoScalingGroup UpdatePolicy',
];

const engine = ENGINES.PostgreSQL;
const cluster = { engine: CLUSTER_ENGINES['Aurora PostgreSQL'], writer: rds.ClusterInstance.serverlessV2('Writer') };
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const server = {
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
};
const version = opensearch.EngineVersion.OPENSEARCH_2_19;

const SWAPS: Readonly<Record<string, Swap>> = {
  SecureDatabase: {
    plain: (stack) => new rds.DatabaseInstance(stack, 'It', { vpc: network(stack), engine }),
    secure: (stack, props) => new SecureDatabase(stack, 'It', { vpc: network(stack), engine, ...props }),
    replaced: [
      'AWS::RDS::DBInstance AutoMinorVersionUpgrade: MAY_REPLACE',
      'AWS::RDS::DBInstance DBInstanceIdentifier: WILL_REPLACE',
      'AWS::RDS::DBInstance KmsKeyId: WILL_REPLACE',
      'AWS::RDS::DBInstance PerformanceInsightsKMSKeyId: MAY_REPLACE',
      'AWS::RDS::DBInstance StorageEncrypted: WILL_REPLACE',
    ],
    interrupted: ['AWS::RDS::DBInstance DBParameterGroupName'],
  },
  SecureDatabaseCluster: {
    plain: (stack) => new rds.DatabaseCluster(stack, 'It', { vpc: network(stack), ...cluster }),
    secure: (stack, props) => new SecureDatabaseCluster(stack, 'It', { vpc: network(stack), ...cluster, ...props }),
    replaced: [
      'AWS::RDS::DBCluster DBClusterIdentifier: WILL_REPLACE',
      'AWS::RDS::DBCluster KmsKeyId: WILL_REPLACE',
      'AWS::RDS::DBCluster StorageEncrypted: WILL_REPLACE',
      'AWS::RDS::DBInstance AutoMinorVersionUpgrade: MAY_REPLACE',
      'AWS::RDS::DBInstance DBClusterIdentifier: WILL_REPLACE',
    ],
    interrupted: ['AWS::RDS::DBCluster DBClusterParameterGroupName'],
  },
  SecureBucket: {
    plain: (stack) => new s3.Bucket(stack, 'It'),
    secure: (stack, props) => new SecureBucket(stack, 'It', props),
    replaced: [],
  },
  SecureTable: {
    plain: (stack) => new dynamodb.TableV2(stack, 'It', { partitionKey }),
    secure: (stack, props) => new SecureTable(stack, 'It', { partitionKey, ...props }),
    replaced: [],
  },
  SecureFileSystem: {
    plain: (stack) => new efs.FileSystem(stack, 'It', { vpc: network(stack) }),
    secure: (stack, props) => new SecureFileSystem(stack, 'It', { vpc: network(stack), ...props }),
    replaced: ['AWS::EFS::FileSystem KmsKeyId: WILL_REPLACE', 'AWS::EFS::MountTarget FileSystemId: WILL_REPLACE'],
  },
  SecureQueue: {
    plain: (stack) => new sqs.Queue(stack, 'It'),
    secure: (stack, props) => new SecureQueue(stack, 'It', props),
    replaced: [],
  },
  SecureTopic: {
    plain: (stack) => new sns.Topic(stack, 'It'),
    secure: (stack, props) => new SecureTopic(stack, 'It', props),
    replaced: [],
  },
  SecureSearchDomain: {
    plain: (stack) => new opensearch.Domain(stack, 'It', { version }),
    secure: (stack, props) =>
      new SecureSearchDomain(stack, 'It', { version, vpc: props.alreadyDeployed ? undefined : network(stack), ...props }),
    replaced: [],
  },
  SecureRepository: {
    plain: (stack) => new ecr.Repository(stack, 'It'),
    secure: (stack, props) => new SecureRepository(stack, 'It', props),
    replaced: ['AWS::ECR::Repository EncryptionConfiguration: WILL_REPLACE'],
  },
  SecureInstance: {
    plain: (stack) => new ec2.Instance(stack, 'It', { vpc: network(stack), ...server }),
    secure: (stack, props) => new SecureInstance(stack, 'It', { vpc: network(stack), ...server, ...props }),
    replaced: [
      'AWS::EC2::Instance BlockDeviceMappings: MAY_REPLACE',
      'AWS::EC2::Instance NetworkInterfaces: WILL_REPLACE',
      'AWS::EC2::Instance SecurityGroupIds: MAY_REPLACE',
      'AWS::EC2::Instance SubnetId: WILL_REPLACE',
    ],
  },
  SecureAutoScalingGroup: {
    plain: (stack) => new autoscaling.AutoScalingGroup(stack, 'It', { vpc: network(stack), ...server }),
    secure: (stack, props) => new SecureAutoScalingGroup(stack, 'It', { vpc: network(stack), ...server, ...props }),
    replaced: [],
  },
  SecureVpc: {
    plain: (stack) => new ec2.Vpc(stack, 'It'),
    secure: (stack, props) => new SecureVpc(stack, 'It', props),
    replaced: [
      'AWS::EC2::NatGateway SubnetId: WILL_REPLACE',
      'AWS::EC2::Subnet CidrBlock: WILL_REPLACE',
      'AWS::EC2::SubnetRouteTableAssociation SubnetId: WILL_REPLACE',
    ],
  },
};

const json = (make: (stack: Stack) => void) => templateOf(make).toJSON() as CloudFormationTemplate;

describe.each(Object.entries(SWAPS))('%s in the place of what is deployed', (_name, { plain, secure, replaced, interrupted }) => {
  const deployed = json(plain);
  const changed = (props: Deployed) =>
    changes(
      deployed,
      json((stack) => secure(stack, props)),
    );

  test('replaces these properties when it does not know that', () => {
    expect([...new Set(replacing(changed({})))].sort()).toEqual([...replaced].sort());
  });

  test('replaces none of them when it knows', () => expect(replacing(changed({ alreadyDeployed: true }))).toEqual([]));

  const interrupting = (props: Deployed) =>
    changed({ alreadyDeployed: true, ...props })
      .map(({ property }) => property)
      .filter((property) => INTERRUPTING.includes(property));

  test('interrupts nothing', () => expect(interrupting({})).toEqual([]));

  if (interrupted) {
    test('restarts it when it is told that it may', () => {
      expect(interrupting({ mayRestart: true })).toEqual(interrupted);
      expect(replacing(changed({ alreadyDeployed: true, mayRestart: true }))).toEqual([]);
    });
  }
});
