import { ANYBODY, type Call, type Caller, MEMBER, ORGANIZATION, ROOT, role, service, user } from './simulator';

/** What a guardrail denies, and what goes through beside it. */
interface Proof {
  readonly denied: readonly Call[];
  readonly allowed: readonly Call[];
}

const BREAK_GLASS = role('BreakGlass');
const SSO_BREAK_GLASS = role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_BreakGlass_0123456789abcdef');
const CONTROL_TOWER = role('AWSControlTowerExecution');
const STACK_SET = role('stacksets-exec-0123456789abcdef');
const BACKUP = role('service-role/AWSBackupDefaultServiceRole');
const ADMINISTRATOR = role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_0123456789abcdef');
const NEIGHBOUR = role('Application', '777788889999');
const OUTSIDER = role('Intruder', '999900001111', 'o-somebodyelse');
const VENDOR = role('Monitoring', '123456789012', 'o-vendorvendor');

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${MEMBER}:${rest}`;
const trail = arn('cloudtrail', 'trail/Audit');
const detector = arn('guardduty', 'detector/0123456789abcdef');
const hub = arn('securityhub', 'hub/default');
const vault = arn('backup', 'backup-vault:Main');
const recoveryPoint = arn('backup', 'recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45');
const key = arn('kms', 'key/0123abcd-0123-0123-0123-0123456789ab');
const secret = arn('secretsmanager', 'secret:Database-a1b2c3');
const queue = arn('sqs', 'Orders');
const table = arn('dynamodb', 'table/Orders');
const object = 'arn:aws:s3:::uploads/cat.png';
const appRole = `arn:aws:iam::${MEMBER}:role/Application`;
const volume = arn('ec2', 'volume/vol-0123456789abcdef0');
const func = arn('lambda', 'function:Orders');

/** The same call by each of these. */
const by = (callers: readonly Call['by'][], call: Call): Call[] => callers.map((caller) => ({ ...call, by: caller }));
const BREAK_GLASS_USER: Caller = user('emergency/one');
const SPARED = [BREAK_GLASS, BREAK_GLASS_USER, SSO_BREAK_GLASS, CONTROL_TOWER, STACK_SET];

const plain = { 'aws:SecureTransport': 'false' };

/** The proofs, by the names of the guardrails. */
export const PROOFS: Readonly<Record<string, Proof>> = {
  'leave-organization': {
    denied: [
      { action: 'organizations:LeaveOrganization' },
      { action: 'organizations:LeaveOrganization', by: ADMINISTRATOR },
      { action: 'organizations:LeaveOrganization', by: BREAK_GLASS },
      { action: 'account:CloseAccount', by: ADMINISTRATOR },
    ],
    allowed: [
      { action: 'organizations:DescribeOrganization' },
      { action: 'account:ListRegions' },
      { action: 'account:GetAccountInformation', on: `arn:aws:account::${MEMBER}:account` },
    ],
  },
  'use-root-user': {
    denied: [
      { action: 's3:ListAllMyBuckets', by: ROOT },
      { action: 'iam:ListUsers', by: ROOT },
      { action: 'ec2:DescribeInstances', by: ROOT },
    ],
    allowed: [
      { action: 's3:ListAllMyBuckets' },
      { action: 'iam:ListUsers', by: ADMINISTRATOR },
      // What the management account does in the name of the root user, such as to unlock a bucket.
      { action: 's3:DeleteBucketPolicy', on: 'arn:aws:s3:::uploads', by: ROOT, context: { 'aws:AssumedRoot': 'true' } },
    ],
  },
  'stop-trails': {
    denied: [
      { action: 'cloudtrail:StopLogging', on: trail },
      { action: 'cloudtrail:DeleteTrail', on: trail, by: ADMINISTRATOR },
      { action: 'cloudtrail:UpdateTrail', on: trail },
      { action: 'cloudtrail:PutEventSelectors', on: trail },
    ],
    allowed: [
      ...by(SPARED, { action: 'cloudtrail:StopLogging', on: trail }),
      { action: 'cloudtrail:LookupEvents' },
      { action: 'cloudtrail:StartLogging', on: trail },
      { action: 'cloudtrail:GetTrailStatus', on: trail },
    ],
  },
  'stop-configuration-recorder': {
    denied: [
      { action: 'config:StopConfigurationRecorder', on: arn('config', 'configuration-recorder/default/abcd1234') },
      { action: 'config:DeleteConfigurationRecorder', on: arn('config', 'configuration-recorder/default/abcd1234') },
      { action: 'config:DeleteDeliveryChannel', by: ADMINISTRATOR },
      { action: 'config:PutConfigurationRecorder', on: arn('config', 'configuration-recorder/default/abcd1234') },
      { action: 'config:PutDeliveryChannel', by: ADMINISTRATOR },
      { action: 'config:DisassociateResourceTypes', on: arn('config', 'configuration-recorder/default/abcd1234') },
    ],
    allowed: [
      ...by(SPARED, { action: 'config:DeleteDeliveryChannel' }),
      ...by(SPARED, { action: 'config:PutConfigurationRecorder', on: arn('config', 'configuration-recorder/default/abcd1234') }),
      { action: 'config:DescribeConfigurationRecorders' },
      { action: 'config:PutConformancePack', on: arn('config', 'conformance-pack/Soc2/abcd') },
      { action: 'config:DescribeDeliveryChannels' },
    ],
  },
  'stop-threat-detection': {
    denied: [
      { action: 'guardduty:DeleteDetector', on: detector },
      { action: 'guardduty:DisassociateFromAdministratorAccount', by: ADMINISTRATOR },
      { action: 'guardduty:StopMonitoringMembers' },
    ],
    allowed: [
      ...by(SPARED, { action: 'guardduty:DeleteDetector', on: detector }),
      { action: 'guardduty:GetFindings' },
      { action: 'guardduty:ArchiveFindings' },
      { action: 'guardduty:ListFindings' },
    ],
  },
  'stop-security-hub': {
    denied: [
      { action: 'securityhub:DisableSecurityHub', on: hub },
      { action: 'securityhub:BatchDisableStandards', on: hub, by: ADMINISTRATOR },
      { action: 'securityhub:DisassociateFromAdministratorAccount', on: hub },
    ],
    allowed: [
      ...by(SPARED, { action: 'securityhub:DisableSecurityHub', on: hub }),
      { action: 'securityhub:GetFindings', on: hub },
      { action: 'securityhub:DescribeHub', on: hub },
      { action: 'securityhub:BatchUpdateFindings', on: hub },
    ],
  },
  'stop-scans': {
    denied: [
      { action: 'inspector2:Disable' },
      { action: 'macie2:DisableMacie', by: ADMINISTRATOR },
      { action: 'access-analyzer:DeleteAnalyzer', on: arn('access-analyzer', 'analyzer/External') },
    ],
    allowed: [
      ...by(SPARED, { action: 'macie2:DisableMacie' }),
      { action: 'inspector2:ListFindings' },
      { action: 'inspector2:Enable' },
      { action: 'macie2:ListFindings' },
    ],
  },
  'delete-backups': {
    denied: [
      { action: 'backup:DeleteRecoveryPoint', on: recoveryPoint },
      { action: 'backup:DeleteBackupVault', on: vault, by: ADMINISTRATOR },
      { action: 'backup:UpdateRecoveryPointLifecycle', on: recoveryPoint },
      { action: 'backup:PutBackupVaultAccessPolicy', on: vault },
    ],
    allowed: [
      ...by(SPARED, { action: 'backup:DeleteRecoveryPoint', on: recoveryPoint }),
      { action: 'backup:StartBackupJob', on: vault },
      // A restore must go through, and so must its test.
      { action: 'backup:StartRestoreJob', on: recoveryPoint },
      { action: 'backup:PutRestoreValidationResult' },
    ],
  },
  'change-exempt-roles': {
    denied: [
      { action: 'iam:CreateRole', on: `arn:aws:iam::${MEMBER}:role/BreakGlass`, by: ADMINISTRATOR },
      { action: 'iam:UpdateAssumeRolePolicy', on: `arn:aws:iam::${MEMBER}:role/stacksets-exec-0123456789abcdef` },
      { action: 'iam:AttachRolePolicy', on: `arn:aws:iam::${MEMBER}:role/service-role/AWSBackupDefaultServiceRole` },
      { action: 'iam:PutRolePolicy', on: `arn:aws:iam::${MEMBER}:role/AWSControlTowerExecution` },
      { action: 'iam:CreateAccessKey', on: `arn:aws:iam::${MEMBER}:user/emergency/one`, by: ADMINISTRATOR },
      { action: 'iam:DeactivateMFADevice', on: `arn:aws:iam::${MEMBER}:user/emergency/one`, by: ADMINISTRATOR },
      { action: 'iam:UpdateUser', on: `arn:aws:iam::${MEMBER}:user/emergency/two`, by: ADMINISTRATOR },
    ],
    allowed: [
      { action: 'iam:CreateRole', on: appRole },
      { action: 'iam:PutRolePolicy', on: appRole },
      { action: 'iam:CreateAccessKey', on: `arn:aws:iam::${MEMBER}:user/alice` },
      { action: 'iam:UpdateUser', on: `arn:aws:iam::${MEMBER}:user/alice` },
      { action: 'iam:GetRole', on: `arn:aws:iam::${MEMBER}:role/BreakGlass` },
      ...by(SPARED, { action: 'iam:UpdateAssumeRolePolicy', on: `arn:aws:iam::${MEMBER}:role/BreakGlass` }),
    ],
  },
  'leave-regions': {
    denied: [
      { action: 'ec2:DescribeInstances', context: { 'aws:RequestedRegion': 'ap-southeast-2' } },
      {
        action: 'sqs:CreateQueue',
        on: `arn:aws:sqs:us-west-2:${MEMBER}:Orders`,
        context: { 'aws:RequestedRegion': 'us-west-2' },
      },
      { action: 'kms:CreateKey', by: ADMINISTRATOR, context: { 'aws:RequestedRegion': 'sa-east-1' } },
    ],
    allowed: [
      { action: 'ec2:DescribeInstances' },
      // Backups are copied there.
      { action: 'kms:CreateKey', context: { 'aws:RequestedRegion': 'eu-central-1' } },
      { action: 'iam:ListRoles', context: { 'aws:RequestedRegion': 'us-east-1' } },
      { action: 'cloudfront:ListDistributions', context: { 'aws:RequestedRegion': 'us-east-1' } },
      { action: 'sts:GetCallerIdentity', context: { 'aws:RequestedRegion': 'us-west-2' } },
      ...by(SPARED, { action: 'ec2:DescribeInstances', context: { 'aws:RequestedRegion': 'ap-southeast-2' } }),
    ],
  },
  'create-users': {
    denied: [
      { action: 'iam:CreateUser', on: `arn:aws:iam::${MEMBER}:user/alice` },
      { action: 'iam:CreateUser', on: `arn:aws:iam::${MEMBER}:user/alice`, by: ADMINISTRATOR },
      { action: 'iam:CreateLoginProfile', on: `arn:aws:iam::${MEMBER}:user/alice`, by: ADMINISTRATOR },
    ],
    allowed: [
      { action: 'iam:DeleteUser', on: `arn:aws:iam::${MEMBER}:user/alice` },
      // Users that are there already can change their keys.
      { action: 'iam:CreateAccessKey', on: `arn:aws:iam::${MEMBER}:user/alice` },
      { action: 'iam:CreateRole', on: appRole },
      ...by(SPARED, { action: 'iam:CreateUser', on: `arn:aws:iam::${MEMBER}:user/alice` }),
    ],
  },
  'turn-off-volume-encryption': {
    denied: [
      { action: 'ec2:DisableEbsEncryptionByDefault' },
      { action: 'ec2:DisableEbsEncryptionByDefault', by: ADMINISTRATOR },
      { action: 'ec2:DisableEbsEncryptionByDefault', by: BACKUP },
    ],
    allowed: [
      { action: 'ec2:EnableEbsEncryptionByDefault' },
      { action: 'ec2:GetEbsEncryptionByDefault' },
      ...by(SPARED, { action: 'ec2:DisableEbsEncryptionByDefault' }),
    ],
  },
  'create-unencrypted-volumes': {
    denied: [
      { action: 'ec2:CreateVolume', on: volume, context: { 'ec2:Encrypted': 'false' } },
      { action: 'ec2:RunInstances', on: volume, context: { 'ec2:Encrypted': 'false' } },
      { action: 'ec2:CreateVolume', on: volume, by: ADMINISTRATOR, context: { 'ec2:Encrypted': 'false' } },
    ],
    allowed: [
      { action: 'ec2:CreateVolume', on: volume, context: { 'ec2:Encrypted': 'true' } },
      { action: 'ec2:RunInstances', on: volume, context: { 'ec2:Encrypted': 'true' } },
      { action: 'ec2:CreateVolume', on: volume, by: BACKUP, context: { 'ec2:Encrypted': 'false' } },
      ...by(SPARED, { action: 'ec2:CreateVolume', on: volume, context: { 'ec2:Encrypted': 'false' } }),
    ],
  },
  'create-unencrypted-file-systems': {
    denied: [
      { action: 'elasticfilesystem:CreateFileSystem', context: { 'elasticfilesystem:Encrypted': 'false' } },
      { action: 'elasticfilesystem:CreateFileSystem', by: ADMINISTRATOR, context: { 'elasticfilesystem:Encrypted': 'false' } },
      { action: 'elasticfilesystem:CreateFileSystem', by: role('Pipeline'), context: { 'elasticfilesystem:Encrypted': 'false' } },
    ],
    allowed: [
      { action: 'elasticfilesystem:CreateFileSystem', context: { 'elasticfilesystem:Encrypted': 'true' } },
      { action: 'elasticfilesystem:CreateFileSystem', by: BACKUP, context: { 'elasticfilesystem:Encrypted': 'false' } },
      ...by(SPARED, { action: 'elasticfilesystem:CreateFileSystem', context: { 'elasticfilesystem:Encrypted': 'false' } }),
    ],
  },
  'share-outside-organization': {
    denied: [
      { action: 'ram:CreateResourceShare', context: { 'ram:RequestedAllowsExternalPrincipals': 'true' } },
      { action: 'ram:CreateResourceShare', by: ADMINISTRATOR, context: { 'ram:RequestedAllowsExternalPrincipals': 'true' } },
      {
        action: 'ram:UpdateResourceShare',
        on: arn('ram', 'resource-share/0123abcd-0123-0123-0123-0123456789ab'),
        context: { 'ram:RequestedAllowsExternalPrincipals': 'true' },
      },
    ],
    allowed: [
      { action: 'ram:CreateResourceShare', context: { 'ram:RequestedAllowsExternalPrincipals': 'false' } },
      { action: 'ram:GetResourceShares' },
      ...by(SPARED, { action: 'ram:CreateResourceShare', context: { 'ram:RequestedAllowsExternalPrincipals': 'true' } }),
    ],
  },
  'open-function-urls': {
    denied: [
      { action: 'lambda:CreateFunctionUrlConfig', on: func, context: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      { action: 'lambda:UpdateFunctionUrlConfig', on: func, context: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      {
        action: 'lambda:CreateFunctionUrlConfig',
        on: func,
        by: ADMINISTRATOR,
        context: { 'lambda:FunctionUrlAuthType': 'NONE' },
      },
    ],
    allowed: [
      { action: 'lambda:CreateFunctionUrlConfig', on: func, context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      { action: 'lambda:UpdateFunctionUrlConfig', on: func, context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      ...by(SPARED, { action: 'lambda:CreateFunctionUrlConfig', on: func, context: { 'lambda:FunctionUrlAuthType': 'NONE' } }),
    ],
  },
  'plain-text': {
    denied: [
      { action: 's3:GetObject', on: object, context: plain },
      { action: 'sqs:SendMessage', on: queue, context: plain },
      { action: 'secretsmanager:GetSecretValue', on: secret, context: plain },
      { action: 'sts:AssumeRole', on: appRole, by: BREAK_GLASS, context: plain },
    ],
    allowed: [
      { action: 's3:GetObject', on: object },
      { action: 'sqs:SendMessage', on: queue },
      {
        action: 'kms:Decrypt',
        on: key,
        by: service('backup.amazonaws.com', { 'aws:SourceAccount': MEMBER, 'aws:SourceOrgID': ORGANIZATION }),
      },
    ],
  },
  'old-tls': {
    denied: [
      { action: 's3:GetObject', on: object, context: { 's3:TlsVersion': '1.0' } },
      { action: 's3:PutObject', on: object, context: { 's3:TlsVersion': '1.1' } },
      { action: 's3:GetObject', on: object, by: BREAK_GLASS, context: { 's3:TlsVersion': '1.1' } },
    ],
    allowed: [
      { action: 's3:GetObject', on: object, context: { 's3:TlsVersion': '1.2' } },
      { action: 's3:PutObject', on: object, context: { 's3:TlsVersion': '1.3' } },
      { action: 'sqs:SendMessage', on: queue },
    ],
  },
  'outside-identities': {
    denied: [
      { action: 's3:GetObject', on: object, by: OUTSIDER },
      { action: 's3:GetObject', on: object, by: ANYBODY },
      { action: 'kms:Decrypt', on: key, by: OUTSIDER },
      { action: 'dynamodb:GetItem', on: table, by: OUTSIDER },
      { action: 'sts:AssumeRole', on: appRole, by: OUTSIDER },
    ],
    allowed: [
      { action: 's3:GetObject', on: object, by: NEIGHBOUR },
      { action: 'sts:AssumeRole', on: appRole, by: NEIGHBOUR },
      { action: 'sts:AssumeRole', on: appRole, by: VENDOR },
      // Services that act on their own, such as CloudFront and CloudTrail.
      {
        action: 's3:GetObject',
        on: object,
        by: service('cloudfront.amazonaws.com', { 'aws:SourceAccount': MEMBER, 'aws:SourceOrgID': ORGANIZATION }),
      },
      { action: 's3:PutObject', on: object, by: service('cloudtrail.amazonaws.com') },
      { action: 's3:GetObject', on: object, by: BACKUP },
    ],
  },
  'services-for-outsiders': {
    denied: [
      {
        action: 's3:PutObject',
        on: object,
        by: service('cloudtrail.amazonaws.com', { 'aws:SourceAccount': '999900001111', 'aws:SourceOrgID': 'o-somebodyelse' }),
      },
      { action: 'sqs:SendMessage', on: queue, by: service('sns.amazonaws.com', { 'aws:SourceAccount': '999900001111' }) },
      {
        action: 'kms:Decrypt',
        on: key,
        by: service('logs.amazonaws.com', { 'aws:SourceAccount': '999900001111', 'aws:SourceOrgID': 'o-somebodyelse' }),
      },
    ],
    allowed: [
      {
        action: 's3:PutObject',
        on: object,
        by: service('cloudtrail.amazonaws.com', { 'aws:SourceAccount': '777788889999', 'aws:SourceOrgID': ORGANIZATION }),
      },
      {
        action: 'sqs:SendMessage',
        on: queue,
        by: service('sns.amazonaws.com', { 'aws:SourceAccount': MEMBER, 'aws:SourceOrgID': ORGANIZATION }),
      },
      // It does not say for whom.
      { action: 's3:PutObject', on: object, by: service('delivery.logs.amazonaws.com') },
      {
        action: 'sts:AssumeRole',
        on: appRole,
        by: service('backup.amazonaws.com', { 'aws:SourceAccount': MEMBER, 'aws:SourceOrgID': ORGANIZATION }),
      },
    ],
  },
};
