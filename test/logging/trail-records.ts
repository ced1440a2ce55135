import type { JsonObject } from '../../src/model/json';
import { callRecord, signInRecord } from '../../src/rules/shared/trail-records';

/** Records of CloudTrail that set an alarm off, and others that come close and do not. */
export interface Sample {
  readonly picks: readonly JsonObject[];
  readonly passesOver: readonly JsonObject[];
}

const account = '111122223333';
const root: JsonObject = { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account };
const user: JsonObject = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${account}:user/jane`,
  userName: 'jane',
};
const program: JsonObject = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:orders',
  arn: `arn:aws:sts::${account}:assumed-role/orders/orders`,
  sessionContext: { sessionIssuer: { type: 'Role', userName: 'orders' } },
};
const person: JsonObject = {
  ...program,
  sessionContext: { sessionIssuer: { type: 'Role', userName: 'AWSReservedSSO_PowerUser_0123456789abcdef' } },
};
const byService: JsonObject = { type: 'AWSService', invokedBy: 'backup.amazonaws.com' };

const each = (service: string, ...names: string[]) => names.map((name) => callRecord(service, name));
const publicAccess = (restrict: boolean): JsonObject => ({
  bucketName: 'pictures',
  PublicAccessBlockConfiguration: {
    xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: restrict,
  },
});

/** By the name of the alarm. Shapes are those of the CloudTrail user guide and of the guides of the services. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'root-used': {
    picks: [callRecord('iam', 'CreateAccessKey', { userIdentity: root }), signInRecord('Root', 'Success')],
    passesOver: [
      callRecord('iam', 'CreateAccessKey'),
      callRecord('kms', 'Decrypt', { userIdentity: { ...root, invokedBy: 'AWS Internal' } }),
      callRecord('sts', 'AssumeRole', { userIdentity: root, eventType: 'AwsServiceEvent' }),
    ],
  },
  'access-denied': {
    picks: [
      callRecord('ec2', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      callRecord('s3', 'GetObject', { errorCode: 'AccessDenied' }),
      callRecord('kms', 'Decrypt', { errorCode: 'AccessDeniedException' }),
    ],
    passesOver: [callRecord('s3', 'GetObject', { errorCode: 'NoSuchKey' }), callRecord('s3', 'GetObject')],
  },
  'console-sign-in-without-mfa': {
    picks: [signInRecord('IAMUser', 'Success', { additionalEventData: { MFAUsed: 'No' } })],
    passesOver: [
      signInRecord('IAMUser', 'Success', { additionalEventData: { MFAUsed: 'Yes' } }),
      signInRecord('IAMUser', 'Failure', { additionalEventData: { MFAUsed: 'No' } }),
      signInRecord('AssumedRole', 'Success', { additionalEventData: { MFAUsed: 'No' } }),
    ],
  },
  'permissions-changed': {
    picks: each('iam', 'PutRolePolicy', 'AttachRolePolicy', 'DetachGroupPolicy', 'CreatePolicyVersion'),
    passesOver: [...each('iam', 'CreateRole', 'GetRolePolicy'), callRecord('organizations', 'CreatePolicy')],
  },
  'trail-changed': {
    picks: each('cloudtrail', 'StopLogging', 'DeleteTrail', 'UpdateTrail', 'CreateTrail', 'StartLogging'),
    passesOver: each('cloudtrail', 'DescribeTrails', 'LookupEvents'),
  },
  'console-sign-in-failed': {
    picks: [signInRecord('IAMUser', 'Failure', { errorMessage: 'Failed authentication' })],
    passesOver: [
      signInRecord('IAMUser', 'Success'),
      callRecord('signin', 'SwitchRole', { errorMessage: 'Failed authentication' }),
    ],
  },
  'key-disabled': {
    picks: each('kms', 'DisableKey', 'ScheduleKeyDeletion'),
    passesOver: [...each('kms', 'EnableKey', 'CancelKeyDeletion'), callRecord('example', 'DisableKey')],
  },
  'bucket-policy-changed': {
    picks: each('s3', 'PutBucketPolicy', 'PutBucketReplication', 'DeleteBucketLifecycle'),
    passesOver: [...each('s3', 'GetBucketPolicy', 'PutObject'), callRecord('s3tables', 'PutBucketPolicy')],
  },
  'configuration-recorder-changed': {
    picks: each('config', 'StopConfigurationRecorder', 'PutDeliveryChannel'),
    passesOver: each('config', 'StartConfigurationRecorder', 'DescribeDeliveryChannels'),
  },
  'security-group-changed': {
    picks: each('ec2', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'DeleteSecurityGroup'),
    passesOver: each('ec2', 'DescribeSecurityGroups', 'ModifyInstanceAttribute'),
  },
  'network-acl-changed': {
    picks: each('ec2', 'CreateNetworkAclEntry', 'ReplaceNetworkAclAssociation'),
    passesOver: each('ec2', 'DescribeNetworkAcls'),
  },
  'gateway-changed': {
    picks: each('ec2', 'AttachInternetGateway', 'CreateCustomerGateway'),
    passesOver: each('ec2', 'CreateNatGateway', 'DescribeInternetGateways'),
  },
  'route-changed': {
    picks: each('ec2', 'CreateRoute', 'ReplaceRoute', 'DisassociateRouteTable'),
    passesOver: [callRecord('apigateway', 'CreateRoute'), callRecord('ec2', 'DescribeRouteTables')],
  },
  'vpc-changed': {
    picks: each('ec2', 'CreateVpc', 'AcceptVpcPeeringConnection'),
    passesOver: each('ec2', 'CreateSubnet', 'DescribeVpcs'),
  },
  'organization-changed': {
    picks: each('organizations', 'LeaveOrganization', 'DetachPolicy', 'MoveAccount'),
    passesOver: [callRecord('iam', 'CreatePolicy'), callRecord('organizations', 'ListAccounts')],
  },
  'identity-center-sign-in-failed': {
    picks: [
      callRecord('signin', 'CredentialVerification', {
        eventType: 'AwsServiceEvent',
        serviceEventDetails: { CredentialVerification: 'Failure' },
      }),
    ],
    passesOver: [
      callRecord('signin', 'CredentialVerification', { serviceEventDetails: { CredentialVerification: 'Success' } }),
      callRecord('signin', 'CredentialChallenge', { serviceEventDetails: { CredentialChallenge: 'Success' } }),
    ],
  },
  'credentials-changed': {
    picks: each('iam', 'CreateAccessKey', 'DeactivateMFADevice', 'UpdateAssumeRolePolicy'),
    passesOver: each('iam', 'DeleteAccessKey', 'ListAccessKeys', 'EnableMFADevice'),
  },
  'secret-read-by-person': {
    picks: [
      callRecord('secretsmanager', 'GetSecretValue', { userIdentity: user }),
      callRecord('secretsmanager', 'BatchGetSecretValue', { userIdentity: person }),
      callRecord('secretsmanager', 'GetSecretValue', { userIdentity: program, sessionCredentialFromConsole: 'true' }),
      callRecord('ssm', 'GetParametersByPath', { userIdentity: root, requestParameters: { path: '/db', withDecryption: true } }),
    ],
    passesOver: [
      callRecord('secretsmanager', 'GetSecretValue', { userIdentity: program }),
      callRecord('secretsmanager', 'DescribeSecret', { userIdentity: user }),
      callRecord('ssm', 'GetParameter', { userIdentity: user, requestParameters: { name: '/db', withDecryption: false } }),
    ],
  },
  'secret-denied': {
    picks: [
      callRecord('secretsmanager', 'GetSecretValue', { errorCode: 'AccessDenied' }),
      callRecord('ssm', 'GetParameter', { errorCode: 'AccessDeniedException' }),
    ],
    passesOver: [
      callRecord('secretsmanager', 'GetSecretValue'),
      callRecord('secretsmanager', 'GetSecretValue', { errorCode: 'ResourceNotFoundException' }),
      callRecord('s3', 'GetObject', { errorCode: 'AccessDenied' }),
    ],
  },
  'database-deleted': {
    picks: [...each('rds', 'DeleteDBInstance', 'DeleteDBCluster'), callRecord('dynamodb', 'DeleteTable')],
    passesOver: [callRecord('rds', 'DeleteDBParameterGroup'), callRecord('dynamodb', 'DeleteItem')],
  },
  'storage-deleted': {
    picks: [
      callRecord('s3', 'DeleteBucket'),
      callRecord('elasticfilesystem', 'DeleteFileSystem'),
      callRecord('cloudformation', 'DeleteStack'),
    ],
    passesOver: [callRecord('s3', 'DeleteObject'), callRecord('cloudformation', 'DeleteChangeSet')],
  },
  'backup-deleted': {
    picks: [
      callRecord('backup', 'DeleteRecoveryPoint'),
      callRecord('backup', 'DeleteBackupVaultLockConfiguration'),
      callRecord('rds', 'DeleteDBSnapshot', { userIdentity: user }),
      callRecord('ec2', 'DeregisterImage'),
    ],
    passesOver: [callRecord('ec2', 'DeleteSnapshot', { userIdentity: byService }), callRecord('ec2', 'CreateSnapshot')],
  },
  'objects-deleted-in-bulk': {
    picks: [...each('s3', 'DeleteObject', 'DeleteObjects'), callRecord('dynamodb', 'DeleteItem')],
    passesOver: [...each('s3', 'PutObject', 'DeleteObjectTagging'), callRecord('dynamodb', 'PutItem')],
  },
  'secret-deleted': {
    picks: [...each('secretsmanager', 'DeleteSecret', 'CancelRotateSecret'), callRecord('ssm', 'DeleteParameter')],
    passesOver: [callRecord('secretsmanager', 'RestoreSecret'), callRecord('ssm', 'DeleteDocument')],
  },
  'snapshot-shared': {
    picks: [
      callRecord('ec2', 'ModifySnapshotAttribute', {
        requestParameters: {
          snapshotId: 'snap-1',
          createVolumePermission: { add: { items: [{ userId: '999988887777' }] } },
          attributeType: 'CREATE_VOLUME_PERMISSION',
        },
      }),
      callRecord('ec2', 'ModifySnapshotAttribute', {
        requestParameters: { snapshotId: 'snap-1', createVolumePermission: { add: { items: [{ group: 'all' }] } } },
      }),
      callRecord('ec2', 'ModifyImageAttribute', {
        requestParameters: { imageId: 'ami-1', launchPermission: { add: { items: [{ userId: '999988887777' }] } } },
      }),
      callRecord('rds', 'ModifyDBSnapshotAttribute', {
        requestParameters: { dBSnapshotIdentifier: 'orders', attributeName: 'restore', valuesToAdd: ['all'] },
      }),
      callRecord('rds', 'ModifyDBClusterSnapshotAttribute', {
        requestParameters: { dBClusterSnapshotIdentifier: 'orders', attributeName: 'restore', valuesToAdd: ['999988887777'] },
      }),
    ],
    passesOver: [
      callRecord('ec2', 'ModifySnapshotAttribute', {
        requestParameters: { snapshotId: 'snap-1', createVolumePermission: { remove: { items: [{ userId: '999988887777' }] } } },
      }),
      callRecord('ec2', 'ModifyImageAttribute', { requestParameters: { imageId: 'ami-1', description: { value: 'nightly' } } }),
      callRecord('rds', 'ModifyDBSnapshotAttribute', {
        requestParameters: { dBSnapshotIdentifier: 'orders', attributeName: 'restore', valuesToRemove: ['all'] },
      }),
    ],
  },
  'data-exported': {
    picks: [
      callRecord('rds', 'StartExportTask'),
      callRecord('dynamodb', 'ExportTableToPointInTime'),
      callRecord('ec2', 'CreateStoreImageTask'),
    ],
    passesOver: [callRecord('rds', 'DescribeExportTasks'), callRecord('logs', 'CreateExportTask')],
  },
  'resource-shared': {
    picks: [
      callRecord('ram', 'CreateResourceShare'),
      callRecord('kms', 'PutKeyPolicy'),
      callRecord('ecr', 'SetRepositoryPolicy'),
    ],
    passesOver: [callRecord('ram', 'GetResourceShares'), callRecord('kms', 'GetKeyPolicy')],
  },
  'public-access-allowed': {
    picks: [
      callRecord('s3', 'DeleteBucketPublicAccessBlock'),
      callRecord('s3', 'PutBucketPublicAccessBlock', { requestParameters: publicAccess(false) }),
      callRecord('ec2', 'DisableSnapshotBlockPublicAccess'),
    ],
    passesOver: [
      callRecord('s3', 'PutBucketPublicAccessBlock', { requestParameters: publicAccess(true) }),
      callRecord('ec2', 'EnableSnapshotBlockPublicAccess'),
    ],
  },
  'logging-disabled': {
    picks: [
      callRecord('cloudtrail', 'PutEventSelectors'),
      callRecord('ec2', 'DeleteFlowLogs'),
      callRecord('s3', 'PutBucketLogging', {
        requestParameters: { bucketName: 'orders', BucketLoggingStatus: { xmlns: 'http://s3' } },
      }),
    ],
    passesOver: [
      callRecord('ec2', 'CreateFlowLogs'),
      callRecord('s3', 'PutBucketLogging', {
        requestParameters: { BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'access-logs' } } },
      }),
    ],
  },
  'detection-disabled': {
    picks: [callRecord('guardduty', 'DeleteDetector'), callRecord('securityhub', 'DisableSecurityHub')],
    passesOver: [callRecord('guardduty', 'GetDetector'), callRecord('securityhub', 'EnableSecurityHub')],
  },
  'alerting-changed': {
    picks: [
      callRecord('monitoring', 'DisableAlarmActions'),
      callRecord('sns', 'Unsubscribe'),
      callRecord('events', 'DisableRule'),
    ],
    passesOver: [callRecord('monitoring', 'DescribeAlarms'), callRecord('sns', 'Subscribe'), callRecord('events', 'EnableRule')],
  },
};
