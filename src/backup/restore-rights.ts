import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import {
  addedInstances,
  arn,
  fileSystems,
  restoredBuckets,
  restoredClusters,
  restoredInstances,
  restoredTables,
  snapshots,
} from './restore-arns';
import { RESTORED_PREFIX, TICKET_PREFIX } from './restore-messages';
import type { RestoreNetwork } from './restore-network';
import type { TestParts } from './restore-parts';
import { allow, inRegion, statementFor } from './restore-statements';

/** What rights are about. */
export interface RightsContext {
  readonly stack: Stack;
  readonly planArn: string;
  readonly ticketBucketArn: string;
  /** The key of the bucket, if it has one. */
  readonly ticketKeyArns: string[];
  readonly hasOpsItems: boolean;
  readonly keyArn: string;
  readonly tests: readonly TestParts[];
  readonly network?: RestoreNetwork;
  /** The functions that read files. */
  readonly readerArns: readonly string[];
}

type Rights = (context: RightsContext) => iam.PolicyStatement[];

/** The tag that restore testing puts on what it restores. */
const RESTORED_TAG = { Null: { [`aws:ResourceTag/${RESTORED_PREFIX.slice(0, -1)}`]: 'false' } };

/** The tag of what a test made: a snapshot, or an access point. */
const OWN_TAG = { StringLike: { 'aws:ResourceTag/restore-test': 'restore-test-*' } };

/** What each function calls, and on what; a test names the line of code for each. */
export const RIGHTS = {
  job: ({ stack }) => [
    // A restore job has no ARN that rights could name, and that of a recovery point is one of the service that keeps it.
    allow(
      ['backup:DescribeRecoveryPoint', 'backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'],
      ['*'],
      inRegion(stack),
    ),
  ],
  ticket: ({ stack, ticketBucketArn, ticketKeyArns, hasOpsItems }) => [
    allow(['s3:PutObject'], [`${ticketBucketArn}/${TICKET_PREFIX}*`]),
    ...statementFor(['kms:GenerateDataKey'], ticketKeyArns),
    // The action has no resources.
    ...(hasOpsItems ? [allow(['ssm:CreateOpsItem'], ['*'], inRegion(stack))] : []),
  ],
  aurora: ({ stack }) => [
    allow(['rds:CreateDBInstance'], [restoredInstances(stack), restoredClusters(stack)]),
    allow(['rds:DeleteDBInstance'], [addedInstances(stack)]),
    allow(['rds:DescribeDBClusters'], [restoredClusters(stack)]),
    allow(['rds:DescribeDBInstances'], [addedInstances(stack)]),
  ],
  database: ({ stack, tests }) => [
    allow(['rds:DescribeDBInstances'], [restoredInstances(stack), ...sources(stack, tests, 'RDS')]),
    allow(['rds:DescribeDBClusters'], [restoredClusters(stack), ...sources(stack, tests, 'Aurora')]),
    allow(['rds:DescribeDBParameters'], [arn(stack, 'rds', 'pg', '*', ArnFormat.COLON_RESOURCE_NAME)]),
    allow(['rds:DescribeDBClusterParameters'], [arn(stack, 'rds', 'cluster-pg', '*', ArnFormat.COLON_RESOURCE_NAME)]),
  ],
  data: ({ stack, tests }) => [
    ...signIns(stack, tests),
    ...statementFor(
      ['secretsmanager:GetSecretValue'],
      unique(tests.flatMap(({ secret }) => secret?.secretFullArn ?? secret?.secretArn ?? [])),
    ),
    ...statementFor(['kms:Decrypt'], unique(tests.flatMap(({ secret }) => secret?.encryptionKey?.keyArn ?? []))),
  ],
  dynamodb: ({ stack, tests, keyArn }) => [
    allow(['dynamodb:DescribeTable'], [restoredTables(stack), ...sources(stack, tests, 'DynamoDB')]),
    allow(['dynamodb:Scan', 'dynamodb:GetItem'], [restoredTables(stack)]),
    allow(['kms:Decrypt'], [keyArn], { StringEquals: { 'kms:ViaService': `dynamodb.${stack.region}.${stack.urlSuffix}` } }),
  ],
  s3: ({ stack, keyArn }) => [
    allow(
      ['s3:GetBucketPublicAccessBlock', 's3:GetBucketVersioning', 's3:GetEncryptionConfiguration', 's3:ListBucket'],
      [restoredBuckets(stack)],
    ),
    allow(['s3:GetObject'], [`${restoredBuckets(stack)}/*`]),
    allow(['kms:Decrypt'], [keyArn], { StringEquals: { 'kms:ViaService': `s3.${stack.region}.${stack.urlSuffix}` } }),
  ],
  ebs: ({ stack, keyArn }) => [
    allow(['ec2:DescribeSnapshots', 'ec2:DescribeVolumes'], ['*'], inRegion(stack)),
    allow(['ec2:CreateSnapshot'], [arn(stack, 'ec2', 'volume', '*')], RESTORED_TAG),
    allow(['ec2:CreateSnapshot'], [snapshots(stack)], { StringLike: { 'aws:RequestTag/restore-test': 'restore-test-*' } }),
    allow(['ec2:CreateTags'], [snapshots(stack)], { StringEquals: { 'ec2:CreateAction': 'CreateSnapshot' } }),
    allow(['ec2:DeleteSnapshot', 'ebs:GetSnapshotBlock', 'ebs:ListSnapshotBlocks'], [snapshots(stack)], OWN_TAG),
    allow(['kms:Decrypt'], [keyArn]),
  ],
  ec2: ({ stack, tests }) => [
    allow(['ec2:DescribeInstanceStatus', 'ec2:DescribeInstances', 'ec2:DescribeVolumes'], ['*'], inRegion(stack)),
    ...(tests.some(({ expect }) => expect.healthCommand) ? healthCommands(stack) : []),
  ],
  efs: (context) => [
    allow(['elasticfilesystem:DescribeFileSystems'], [fileSystems(context.stack)]),
    ...(context.network && context.readerArns.length > 0 ? mounting(context, context.network) : []),
  ],
  reader: ({ stack }) => [
    allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'], [fileSystems(stack)], {
      Bool: { 'aws:SecureTransport': 'true' },
    }),
  ],
  absence: ({ stack, ticketBucketArn, ticketKeyArns }) => [
    ...statementFor(['kms:GenerateDataKey'], ticketKeyArns),
    allow(['backup:ListProtectedResources', 'backup:ListTags'], ['*'], inRegion(stack)),
    allow(['s3:ListBucket'], [ticketBucketArn], { StringLike: { 's3:prefix': `${TICKET_PREFIX}*` } }),
    allow(['s3:PutObject'], [`${ticketBucketArn}/${TICKET_PREFIX}*/first-seen.json`]),
  ],
} satisfies Readonly<Record<string, Rights>>;

