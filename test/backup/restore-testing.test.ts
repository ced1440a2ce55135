import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  EnvironmentKind,
  RestorableType,
  RestoreHook,
  RestoreTest,
  RestoreTesting,
  type RestoreTestingProps,
  SecureDatabase,
  Soc2Environment,
} from '../../src';
import { ENV } from '../helpers/construct';
import { withoutEffect } from '../helpers/iam-actions';
import { network } from '../helpers/network';
import { keepsItsPromises } from '../helpers/promises';
import { definitionIn } from '../helpers/workflow';

type Json = ReturnType<typeof JSON.parse>;

const OBJECTIVES = { rpo: Duration.hours(24), rto: Duration.hours(4) };

function database(stack: Stack, id = 'Orders'): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, id, {
    instanceIdentifier: id.toLowerCase(),
    instanceEndpointAddress: 'orders.example',
    port: 5432,
    securityGroups: [],
  });
}

const table = (stack: Stack, id = 'Carts') => dynamodb.Table.fromTableName(stack, id, id.toLowerCase());
const bucket = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads');
const own = (stack: Stack) =>
  lambda.Function.fromFunctionArn(stack, 'Own', `arn:aws:lambda:${ENV.region}:${ENV.account}:function:own`);

/** An instance that stands elsewhere. */
function host(stack: Stack): ec2.IInstance {
  return Object.assign(new Construct(stack, 'Host'), { instanceId: 'i-00000000000000001' }) as unknown as ec2.IInstance;
}

function fileSystemIn(stack: Stack): efs.IFileSystem {
  return efs.FileSystem.fromFileSystemAttributes(stack, 'Files', {
    fileSystemId: 'fs-00000000000000001',
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'FilesGroup', 'sg-00000000000000009'),
  });
}

/** A test of everything that there is. */
function everything(stack: Stack): RestoreTest[] {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(
    stack,
    'Secret',
    `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:reader-AbCdEf`,
  );
  const volume = ec2.Volume.fromVolumeAttributes(stack, 'Volume', {
    volumeId: 'vol-00000000000000001',
    availabilityZone: 'eu-west-1a',
  });
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Ledger', { clusterIdentifier: 'ledger' });
  const instanceRole = iam.Role.fromRoleArn(stack, 'HostRole', `arn:aws:iam::${ENV.account}:role/host`);
  const instance = host(stack);
  const workflow = sfn.StateMachine.fromStateMachineName(stack, 'OwnWorkflow', 'own');
  return [
    RestoreTest.database(database(stack), { databaseName: 'shop', tables: [{ name: 'orders', freshnessColumn: 'updated_at' }] }),
    RestoreTest.database(database(stack, 'Billing'), { databaseName: 'bills', secret }),
    RestoreTest.databaseCluster(cluster, { databaseName: 'ledger' }),
    RestoreTest.table(table(stack), { minimumItems: 100, hook: RestoreHook.lambda(own(stack)) }),
    RestoreTest.bucket(bucket(stack)),
    RestoreTest.volume(volume),
    RestoreTest.instance(instance, { healthCommand: 'systemctl is-active app', instanceRole }),
    RestoreTest.fileSystem(fileSystemIn(stack)),
    RestoreTest.tagged(RestorableType.S3, { backup: 'daily' }),
    RestoreTest.selfHosted('legacy', RestoreHook.stateMachine(workflow)),
  ];
}

keepsItsPromises({ make: (stack) => new RestoreTesting(stack, 'RestoreTesting', { ...OBJECTIVES, tests: everything(stack) }) });

interface Made {
  readonly testing: RestoreTesting;
  readonly template: Template;
  /** Properties of the resources of a type. */
  readonly all: (type: string) => Json[];
}