/**
 * Mount targets and access points, of what was restored only; and the functions that mount them. EFS makes and deletes network
 * interfaces with the rights of who asks it for a mount target, and Lambda looks at mount targets with those of who names them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
 */
function mounting({ stack, readerArns }: RightsContext, { vpc, zones, restored }: RestoreNetwork): iam.PolicyStatement[] {
  const points = arn(stack, 'elasticfilesystem', 'access-point', '*');
  const interfaces = arn(stack, 'ec2', 'network-interface', '*');
  const subnets = zones.subnetIds.map((id) => arn(stack, 'ec2', 'subnet', id));
  return [
    allow(
      [
        'elasticfilesystem:CreateAccessPoint',
        'elasticfilesystem:CreateMountTarget',
        'elasticfilesystem:DeleteMountTarget',
        'elasticfilesystem:PutFileSystemPolicy',
      ],
      [fileSystems(stack)],
      RESTORED_TAG,
    ),
    allow(['elasticfilesystem:DescribeAccessPoints', 'elasticfilesystem:DescribeMountTargets'], [fileSystems(stack), points]),
    allow(['elasticfilesystem:TagResource'], [fileSystems(stack), points], {
      StringEquals: { 'elasticfilesystem:CreateAction': 'CreateAccessPoint' },
      StringLike: { 'aws:RequestTag/restore-test': 'restore-test-*' },
    }),
    allow(['elasticfilesystem:DeleteAccessPoint'], [points], OWN_TAG),
    allow(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], ['*'], inRegion(stack)),
    allow(
      ['ec2:CreateNetworkInterface'],
      [interfaces, ...subnets, arn(stack, 'ec2', 'security-group', restored.securityGroupId)],
    ),
    allow(['ec2:DeleteNetworkInterface'], [interfaces], { ArnEquals: { 'ec2:Vpc': vpc.vpcArn } }),
    allow(['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'], [...readerArns]),
  ];
}

function healthCommands(stack: Stack): iam.PolicyStatement[] {
  const document = stack.formatArn({ service: 'ssm', account: '', resource: 'document', resourceName: 'AWS-RunShellScript' });
  return [
    allow(['ssm:SendCommand'], [document]),
    allow(['ssm:SendCommand'], [arn(stack, 'ec2', 'instance', '*')], {
      Null: { [`ssm:resourceTag/${RESTORED_PREFIX.slice(0, -1)}`]: 'false' },
    }),
    allow(['ssm:GetCommandInvocation'], ['*'], inRegion(stack)),
  ];
}

/** Tokens are for the users of the tests only; which database they are for is not known before it is restored. */
function signIns(stack: Stack, tests: readonly TestParts[]): iam.PolicyStatement[] {
  const users = unique(tests.flatMap(({ expect, secret }) => (expect.data && !secret ? [expect.data.user] : [])));
  const identities = users.map((user) => arn(stack, 'rds-db', 'dbuser', `*/${user}`, ArnFormat.COLON_RESOURCE_NAME));
  return statementFor(['rds-db:connect'], identities);
}

/** Sources that are named; every resource of the kind where tags select them. */
function sources(stack: Stack, tests: readonly TestParts[], kind: keyof typeof ARNS): string[] {
  return tests.flatMap((test) => (test.kind === kind ? [test.source ?? ARNS[kind](stack)] : []));
}

const ARNS = {
  RDS: (stack: Stack) => arn(stack, 'rds', 'db', '*', ArnFormat.COLON_RESOURCE_NAME),
  Aurora: (stack: Stack) => arn(stack, 'rds', 'cluster', '*', ArnFormat.COLON_RESOURCE_NAME),
  DynamoDB: (stack: Stack) => arn(stack, 'dynamodb', 'table', '*'),
};

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