function make(
  tests: (stack: Stack) => RestoreTest[],
  more: Partial<RestoreTestingProps> | ((stack: Stack) => Partial<RestoreTestingProps>) = {},
  kind = EnvironmentKind.PRODUCTION,
): Made {
  const app = new App();
  Soc2Environment.declare(app, { kind, owner: 'platform team' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  const props = typeof more === 'function' ? more(stack) : more;
  const testing = new RestoreTesting(stack, 'RestoreTesting', { ...OBJECTIVES, tests: tests(stack), ...props });
  const template = Template.fromStack(stack);
  return { testing, template, all: (type) => Object.values(template.findResources(type)).map(({ Properties }) => Properties) };
}

const carts = (stack: Stack) => [RestoreTest.table(table(stack))];

describe('by default', () => {
  const made = make(everything);

  test('the newest recovery point of each resource is restored once a month, from every vault', () => {
    expect(made.all('AWS::Backup::RestoreTestingPlan')).toEqual([
      expect.objectContaining({
        RestoreTestingPlanName: expect.stringMatching(/^\w{1,50}$/),
        ScheduleExpression: 'cron(0 3 1 * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        StartWindowHours: 8,
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
          SelectionWindowDays: 30,
        },
      }),
    ]);
  });

  test('each kind is restored into the network without a way out, with the key of restored resources, and not public', () => {
    const group = { 'Fn::GetAtt': [expect.stringMatching(/^RestoreTestingNetworkRestored/), 'GroupId'] };
    const list = { 'Fn::Join': ['', ['["', group, '"]']] };
    const subnets = { Ref: expect.stringMatching(/^RestoreTestingNetworkSubnetGroup/) };
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^Soc2BackupKey/), 'Arn'] };
    const overrides = made
      .all('AWS::Backup::RestoreTestingSelection')
      .map((each) => [each.ProtectedResourceType, each.RestoreMetadataOverrides]);
    const database = { dbSubnetGroupName: subnets, vpcSecurityGroupIds: list };
    expect(overrides).toEqual([
      ['RDS', { ...database, publiclyAccessible: 'false', multiAz: 'false', enableIAMDatabaseAuthentication: 'true' }],
      ['RDS', { ...database, publiclyAccessible: 'false', multiAz: 'false' }],
      ['Aurora', { ...database, enableIAMDatabaseAuthentication: 'true' }],
      ['DynamoDB', { encryptionType: 'KMS', kmsMasterKeyArn: key }],
      ['S3', { encryptionType: 'SSE-KMS', kmsKey: key }],
      ['EBS', { kmsKeyId: key }],
      [
        'EC2',
        {
          subnetId: { Ref: expect.stringMatching(/IsolatedSubnet1/) },
          securityGroupIds: list,
          requireImdsV2: 'true',
          iamInstanceProfileName: 'UseBackedUpValue',
        },
      ],
      ['EFS', { kmsKeyId: key }],
      ['S3', { encryptionType: 'SSE-KMS', kmsKey: key }],
    ]);
  });

  test('tags are those of recovery points, by the condition that AWS Backup knows', () => {
    const tagged = made.all('AWS::Backup::RestoreTestingSelection').filter((each) => each.ProtectedResourceConditions);
    expect(tagged).toEqual([
      expect.objectContaining({
        ProtectedResourceArns: ['*'],
        ProtectedResourceConditions: { StringEquals: [{ Key: 'aws:ResourceTag/backup', Value: 'daily' }] },
      }),
    ]);
  });

  test('the network has no way out: no gateway to the internet, no NAT, no peering, no route but its own', () => {
    for (const type of [
      'InternetGateway',
      'NatGateway',
      'VPCPeeringConnection',
      'Route',
      'TransitGatewayAttachment',
      'VPNGateway',
    ])
      expect(made.all(`AWS::EC2::${type}`)).toEqual([]);
    const endpoints = made
      .all('AWS::EC2::VPCEndpoint')
      .map(({ ServiceName, VpcEndpointType }) => `${VpcEndpointType} ${ServiceName}`);
    expect(endpoints).toEqual(
      ['secretsmanager', 'ssm', 'ssmmessages', 'ec2messages'].map((each) => `Interface com.amazonaws.eu-west-1.${each}`),
    );
  });

  test('what is restored reaches nothing but the endpoints that health commands need', () => {
    const groups = made.template.findResources('AWS::EC2::SecurityGroup');
    for (const { Properties: properties } of Object.values(groups)) {
      for (const rule of properties.SecurityGroupEgress ?? []) expect(rule.CidrIp).toBe('255.255.255.255/32');
    }
    const out = made
      .all('AWS::EC2::SecurityGroupEgress')
      .map(({ GroupId, Description }) => [GroupId['Fn::GetAtt'][0].replace(/.{8}$/, ''), Description]);
    expect(out.sort()).toEqual([
      ['RestoreTestingNetworkReader', 'Mount restored file systems'],
      ['RestoreTestingNetworkRestored', 'Call ec2messages'],
      ['RestoreTestingNetworkRestored', 'Call ssm'],
      ['RestoreTestingNetworkRestored', 'Call ssmmessages'],
      ['RestoreTestingNetworkValidator', 'Call secretsmanager'],
      ['RestoreTestingNetworkValidator', 'Look into restored databases'],
    ]);
  });

  test('the rule for restores looks at their status, not at the state that backups have', () => {
    const patterns = made.all('AWS::Events::Rule').map(({ EventPattern }) => EventPattern);
    expect(patterns).toContainEqual({
      source: ['aws.backup'],
      'detail-type': ['Restore Job State Change'],
      detail: { status: ['COMPLETED', 'FAILED', 'ABORTED'] },
    });
    expect(JSON.stringify(patterns)).not.toContain('"state"');
  });

  test('an execution that does not come to its end starts one that takes over', () => {
    expect(made.all('AWS::Events::Rule').map(({ EventPattern }) => EventPattern)).toContainEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [{ Ref: expect.stringMatching(/^RestoreTestingWorkflowStateMachine/) }],
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    });
  });

  test('data may be as old as the RPO where a table says nothing', () => {
    const { targets } = definitionIn(made.template.toJSON() as never).States.Confirm.Parameters;
    expect(targets[0].expect.data.tables).toEqual([
      { name: 'orders', minimumRows: 1, freshColumn: 'updated_at', maximumAgeSeconds: 86_400 },
    ]);
  });

  test('no definition and no variable has a secret', () => {
    expect(JSON.stringify(made.template.toJSON())).not.toMatch(/resolve:secretsmanager|"password"/i);
  });

  test('the ledger shows what is declared beside what the tests are designed for', () => {
    const { declarations } = made.template.toJSON().Metadata['cdk-soc2'] as Json;
    expect(declarations).toContainEqual({
      kind: 'restore testing',
      at: 'Stack/RestoreTesting',
      says: {
        declared: { rpoHours: 24, rtoHours: 4, daysBetweenTests: 35 },
        designed: {
          schedule: 'cron(0 3 1 * ? *)',
          timeZone: 'Etc/UTC',
          daysBetweenTests: 31,
          newestRecoveryPointOfDays: 30,
          hoursForValidation: 12,
          tests: { Aurora: 1, DynamoDB: 1, EBS: 1, EC2: 1, EFS: 1, RDS: 2, S3: 2, SelfHosted: 1 },
        },
      },
    });
  });

  test('without a topic there are no alarms', () => expect(made.testing.alarms).toEqual([]));
});

describe('least privilege', () => {
  const made = make(everything, { opsItems: true });
  const roles = Object.entries(made.template.findResources('AWS::IAM::Policy'));

  /** The actions of the role of each function, by its handler. */
  const actionsOf = (role: RegExp) =>
    roles
      .filter(([id]) => role.test(id))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Effect }: Json) => Effect === 'Allow')
      .flatMap(({ Action }: Json) => Action as string | string[]);

  /** What every function needs that writes a log, or stands in a network. */
  const PLATFORM =
    /^(logs:(CreateLogStream|PutLogEvents)|sqs:SendMessage|ec2:(Assign|Unassign)PrivateIpAddresses|ec2:(Create|Delete|Describe)NetworkInterfaces?|ec2:DescribeSubnets)$/;

  /** Each action that a function of ours is allowed, and what its code has that needs it. */
  const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'restore-job': {
      'backup:DescribeRecoveryPoint': 'DescribeRecoveryPointCommand',
      'backup:DescribeRestoreJob': 'DescribeRestoreJobCommand',
      'backup:PutRestoreValidationResult': 'PutRestoreValidationResultCommand',
    },
    'restore-ticket': {
      's3:PutObject': 'PutObjectCommand',
      'kms:GenerateDataKey': 'PutObjectCommand',
      'ssm:CreateOpsItem': 'CreateOpsItemCommand',
    },
    'restore-start': { 'states:StartExecution': 'StartExecutionCommand' },
    'restore-absence': {
      'backup:ListProtectedResources': 'paginateListProtectedResources',
      'backup:ListTags': 'ListTagsCommand',
      's3:ListBucket': 'paginateListObjectsV2',
      's3:PutObject': 'PutObjectCommand',
      'kms:GenerateDataKey': 'PutObjectCommand',
    },
    'restore-aurora': {
      'rds:CreateDBInstance': 'CreateDBInstanceCommand',
      'rds:DeleteDBInstance': 'DeleteDBInstanceCommand',
      'rds:DescribeDBClusters': 'DescribeDBClustersCommand',
      'rds:DescribeDBInstances': 'DescribeDBInstancesCommand',
    },
    'validate-database': {
      'rds:DescribeDBInstances': 'DescribeDBInstancesCommand',
      'rds:DescribeDBClusters': 'DescribeDBClustersCommand',
      'rds:DescribeDBParameters': 'paginateDescribeDBParameters',
      'rds:DescribeDBClusterParameters': 'paginateDescribeDBClusterParameters',
    },
    'validate-data': { 'rds-db:connect': 'getAuthToken', 'secretsmanager:GetSecretValue': 'GetSecretValueCommand' },
    'validate-dynamodb': {
      'dynamodb:DescribeTable': 'DescribeTableCommand',
      'dynamodb:Scan': 'ScanCommand',
      'dynamodb:GetItem': 'GetItemCommand',
      'kms:Decrypt': 'GetItemCommand',
    },
    'validate-s3': {
      's3:GetBucketPublicAccessBlock': 'GetPublicAccessBlockCommand',
      's3:GetBucketVersioning': 'GetBucketVersioningCommand',
      's3:GetEncryptionConfiguration': 'GetBucketEncryptionCommand',
      's3:ListBucket': 'ListObjectsV2Command',
      's3:GetObject': 'GetObjectCommand',
      'kms:Decrypt': 'GetObjectCommand',
    },
    'validate-ebs': {
      'ec2:DescribeSnapshots': 'DescribeSnapshotsCommand',
      'ec2:DescribeVolumes': 'DescribeVolumesCommand',
      'ec2:CreateSnapshot': 'CreateSnapshotCommand',
      'ec2:CreateTags': 'TagSpecifications',
      'ec2:DeleteSnapshot': 'DeleteSnapshotCommand',
      'ebs:GetSnapshotBlock': 'GetSnapshotBlockCommand',
      'ebs:ListSnapshotBlocks': 'ListSnapshotBlocksCommand',
      'kms:Decrypt': 'GetSnapshotBlockCommand',
    },
    'validate-ec2': {
      'ec2:DescribeInstanceStatus': 'DescribeInstanceStatusCommand',
      'ec2:DescribeInstances': 'DescribeInstancesCommand',
      'ec2:DescribeVolumes': 'DescribeVolumesCommand',
      'ssm:SendCommand': 'SendCommandCommand',
      'ssm:GetCommandInvocation': 'GetCommandInvocationCommand',
    },
    'validate-efs': {
      'elasticfilesystem:DescribeFileSystems': 'DescribeFileSystemsCommand',
      'elasticfilesystem:DescribeMountTargets': 'DescribeMountTargetsCommand',
      'elasticfilesystem:DescribeAccessPoints': 'DescribeAccessPointsCommand',
      'elasticfilesystem:PutFileSystemPolicy': 'PutFileSystemPolicyCommand',
      'elasticfilesystem:CreateMountTarget': 'CreateMountTargetCommand',
      'elasticfilesystem:DeleteMountTarget': 'DeleteMountTargetCommand',
      'elasticfilesystem:CreateAccessPoint': 'CreateAccessPointCommand',
      'elasticfilesystem:TagResource': 'Tags: [',
      'elasticfilesystem:DeleteAccessPoint': 'DeleteAccessPointCommand',
      // EFS does these for who asks it for a mount target.
      'ec2:DescribeSubnets': 'CreateMountTargetCommand',
      'ec2:DescribeNetworkInterfaces': 'CreateMountTargetCommand',
      'ec2:CreateNetworkInterface': 'CreateMountTargetCommand',
      'ec2:DeleteNetworkInterface': 'DeleteMountTargetCommand',
      'lambda:GetFunctionConfiguration': 'GetFunctionConfigurationCommand',
      'lambda:UpdateFunctionConfiguration': 'UpdateFunctionConfigurationCommand',
    },
    // What it mounts is read by calls of the operating system.
    'validate-files': { 'elasticfilesystem:ClientMount': 'MOUNT_PATH', 'elasticfilesystem:ClientRootAccess': 'lstat' },
  };

  const ROLES: Readonly<Record<string, RegExp>> = {
    'restore-job': /JobFunctionRole/,
    'restore-ticket': /TicketFunctionRole/,
    'restore-start': /StartFunctionRole/,
    'restore-absence': /AbsenceFunctionRole/,
    'restore-aurora': /AuroraFunctionRole/,
    'validate-database': /DatabaseFunctionRole/,
    'validate-data': /DataFunctionRole/,
    'validate-dynamodb': /DynamoDBFunctionRole/,
    'validate-s3': /S3FunctionRole/,
    'validate-ebs': /EBSFunctionRole/,
    'validate-ec2': /EC2FunctionRole/,
    'validate-efs': /EFSFunctionRole/,
    'validate-files': /Reader1FunctionRole/,
  };

  test.each(Object.entries(NEEDED))('%s may do what its code calls, and nothing else', (handler, needed) => {
    const allowed = actionsOf(ROLES[handler]).filter((action) => action in needed || !PLATFORM.test(action));
    // The key of its variables is that of tickets as well.
    const own = allowed.filter((action) => action in needed || !/^kms:/.test(action));
    expect([...new Set(own)].sort()).toEqual(Object.keys(needed).sort());
    const folder = join(__dirname, '..', '..', 'src', 'backup', handler);
    const code = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    for (const call of Object.values(needed)) expect(code.join('\n')).toContain(call);
  });

  test('every call of AWS in the code of a function has its right', () => {
    for (const [handler, needed] of Object.entries(NEEDED)) {
      const folder = join(__dirname, '..', '..', 'src', 'backup', handler);
      const code = readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join('\n');
      const calls = new Set(
        [...code.matchAll(/new (\w+Command)\(|\b(paginate\w+)\(/g)].map(([, command, paginator]) => command ?? paginator),
      );
      const known = new Set([...Object.values(needed), 'paginateScan']);
      expect([...calls].filter((call) => !known.has(call))).toEqual([]);
    }
  });

  test('no role of ours has an action with a star', () => {
    const actions = roles
      .filter(([id]) => /FunctionRole|RestoreRole|StarterRole/.test(id))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(actions.flatMap(({ Action }: Json) => Action).filter((action: string) => action.includes('*'))).toEqual([]);
  });

  test('what writes or deletes is bound to what was restored, or to tickets', () => {
    const statements = roles
      .filter(([id]) => /FunctionRole/.test(id))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(
        ({ Action, Effect }: Json) =>
          Effect === 'Allow' && /(Create|Delete|Put|Send)(?!Log|NetworkI)\w*/.test(JSON.stringify(Action)),
      );
    for (const { Action, Resource, Condition } of statements) {
      if (/NetworkInterface|logs:|sqs:|backup:Put|states:|CreateOpsItem/.test(JSON.stringify(Action))) continue;
      expect(JSON.stringify([Resource, Condition])).toMatch(
        /awsbackup-restore-test|restore-test|CreateSnapshot|AWS-RunShellScript/,
      );
    }
  });

  test('no right stands for nothing, as one on resources of an action that has none', async () => {
    expect(await withoutEffect(roles)).toEqual([]);
    const opening = roles
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Action }: Json) => Action === 'ssm:CreateOpsItem');
    expect(opening).toEqual([
      {
        Effect: 'Allow',
        Action: 'ssm:CreateOpsItem',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': ENV.region } },
      },
    ]);
  });

  test('the tag by which AWS Backup cleans up is never touched', () => {
    const all = roles.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement).flatMap(({ Action }: Json) => Action);
    expect(all.filter((action: string) => /Untag|DeleteTags|RemoveTags/.test(action))).toEqual([]);
    const tagging = roles
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Action }: Json) => /:(Tag|CreateTags)/.test(JSON.stringify(Action)));
    // Only what a test makes gets a tag, and only when it is made.
    expect(tagging.map(({ Action, Condition }: Json) => [Action, Condition.StringEquals])).toEqual([
      ['ec2:CreateTags', { 'ec2:CreateAction': 'CreateSnapshot' }],
      ['elasticfilesystem:TagResource', { 'elasticfilesystem:CreateAction': 'CreateAccessPoint' }],
    ]);
  });

  test('files are read by a function that can mount and nothing else, and only with TLS', () => {
    const [[, { Properties: properties }]] = roles.filter(([id]) => /Reader1FunctionRole/.test(id));
    const own = properties.PolicyDocument.Statement.filter(({ Action }: Json) =>
      /elasticfilesystem/.test(JSON.stringify(Action)),
    );
    expect(own).toEqual([
      {
        Effect: 'Allow',
        Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'],
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:elasticfilesystem:${ENV.region}:${ENV.account}:file-system/*`]],
        },
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ]);
  });

  test('network interfaces come and go in the network of the tests, and functions are changed that read files, no others', () => {
    const [[, { Properties: properties }]] = roles.filter(([id]) => /EFSFunctionRole/.test(id));
    const of = (action: string) =>
      properties.PolicyDocument.Statement.find(({ Action }: Json) => JSON.stringify(Action).includes(action));
    const create = JSON.stringify(of('ec2:CreateNetworkInterface').Resource);
    expect(create).toMatch(/security-group\/.*NetworkRestored/);
    expect(create.match(/IsolatedSubnet\dSubnet/g)).toHaveLength(2);
    expect(Object.keys(of('ec2:DeleteNetworkInterface').Condition)).toEqual(['ArnEquals']);
    expect(of('lambda:UpdateFunctionConfiguration').Resource).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/Reader1Function/), 'Arn'],
    });
  });

  /** What the roles of services may do, that have no code of ours. */
  test.each<[string, RegExp, readonly string[]]>([
    [
      'the workflow calls its functions and hooks, and writes its log and its traces',
      /WorkflowStateMachineRole/,
      [
        'events:DescribeRule',
        'events:PutRule',
        'events:PutTargets',
        'lambda:InvokeFunction',
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
        'states:DescribeExecution',
        'states:StartExecution',
        'states:StopExecution',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
    ],
    ['the schedule starts the workflow', /StarterRole/, ['kms:Decrypt', 'states:StartExecution']],
    ['the daily comparison is called by its schedule', /^SchedulerRoleForTarget/, ['kms:Decrypt', 'lambda:InvokeFunction']],
    [
      'AWS Backup restores with the key of restored resources, and hands instances the roles that they had',
      /RestoreTestingRestoreRole/,
      [
        'iam:PassRole',
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
    ],
  ])('%s, and no more', (_, role, actions) => {
    expect([...new Set(actionsOf(role))].sort()).toEqual(actions);
  });

  test('AWS Backup uses the role for this account only', () => {
    const [role] = Object.values(made.template.findResources('AWS::IAM::Role')).filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('backup.amazonaws.com'),
    );
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': ENV.account },
    });
  });
});

describe('as it is asked for', () => {
  test('only the functions that tests need are made, and no network where none is needed', () => {
    const made = make(carts);
    const functions = Object.keys(made.template.findResources('AWS::Lambda::Function')).filter((id) => /Function.{8}$/.test(id));
    expect(
      functions.map((id) => /(\w+?)Function.{8}$/.exec(id.replace('RestoreTesting', '').replace('Functions', ''))![1]).sort(),
    ).toEqual(['Absence', 'DynamoDB', 'Job', 'Start', 'Ticket']);
    expect(made.all('AWS::EC2::VPC')).toEqual([]);
    expect(made.testing.vpc).toBeUndefined();
  });

  test('files are read by a function in the network for each test, which mounts nothing until a restore is there', () => {
    const made = make((stack) => [
      RestoreTest.fileSystem(fileSystemIn(stack)),
      RestoreTest.tagged(RestorableType.EFS, { backup: 'daily' }),
    ]);
    const readers = made.all('AWS::Lambda::Function').filter(({ VpcConfig }) => VpcConfig);
    expect(readers).toHaveLength(2);
    for (const { VpcConfig: network, FileSystemConfigs: mounts } of readers) {
      expect(mounts).toBeUndefined();
      expect(network.SubnetIds).toHaveLength(2);
      expect(network.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/NetworkReader/), 'GroupId'] }]);
    }
    const { targets, settings } = definitionIn(made.template.toJSON() as never).States.Confirm.Parameters;
    expect(targets.map(({ expect: { files: each } }: Json) => each)).toEqual(
      [1, 2].map((index) => ({
        minimumFiles: 1,
        minimumBytes: 1,
        sampleSize: 20,
        paths: [],
        reader: expect.stringContaining(`Reader${index}Function`),
      })),
    );
    expect(settings.subnetIds).toHaveLength(2);
  });

  test('a mount target lets in who reads files, by NFS, and nobody else', () => {
    const made = make((stack) => [RestoreTest.fileSystem(fileSystemIn(stack))]);
    const rules = made.all('AWS::EC2::SecurityGroupIngress').map(({ FromPort, ToPort, SourceSecurityGroupId }) => ({
      ports: [FromPort, ToPort],
      from: SourceSecurityGroupId['Fn::GetAtt'][0],
    }));
    expect(rules).toEqual([{ ports: [2049, 2049], from: expect.stringMatching(/NetworkReader/) }]);
    expect(made.all('AWS::EC2::VPCEndpoint')).toEqual([]);
    expect(made.all('AWS::RDS::DBSubnetGroup')).toEqual([]);
  });

  test('files that are not read need no network and no function', () => {
    const made = make((stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { readFiles: false, minimumBytes: 5 })]);
    expect(made.all('AWS::EC2::VPC')).toEqual([]);
    const { targets } = definitionIn(made.template.toJSON() as never).States.Confirm.Parameters;
    expect(targets[0].expect).toEqual({ minimumBytes: 5 });
    const policies = JSON.stringify(made.template.findResources('AWS::IAM::Policy'));
    expect(policies).not.toMatch(/MountTarget|AccessPoint|UpdateFunctionConfiguration/);
  });

  test('a network, a key, a bucket, vaults and times of the app come before those of the library', () => {
    const made = make(
      (stack) => [RestoreTest.database(database(stack)), RestoreTest.table(table(stack))],
      (stack) => ({
        vpc: network(stack),
        ticketBucket: s3.Bucket.fromBucketName(stack, 'Evidence', 'evidence'),
        planName: 'weekly',
        schedule: 'cron(0 5 ? * SUN *)',
        timeZone: 'Europe/Berlin',
        startWindow: Duration.hours(2),
        validationWindow: Duration.hours(6),
        selectionWindow: Duration.days(7),
      }),
    );
    expect(made.all('AWS::Backup::RestoreTestingPlan')[0]).toMatchObject({
      RestoreTestingPlanName: 'weekly',
      ScheduleExpression: 'cron(0 5 ? * SUN *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartWindowHours: 2,
      RecoveryPointSelection: { SelectionWindowDays: 7 },
    });
    expect(made.all('AWS::Backup::RestoreTestingSelection')[0].ValidationWindowHours).toBe(6);
    expect(made.all('AWS::EC2::VPC')).toEqual([]);
    expect(made.all('AWS::RDS::DBSubnetGroup')[0].SubnetIds).toEqual([
      'subnet-0c00000000000000',
      'subnet-0c00000000000001',
      'subnet-0c00000000000002',
    ]);
  });

  test('a database of the app is restored with its own parameter group, which forces TLS', () => {
    const made = make((stack) => [
      RestoreTest.database(
        new SecureDatabase(stack, 'Db', {
          engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }),
          vpc: network(stack),
        }),
      ),
    ]);
    const [{ RestoreMetadataOverrides: overrides }] = made.all('AWS::Backup::RestoreTestingSelection');
    expect(overrides.dbParameterGroupName).toEqual({ Ref: expect.stringMatching(/^Db/) });
  });

  test('resources that are restored alike share a selection, 30 at a time', () => {
    const made = make((stack) => Array.from({ length: 31 }, (_, index) => RestoreTest.table(table(stack, `Table${index}`))));
    expect(made.all('AWS::Backup::RestoreTestingSelection').map((each) => each.ProtectedResourceArns.length)).toEqual([30, 1]);
  });

  test('with a topic, alarms tell of failure, slowness, age, absence, leftovers and the workflow', () => {
    const made = make(carts, (stack) => ({ alarmTopic: new sns.Topic(stack, 'Topic') }));
    const ours = made.all('AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace === 'Soc2/RestoreTesting');
    expect(ours.map(({ MetricName, Threshold, TreatMissingData }) => [MetricName, Threshold, TreatMissingData]).sort()).toEqual([
      ['CleanUpSucceeded', 1, 'notBreaching'],
      ['HoursSinceLastSuccessfulRestore', 840, 'breaching'],
      ['RecoveryPointAgeSeconds', 86_400, 'notBreaching'],
      ['UsableSeconds', 14_400, 'notBreaching'],
      ['ValidationSucceeded', 1, 'notBreaching'],
    ]);
    expect(made.testing.alarms).toHaveLength(6);
    for (const { AlarmDescription, AlarmActions } of ours) {
      expect(AlarmDescription.length).toBeGreaterThan(60);
      expect(AlarmActions).toHaveLength(1);
    }
  });

  test('a self-hosted database is tested on the schedule of the plan, and needs no selection', () => {
    const made = make((stack) => [RestoreTest.selfHosted('legacy', RestoreHook.lambda(own(stack)))]);
    expect(made.all('AWS::Backup::RestoreTestingSelection')).toEqual([]);
    const schedules = made.all('AWS::Scheduler::Schedule');
    expect(schedules).toContainEqual(
      expect.objectContaining({
        ScheduleExpression: 'cron(0 3 1 * ? *)',
        Target: expect.objectContaining({ Input: '{"selfHosted":"legacy"}' }),
      }),
    );
  });
});

test.each<readonly [string, (stack: Stack) => RestoreTest[], Partial<RestoreTestingProps>, RegExp]>([
  ['no tests', () => [], {}, /'tests' must have at least 1 entry/],
  [
    'a resource twice',
    (stack) => [RestoreTest.table(table(stack)), RestoreTest.table(table(stack, 'carts'))],
    {},
    /must name each resource once/,
  ],
  ['a name with dashes', carts, { planName: 'my-plan' }, /'planName' must be .* got 'my-plan'/],
  ['a rate', carts, { schedule: 'rate(1 day)' }, /'schedule' must be a cron expression/],
  ['an RPO of a second', carts, { rpo: Duration.seconds(1) }, /'rpo' must be .* from 60/],
  ['a short window', carts, { validationWindow: Duration.hours(1) }, /'validationWindow' must be .* from 2 to 168/],
  [
    'a hook as long as the window',
    (stack) => [RestoreTest.selfHosted('a', RestoreHook.lambda(own(stack), { timeout: Duration.hours(2) }))],
    { validationWindow: Duration.hours(2) },
    /'validationWindow' must be at least 1 hour longer/,
  ],
  ['half hours', carts, { startWindow: Duration.minutes(90) }, /'startWindow' must be a whole number of hours/],
  ['a long look back', carts, { selectionWindow: Duration.days(366) }, /'selectionWindow'/],
  ['an interval of an hour', carts, { maximumInterval: Duration.hours(1) }, /'maximumInterval'/],
  [
    'a schedule that is rarer than the interval',
    carts,
    { schedule: 'cron(0 3 1 1,7 ? *)' },
    /'maximumInterval' must be at least the time between two tests of 'cron\(0 3 1 1,7 \? \*\)', which is up to 184 days, got 35 days/,
  ],
  ['a schedule that ends', carts, { schedule: 'cron(0 3 1 * ? 2027)' }, /'maximumInterval' .* which has no end/],
  [
    'paths that lead upwards',
    (stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { paths: ['data/../../etc'] })],
    {},
    /a path must lead to something in the file system, and not upwards, got 'data\/..\/..\/etc'/,
  ],
  [
    'a list of checksums that is the file system itself',
    (stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { checksumFile: '/' })],
    {},
    /a path must lead to something/,
  ],
  [
    'more files than are counted',
    (stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { minimumFiles: 100_001 })],
    {},
    /'minimumFiles' must be a whole number from 0 to 100000/,
  ],
  [
    'paths of files that are not read',
    (stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { readFiles: false, paths: ['a'] })],
    {},
    /'readFiles' must be true with 'paths', got false/,
  ],
  [
    'too many paths',
    (stack) => [RestoreTest.fileSystem(fileSystemIn(stack), { paths: Array.from({ length: 51 }, () => 'a') })],
    {},
    /'number of paths' must be/,
  ],
  [
    'tables without a database',
    (stack) => [RestoreTest.database(database(stack), { tables: [{ name: 'x' }] })],
    {},
    /'databaseName' must be set with 'tables'/,
  ],
  [
    'too many tables',
    (stack) => [
      RestoreTest.database(database(stack), { databaseName: 'x', tables: Array.from({ length: 51 }, () => ({ name: 'x' })) }),
    ],
    {},
    /'number of tables' must be/,
  ],
  [
    'a statement of ten minutes',
    (stack) => [RestoreTest.database(database(stack), { databaseName: 'x', statementTimeout: Duration.minutes(10) })],
    {},
    /'statementTimeout' must be .* 300 seconds, got 600/,
  ],
  ['a sample of 1,000', (stack) => [RestoreTest.bucket(bucket(stack), { sampleSize: 1000 })], {}, /'sampleSize' must be/],
  [
    'a hostile name',
    (stack) => [RestoreTest.selfHosted('a/b', RestoreHook.lambda(own(stack)))],
    {},
    /'name' of a self-hosted database/,
  ],
  [
    'a hook of ten seconds',
    (stack) => [RestoreTest.selfHosted('a', RestoreHook.lambda(own(stack), { timeout: Duration.seconds(10) }))],
    {},
    /'timeout' of a hook must be/,
  ],
  [
    'a health command without a role',
    (stack) => [RestoreTest.instance(host(stack), { healthCommand: 'true' })],
    {},
    /'instanceRole' must be set with 'healthCommand'/,
  ],
])('%s: it says what is wrong, and what to change', (_, tests, more, message) => {
  expect(() => make(tests, more)).toThrow(message);
});

test('a network without isolated subnets is refused', () => {
  const open = (stack: Stack) => ({
    vpc: new ec2.Vpc(stack, 'Open', { subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }] }),
  });
  expect(() => make((stack) => [RestoreTest.database(database(stack))], open)).toThrow(/'vpc' must have isolated subnets/);
});
