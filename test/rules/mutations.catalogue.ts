import type { Json, JsonObject } from '../../src/model/json';

/** What a change does to security: takes a protection away, turns it over, makes it weaker, or lets more in. */
export type Kind = 'remove' | 'flip' | 'weaken' | 'wildcard' | 'widen' | 'add';

/** A change that makes a resource less secure, wherever its path leads to something. */
export interface Change {
  readonly kind: Kind;
  /** Path below `Properties`, as `placesAt` reads it; nothing for the resource as a whole; `…/+` is a new member of a list. */
  readonly path: string;
  /** Values to put there, each tried by itself. */
  readonly to?: readonly Json[];
  /** Paths of which none may lead to anything: with them, the change harms nothing. */
  readonly unless?: readonly string[];
  /** Paths that all must lead to something: without them, the change harms nothing. */
  readonly when?: readonly string[];
  /** Whether it harms nothing where the environment is declared not to be production. */
  readonly inProduction?: boolean;
}

type Circumstances = Pick<Change, 'unless' | 'when'>;

/** What is there is taken away. */
const remove = (...paths: string[]): Change[] => paths.map((path) => ({ kind: 'remove', path }));
/** What is on is turned off. */
const off = (...paths: string[]): Change[] => paths.map((path) => ({ kind: 'flip', path, to: [false] }));
/** What is off is turned on. */
const on = (...paths: string[]): Change[] => paths.map((path) => ({ kind: 'flip', path, to: [true] }));
/** What is on is turned off, and taken away: the service leaves it off by default. */
const lose = (...paths: string[]): Change[] => [...off(...paths), ...remove(...paths)];
const weaken = (path: string, ...to: Json[]): Change[] => [{ kind: 'weaken', path, to }];
const wildcard = (path: string, ...to: Json[]): Change[] => [{ kind: 'wildcard', path, to }];
const widen = (path: string, ...to: Json[]): Change[] => [{ kind: 'widen', path, to }];
/** Set, whether or not it was. */
const add = (path: string, ...to: Json[]): Change[] => [{ kind: 'add', path, to }];
const given = (circumstances: Circumstances, ...changes: Change[]): Change[] =>
  changes.map((change) => ({
    ...change,
    unless: [...(change.unless ?? []), ...(circumstances.unless ?? [])],
    when: [...(change.when ?? []), ...(circumstances.when ?? [])],
  }));
/** What is for production: the rest may go away, and may be away for a while. */
const inProduction = (...changes: Change[]): Change[] => changes.map((change) => ({ ...change, inProduction: true }));
const whole = remove('');

const ROLE = 'arn:aws:iam::111122223333:role/app';
const EVERYONE: readonly Json[] = ['*', { AWS: '*' }, { AWS: ['*'] }];

/** A policy that says who may use a resource. */
function resourcePolicy(path: string, action: string): Change[] {
  const open: JsonObject = { Effect: 'Allow', Principal: '*', Action: action, Resource: '*' };
  const statement = `${path}/Statement/[Effect=Allow]`;
  const narrowed = ['[Principal=*]', '[Principal/AWS=*]'].map((everyone) => `${statement}${everyone}/Condition`);
  return [
    ...add(
      `${path}/Statement/+`,
      open,
      { ...open, Principal: { AWS: '*' } },
      { ...open, Principal: { AWS: [ROLE, '*'] } },
      { ...open, Principal: { AWS: 'arn:aws:iam::*:root' } },
      { ...open, Condition: { StringLike: { 'aws:PrincipalArn': '*' } } },
      { ...open, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
      { ...open, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1234567890' } } },
      { ...open, Condition: { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } } },
      { ...open, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      { Effect: 'Allow', NotPrincipal: { AWS: ROLE }, Action: action, Resource: '*' },
    ),
    ...wildcard(`${statement}[!Condition]/Principal`, ...EVERYONE),
    ...remove(...narrowed),
    ...narrowed.flatMap((condition) => widen(condition, { StringLike: { 'aws:PrincipalOrgID': '*' } })),
  ];
}

/** What a principal may do. */
function identityPolicy(path: string): Change[] {
  const all: JsonObject = { Effect: 'Allow', Action: '*', Resource: '*' };
  const statement = `${path}/Statement/[Effect=Allow]`;
  return [
    ...add(
      `${path}/Statement/+`,
      all,
      { ...all, Action: '*:*' },
      { ...all, Action: ['s3:GetObject', '*'], Resource: ['*'] },
      { ...all, Action: 'iam:*' },
      { ...all, Action: 's3:*' },
      { ...all, Action: 'cloudtrail:*' },
      { ...all, Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'] },
      { ...all, Action: ['iam:CreatePolicyVersion'] },
      { ...all, Action: ['iam:AttachRolePolicy', 'iam:PutUserPolicy'] },
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::orders' },
    ),
    ...wildcard(`${statement}[Action][Resource=*][!Condition]/Action`, '*', ['*'], 'kms:*', 'iam:*'),
    ...wildcard(statement, all),
  ];
}

/** A role or user that may do everything, by what is attached to it. */
const ADMINISTRATOR: readonly Json[] = [
  'arn:aws:iam::aws:policy/AdministratorAccess',
  { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
];
const INLINE_ADMINISTRATOR: JsonObject = {
  PolicyName: 'all',
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** Names under which a password in plain text gives itself away. */
const PASSWORD = 'correct-horse-Battery-5taple';

const tcp = (from: number, to: number, source: JsonObject): JsonObject => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  Description: 'opened',
  ...source,
});
const WORLD: JsonObject = { CidrIp: '0.0.0.0/0' };
const WORLD6: JsonObject = { CidrIpv6: '::/0' };
const OPENINGS: readonly Json[] = [
  tcp(22, 22, WORLD),
  tcp(3389, 3389, WORLD6),
  tcp(0, 65535, WORLD),
  tcp(20, 25, WORLD6),
  tcp(5432, 5432, WORLD),
  tcp(3306, 3306, WORLD6),
  tcp(8080, 8080, WORLD),
  tcp(22, 22, { CidrIp: '8.0.0.0/8' }),
  { IpProtocol: '-1', Description: 'opened', ...WORLD },
  { IpProtocol: '-1', Description: 'opened', ...WORLD6 },
];

/** The web may be open to everyone. */
const NOT_THE_WEB = '[FromPort!=443][FromPort!=80]';

const DATABASE_LOGS = ['EnableCloudwatchLogsExports'];

/** Days for which backups are kept too short a time. */
const TOO_FEW_DAYS = [0, 1, 3];

/** What makes a resource less secure, by type. */
export const CATALOGUE: Readonly<Record<string, readonly Change[]>> = {
  // Storage
  'AWS::S3::Bucket': [
    ...inProduction(...weaken('Tags/[Key=environment]/Value', 'dev')),
    ...weaken('Tags/[Key=data-classification]/Value', ''),

    ...remove(
      'PublicAccessBlockConfiguration',
      'PublicAccessBlockConfiguration/BlockPublicAcls',
      'PublicAccessBlockConfiguration/BlockPublicPolicy',
      'PublicAccessBlockConfiguration/IgnorePublicAcls',
      'PublicAccessBlockConfiguration/RestrictPublicBuckets',
    ),
    ...off(
      'PublicAccessBlockConfiguration/BlockPublicAcls',
      'PublicAccessBlockConfiguration/BlockPublicPolicy',
      'PublicAccessBlockConfiguration/IgnorePublicAcls',
      'PublicAccessBlockConfiguration/RestrictPublicBuckets',
    ),
    ...given(
      { when: ['BucketEncryption/ServerSideEncryptionConfiguration/[ServerSideEncryptionByDefault/SSEAlgorithm=aws:kms]'] },
      ...remove('BucketEncryption'),
      ...weaken('BucketEncryption/ServerSideEncryptionConfiguration/*/ServerSideEncryptionByDefault/SSEAlgorithm', 'AES256'),
    ),
    ...remove('VersioningConfiguration', 'LoggingConfiguration', 'LifecycleConfiguration'),
    ...weaken('VersioningConfiguration/Status', 'Suspended'),
    ...weaken('OwnershipControls/Rules/*/ObjectOwnership', 'ObjectWriter', 'BucketOwnerPreferred'),
    // S3 ignores what the block of public access forbids.
    ...given(
      { unless: ['[PublicAccessBlockConfiguration/IgnorePublicAcls=true]'] },
      ...add('AccessControl', 'PublicRead', 'PublicReadWrite', 'AuthenticatedRead'),
    ),
    ...remove('ReplicationConfiguration', 'NotificationConfiguration'),
    ...given({ unless: ['ObjectLockConfiguration'] }, ...lose('ObjectLockEnabled')),
    ...given({ unless: ['ObjectLockEnabled'] }, ...remove('ObjectLockConfiguration')),
    ...weaken('ReplicationConfiguration/Rules/*/Status', 'Disabled'),
    ...weaken('LifecycleConfiguration/Rules/*/Status', 'Disabled'),
  ],
  'AWS::S3::BucketPolicy': [
    ...given(
      { when: ['PolicyDocument/Statement/[Condition/Bool/aws:SecureTransport]'] },
      ...whole,
      ...remove('PolicyDocument/Statement/[Effect=Deny]'),
      ...weaken('PolicyDocument/Statement/[Effect=Deny]/Effect', 'Allow'),
      ...weaken('PolicyDocument/Statement/[Effect=Deny]/Principal', { AWS: ROLE }),
      ...weaken('PolicyDocument/Statement/[Effect=Deny]/Action', 's3:GetObject', ['s3:Put*']),
      ...weaken('PolicyDocument/Statement/[Effect=Deny]/Resource', 'arn:aws:s3:::shop/public/*'),
      ...weaken('PolicyDocument/Statement/[Effect=Deny]/Condition/Bool/aws:SecureTransport', 'true'),
      ...add('PolicyDocument/Statement/[Effect=Deny]/Condition/StringNotEquals', { 'aws:SourceVpc': 'vpc-1' }),
    ),
    ...resourcePolicy('PolicyDocument', 's3:GetObject'),
    ...resourcePolicy('PolicyDocument', 's3:PutObject'),
  ],
  'AWS::S3::AccessPoint': [...off('PublicAccessBlockConfiguration/{}')],
  'AWS::S3::MultiRegionAccessPoint': [...off('PublicAccessBlockConfiguration/{}')],

  // Databases
  'AWS::RDS::DBInstance': [
    ...given(
      { unless: ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'] },
      ...lose('StorageEncrypted'),
      ...remove('BackupRetentionPeriod'),
      ...weaken('BackupRetentionPeriod', ...TOO_FEW_DAYS),
    ),
    ...given(
      { unless: ['DBClusterIdentifier'] },
      ...lose('EnableIAMDatabaseAuthentication', 'CopyTagsToSnapshot'),
      ...inProduction(...lose('DeletionProtection')),
      ...given({ unless: ['SourceDBInstanceIdentifier'] }, ...inProduction(...lose('MultiAZ'))),
      ...remove(...DATABASE_LOGS),
      ...weaken('EnableCloudwatchLogsExports', []),
      ...remove('OptionGroupName'),
      // PostgreSQL forces TLS by default since version 15.
      ...given({ unless: ['EngineVersion'] }, ...remove('DBParameterGroupName')),
    ),
    ...add('PubliclyAccessible', true, 'true'),
    ...off('AutoMinorVersionUpgrade', 'EnablePerformanceInsights'),
    ...weaken('CACertificateIdentifier', 'rds-ca-2019'),
    ...weaken('MonitoringInterval', 0),
    ...remove('MonitoringInterval'),
    ...add('MasterUserPassword', PASSWORD),
    ...given({ when: ['[Engine=postgres]'] }, ...weaken('EngineVersion', '9.6.24', '11.1')),
    ...given({ when: ['[Engine=mysql]'] }, ...weaken('EngineVersion', '5.6.51', '5.7.44')),
  ],
  'AWS::RDS::DBCluster': [
    ...given({ unless: ['SourceDBClusterIdentifier', 'SnapshotIdentifier'] }, ...lose('StorageEncrypted')),
    ...lose('EnableIAMDatabaseAuthentication', 'CopyTagsToSnapshot'),
    ...inProduction(...lose('DeletionProtection')),
    ...remove('BackupRetentionPeriod', ...DATABASE_LOGS),
    ...given({ unless: ['EngineVersion'] }, ...remove('DBClusterParameterGroupName')),
    ...weaken('BackupRetentionPeriod', ...TOO_FEW_DAYS),
    ...weaken('EnableCloudwatchLogsExports', []),
    ...add('MasterUserPassword', PASSWORD),
    ...given({ when: ['[Engine=aurora-postgresql]'] }, ...weaken('EngineVersion', '10.21', '11.9')),
  ],
  'AWS::RDS::DBParameterGroup': [
    ...weaken('Parameters/rds.force_ssl', '0', 0),
    ...weaken('Parameters/require_secure_transport', 'OFF', '0'),
    ...remove('Parameters/require_secure_transport'),
    ...remove('Parameters/shared_preload_libraries', 'Parameters/pgaudit.log'),
    ...weaken('Parameters/shared_preload_libraries', 'pg_stat_statements'),
    ...weaken('Parameters/pgaudit.log', 'none'),
    ...weaken('Parameters/audit_trail', 'NONE'),
  ],
  'AWS::RDS::DBClusterParameterGroup': [
    ...weaken('Parameters/rds.force_ssl', '0'),
    ...weaken('Parameters/require_secure_transport', 'OFF'),
    ...remove('Parameters/shared_preload_libraries', 'Parameters/pgaudit.log', 'Parameters/server_audit_logging'),
    ...weaken('Parameters/server_audit_logging', '0'),
    ...weaken('Parameters/server_audit_events', ''),
  ],
  'AWS::RDS::OptionGroup': [...remove('OptionConfigurations', 'OptionConfigurations/*')],
  'AWS::RDS::DBProxy': [...lose('RequireTLS')],
  'AWS::RDS::EventSubscription': [...whole, ...off('Enabled'), ...add('Enabled', false)],
  'AWS::DocDB::DBCluster': [
    ...given({ unless: ['SourceDBClusterIdentifier', 'SnapshotIdentifier'] }, ...lose('StorageEncrypted')),
    ...inProduction(...lose('DeletionProtection')),
    ...remove('BackupRetentionPeriod', 'DBClusterParameterGroupName', ...DATABASE_LOGS),
    ...weaken('BackupRetentionPeriod', ...TOO_FEW_DAYS),
    ...weaken('EnableCloudwatchLogsExports', [], ['profiler']),
    ...add('MasterUserPassword', PASSWORD),
  ],
  'AWS::DocDB::DBInstance': [...inProduction(...whole)],
  'AWS::DocDB::DBClusterParameterGroup': [
    ...weaken('Parameters/tls', 'disabled'),
    ...weaken('Parameters/audit_logs', 'disabled', 'none'),
    ...remove('Parameters/audit_logs'),
  ],
  'AWS::Neptune::DBCluster': [
    ...given({ unless: ['SourceDBClusterIdentifier', 'SnapshotIdentifier'] }, ...lose('StorageEncrypted')),
    ...lose('IamAuthEnabled', 'CopyTagsToSnapshot'),
    ...inProduction(...lose('DeletionProtection')),
    ...remove('BackupRetentionPeriod', ...DATABASE_LOGS),
    ...weaken('BackupRetentionPeriod', ...TOO_FEW_DAYS),
    ...weaken('EnableCloudwatchLogsExports', []),
  ],
  'AWS::Neptune::DBClusterParameterGroup': [...weaken('Parameters/neptune_enable_audit_log', '0', 0)],
  'AWS::Neptune::DBInstance': [...inProduction(...whole), ...off('AutoMinorVersionUpgrade'), ...add('PubliclyAccessible', true)],
  'AWS::OpenSearchServerless::SecurityPolicy': [
    ...given(
      { when: ['[Type=network]'] },
      ...widen('Policy', '[{"Rules":[{"ResourceType":"collection","Resource":["collection/orders"]}],"AllowFromPublic":true}]'),
    ),
  ],
  'AWS::NeptuneGraph::Graph': [...add('PublicConnectivity', true)],
  'AWS::DynamoDB::Table': [
    ...remove('PointInTimeRecoverySpecification', 'SSESpecification'),
    ...lose('PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled', 'SSESpecification/SSEEnabled'),
    ...inProduction(...lose('DeletionProtectionEnabled')),
    ...resourcePolicy('ResourcePolicy/PolicyDocument', 'dynamodb:GetItem'),
  ],
  'AWS::DynamoDB::GlobalTable': [
    ...remove('Replicas/*/PointInTimeRecoverySpecification', 'SSESpecification'),
    ...lose('Replicas/*/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled', 'SSESpecification/SSEEnabled'),
    ...inProduction(...lose('Replicas/*/DeletionProtectionEnabled')),
    ...resourcePolicy('Replicas/*/ResourcePolicy/PolicyDocument', 'dynamodb:GetItem'),
  ],
  'AWS::Cassandra::Table': [
    ...remove('EncryptionSpecification'),
    ...weaken('EncryptionSpecification/EncryptionType', 'AWS_OWNED_KMS_KEY'),
    ...lose('PointInTimeRecoveryEnabled'),
  ],
  'AWS::DAX::Cluster': [
    ...remove('SSESpecification', 'ClusterEndpointEncryptionType'),
    ...off('SSESpecification/SSEEnabled'),
    ...weaken('ClusterEndpointEncryptionType', 'NONE'),
  ],
  'AWS::ElastiCache::ReplicationGroup': [
    ...lose('AtRestEncryptionEnabled', 'TransitEncryptionEnabled'),
    ...weaken('TransitEncryptionMode', 'preferred'),
    ...given({ unless: ['AuthToken'] }, ...remove('UserGroupIds')),
    ...given({ unless: ['UserGroupIds'] }, ...remove('AuthToken')),
    ...remove('SnapshotRetentionLimit'),
    ...weaken('SnapshotRetentionLimit', 0, 1),
    ...off('AutoMinorVersionUpgrade'),
  ],
  'AWS::ElastiCache::CacheCluster': [
    ...lose('TransitEncryptionEnabled'),
    ...given({ unless: ['[Engine=memcached]'] }, ...remove('SnapshotRetentionLimit'), ...weaken('SnapshotRetentionLimit', 0)),
  ],
  'AWS::ElastiCache::ServerlessCache': [...remove('UserGroupId')],
  'AWS::ElastiCache::User': [
    ...add('NoPasswordRequired', true),
    ...weaken('AuthenticationMode', { Type: 'no-password-required' }),
    ...weaken('AuthenticationMode/Type', 'no-password-required'),
  ],
  'AWS::MemoryDB::Cluster': [
    ...off('TLSEnabled', 'AutoMinorVersionUpgrade'),
    ...add('TLSEnabled', false),
    ...weaken('ACLName', 'open-access'),
    ...remove('KmsKeyId', 'SnapshotRetentionLimit', 'SnsTopicArn'),
    ...weaken('SnapshotRetentionLimit', 0, 1),
  ],
  'AWS::MemoryDB::User': [
    ...widen('AccessString', 'on ~* &* +@all'),
    ...weaken('AuthenticationMode', { Type: 'no-password-required' }),
  ],
  'AWS::Redshift::Cluster': [
    ...off('Encrypted', 'AllowVersionUpgrade'),
    ...lose('EnhancedVpcRouting'),
    ...add('Encrypted', false),
    ...add('PubliclyAccessible', true),
    ...remove('LoggingProperties', 'ClusterParameterGroupName'),
    ...weaken('AutomatedSnapshotRetentionPeriod', 0, 1),
    ...weaken('MasterUsername', 'awsuser'),
    ...add('MasterUserPassword', PASSWORD),
  ],
  'AWS::Redshift::ClusterParameterGroup': [
    ...weaken('Parameters/[ParameterName=require_ssl]/ParameterValue', 'false'),
    ...weaken('Parameters/[ParameterName=enable_user_activity_logging]/ParameterValue', 'false'),
    ...remove('Parameters/[ParameterName=enable_user_activity_logging]'),
  ],
  'AWS::RedshiftServerless::Namespace': [
    ...remove('KmsKeyId', 'LogExports'),
    ...weaken('LogExports', []),
    ...add('AdminUserPassword', PASSWORD),
  ],
  'AWS::RedshiftServerless::Workgroup': [
    ...add('PubliclyAccessible', true),
    ...lose('EnhancedVpcRouting'),
    ...weaken('ConfigParameters/[ParameterKey=require_ssl]/ParameterValue', 'false'),
    ...weaken('ConfigParameters/[ParameterKey=enable_user_activity_logging]/ParameterValue', 'false'),
  ],
  'AWS::OpenSearchService::Domain': [
    ...lose(
      'EncryptionAtRestOptions/Enabled',
      'NodeToNodeEncryptionOptions/Enabled',
      'AdvancedSecurityOptions/Enabled',
      'DomainEndpointOptions/EnforceHTTPS',
    ),
    ...remove(
      'EncryptionAtRestOptions',
      'NodeToNodeEncryptionOptions',
      'AdvancedSecurityOptions',
      'DomainEndpointOptions',
      'DomainEndpointOptions/TLSSecurityPolicy',
      'LogPublishingOptions',
      'LogPublishingOptions/{}',
      'VPCOptions',
    ),
    ...weaken('DomainEndpointOptions/TLSSecurityPolicy', 'Policy-Min-TLS-1-0-2019-07'),
    ...off('LogPublishingOptions/{}/Enabled', 'SoftwareUpdateOptions/AutoSoftwareUpdateEnabled'),
    ...inProduction(...weaken('ClusterConfig/InstanceCount', 1), ...lose('ClusterConfig/DedicatedMasterEnabled')),
    ...add('AdvancedSecurityOptions/MasterUserOptions/MasterUserPassword', PASSWORD),
    // Users of the domain itself still have to sign in.
    ...given({ unless: ['[AdvancedSecurityOptions/Enabled=true]'] }, ...resourcePolicy('AccessPolicies', 'es:*')),
  ],
  'AWS::Elasticsearch::Domain': [
    ...lose('EncryptionAtRestOptions/Enabled', 'NodeToNodeEncryptionOptions/Enabled', 'DomainEndpointOptions/EnforceHTTPS'),
    ...weaken('DomainEndpointOptions/TLSSecurityPolicy', 'Policy-Min-TLS-1-0-2019-07'),
    ...remove('VPCOptions', 'DomainEndpointOptions/TLSSecurityPolicy'),
    ...given({ unless: ['[AdvancedSecurityOptions/Enabled=true]'] }, ...resourcePolicy('AccessPolicies', 'es:*')),
  ],
  'AWS::EFS::FileSystem': [
    ...lose('Encrypted'),
    ...weaken('BackupPolicy/Status', 'DISABLED'),
    ...remove('BackupPolicy', 'FileSystemPolicy'),
    ...remove('FileSystemPolicy/Statement/[Effect=Deny]'),
    ...weaken('FileSystemPolicy/Statement/[Effect=Deny]/Condition/Bool/aws:SecureTransport', 'true'),
    ...add('FileSystemPolicy/Statement/+', { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount' }),
    ...wildcard('FileSystemPolicy/Statement/[Effect=Allow][!Condition]/Principal', ...EVERYONE),
  ],
  'AWS::EFS::AccessPoint': [
    ...remove('RootDirectory', 'PosixUser'),
    ...weaken('RootDirectory/Path', '/'),
    ...weaken('PosixUser/Uid', '0'),
  ],
  'AWS::FSx::FileSystem': [
    ...weaken('LustreConfiguration/AutomaticBackupRetentionDays', 0),
    ...weaken('WindowsConfiguration/AuditLogConfiguration/FileAccessAuditLogLevel', 'DISABLED'),
    ...remove('WindowsConfiguration/AuditLogConfiguration'),
    ...weaken('WindowsConfiguration/DeploymentType', 'SINGLE_AZ_2'),
    ...weaken('WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/Password', PASSWORD),
  ],
  'AWS::DMS::Endpoint': [
    ...weaken('SslMode', 'none'),
    ...remove('SslMode'),
    ...weaken('Password', PASSWORD),
    ...weaken('MongoDbSettings/AuthType', 'no'),
    ...weaken('RedisSettings/AuthType', 'none'),
    ...weaken('RedisSettings/SslSecurityProtocol', 'plaintext'),
    ...off('NeptuneSettings/IamAuthEnabled'),
    ...weaken('KafkaSettings/SecurityProtocol', 'plaintext', 'sasl-plaintext'),
  ],
  'AWS::DMS::ReplicationInstance': [
    ...add('PubliclyAccessible', true),
    ...remove('PubliclyAccessible'),
    ...off('AutoMinorVersionUpgrade'),
    ...inProduction(...lose('MultiAZ')),
  ],

  // Load balancers and the edge
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    ...inProduction(...weaken('Subnets', ['subnet-1']), ...weaken('SubnetMappings', [{ SubnetId: 'subnet-1' }])),

    ...inProduction(
      ...weaken('LoadBalancerAttributes/[Key=deletion_protection.enabled]/Value', 'false'),
      ...remove('LoadBalancerAttributes/[Key=deletion_protection.enabled]'),
    ),
    ...weaken('LoadBalancerAttributes/[Key=routing.http.drop_invalid_header_fields.enabled]/Value', 'false'),
    ...weaken('LoadBalancerAttributes/[Key=access_logs.s3.enabled]/Value', 'false'),
    ...weaken('LoadBalancerAttributes/[Key=routing.http.desync_mitigation_mode]/Value', 'monitor'),
    ...given(
      { unless: ['[Type=network]', '[Type=gateway]', 'LoadBalancerAttributes/[Key=routing.http.desync_mitigation_mode]'] },
      ...add('LoadBalancerAttributes/+', { Key: 'routing.http.desync_mitigation_mode', Value: 'monitor' }),
    ),
    ...remove(
      'LoadBalancerAttributes/[Key=routing.http.drop_invalid_header_fields.enabled]',
      'LoadBalancerAttributes/[Key=access_logs.s3.enabled]',
    ),
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    ...weaken('Certificates/*/CertificateArn', 'arn:aws:iam::111122223333:server-certificate/old'),

    ...given(
      { when: ['[Protocol=HTTPS]'] },
      ...weaken('Protocol', 'HTTP'),
      ...remove('SslPolicy'),
      ...weaken(
        'SslPolicy',
        'ELBSecurityPolicy-2016-08',
        'ELBSecurityPolicy-TLS13-1-0-2021-06',
        'ELBSecurityPolicy-TLS-1-1-2017-01',
      ),
    ),
    ...given({ when: ['[Protocol=TLS]'] }, ...weaken('Protocol', 'TCP')),
    ...weaken('DefaultActions/[Type=redirect]/RedirectConfig/Protocol', 'HTTP', '#{protocol}'),
    ...weaken('DefaultActions/[Type=redirect]', { Type: 'forward', TargetGroupArn: 'arn' }),
  ],
  'AWS::ElasticLoadBalancing::LoadBalancer': [
    ...inProduction(...weaken('AvailabilityZones', ['eu-west-1a'])),

    ...weaken('Listeners/*/Protocol', 'HTTP', 'TCP'),
    ...remove('AccessLoggingPolicy', 'ConnectionDrainingPolicy'),
    ...off('AccessLoggingPolicy/Enabled', 'ConnectionDrainingPolicy/Enabled', 'CrossZone'),
    ...weaken('Policies/[PolicyType=SSLNegotiationPolicyType]/Attributes/*/Value', 'ELBSecurityPolicy-2015-05'),
    ...weaken('Listeners/*/SSLCertificateId', 'arn:aws:iam::111122223333:server-certificate/old'),
  ],
  'AWS::CloudFront::Distribution': [
    ...add('DistributionConfig/DefaultCacheBehavior/TrustedSigners', ['self']),
    ...remove('DistributionConfig/CacheBehaviors/*/FieldLevelEncryptionId'),

    ...weaken('DistributionConfig/DefaultCacheBehavior/ViewerProtocolPolicy', 'allow-all'),
    ...weaken('DistributionConfig/CacheBehaviors/*/ViewerProtocolPolicy', 'allow-all'),
    ...weaken('DistributionConfig/ViewerCertificate/MinimumProtocolVersion', 'TLSv1', 'SSLv3', 'TLSv1.1_2016', 'TLSv1_2016'),
    ...remove('DistributionConfig/ViewerCertificate', 'DistributionConfig/ViewerCertificate/MinimumProtocolVersion'),
    ...weaken('DistributionConfig/ViewerCertificate', { CloudFrontDefaultCertificate: true }),
    ...weaken('DistributionConfig/Origins/*/CustomOriginConfig/OriginProtocolPolicy', 'http-only'),
    ...weaken('DistributionConfig/Origins/*/CustomOriginConfig/OriginSSLProtocols', ['SSLv3'], ['TLSv1', 'TLSv1.2']),
    ...remove('DistributionConfig/Origins/*/CustomOriginConfig/OriginSSLProtocols'),
    ...given(
      { when: ['DistributionConfig/Origins/[S3OriginConfig]'] },
      ...remove('DistributionConfig/Origins/*/OriginAccessControlId'),
    ),
    ...weaken('DistributionConfig/Origins/*/S3OriginConfig/OriginAccessIdentity', ''),
    ...remove(
      'DistributionConfig/Logging',
      'DistributionConfig/WebACLId',
      'DistributionConfig/DefaultRootObject',
      'DistributionConfig/DefaultCacheBehavior/ResponseHeadersPolicyId',
    ),
    ...weaken('DistributionConfig/WebACLId', ''),
    ...weaken('DistributionConfig/Restrictions/GeoRestriction', { RestrictionType: 'none' }),
  ],
  'AWS::CloudFront::ResponseHeadersPolicy': [
    ...remove('ResponseHeadersPolicyConfig/SecurityHeadersConfig/StrictTransportSecurity'),
    ...remove('ResponseHeadersPolicyConfig/SecurityHeadersConfig'),
  ],
  'AWS::CloudFront::VpcOrigin': [
    ...weaken('VpcOriginEndpointConfig/OriginProtocolPolicy', 'http-only', 'match-viewer'),
    ...weaken('VpcOriginEndpointConfig/OriginSSLProtocols', ['SSLv3'], ['TLSv1']),
  ],
  'AWS::WAFv2::WebACL': [
    ...remove('Rules', 'Rules/[Statement/RateBasedStatement]'),
    ...weaken('Rules', []),
    ...weaken('Rules/[OverrideAction]/OverrideAction', { Count: {} }),
    ...weaken('Rules/[Action/Block]/Action', { Count: {} }),
    ...off('VisibilityConfig/CloudWatchMetricsEnabled', 'VisibilityConfig/SampledRequestsEnabled'),
    ...off('Rules/*/VisibilityConfig/CloudWatchMetricsEnabled', 'Rules/*/VisibilityConfig/SampledRequestsEnabled'),
  ],
  'AWS::WAFv2::WebACLAssociation': [...whole],
  'AWS::WAFv2::LoggingConfiguration': [...whole],
  'AWS::ApiGateway::Stage': [
    ...remove('AccessLogSetting', 'MethodSettings', 'TracingEnabled'),
    ...weaken('MethodSettings/*/LoggingLevel', 'OFF'),
    ...on('MethodSettings/*/DataTraceEnabled'),
    ...add('MethodSettings/*/DataTraceEnabled', true),
    ...given({ when: ['MethodSettings/[CachingEnabled=true]'] }, ...lose('MethodSettings/*/CacheDataEncrypted')),
    ...off('TracingEnabled'),
  ],
  'AWS::ApiGateway::Method': [
    ...given(
      { unless: ['[HttpMethod=OPTIONS]', '[AuthorizationType=NONE]'] },
      ...weaken('AuthorizationType', 'NONE'),
      ...remove('AuthorizationType'),
    ),
    ...remove('RequestValidatorId'),
  ],
  'AWS::ApiGateway::DomainName': [...weaken('SecurityPolicy', 'TLS_1_0')],
  'AWS::ApiGateway::RestApi': [
    ...weaken('SecurityPolicy', 'TLS_1_0'),
    ...off('DisableExecuteApiEndpoint'),
    ...remove('Body/paths/{}/get/security'),
  ],
  'AWS::ApiGatewayV2::Stage': [...remove('AccessLogSettings')],
  'AWS::ApiGatewayV2::Route': [...weaken('AuthorizationType', 'NONE'), ...remove('AuthorizationType')],
  'AWS::AppSync::GraphQLApi': [
    ...remove('LogConfig'),
    ...weaken('LogConfig/FieldLogLevel', 'NONE'),
    ...weaken('AuthenticationType', 'API_KEY'),
  ],
  'AWS::Lambda::Url': [...weaken('AuthType', 'NONE')],
  'AWS::Amplify::Branch': [...off('BasicAuthConfig/EnableBasicAuth'), ...weaken('BasicAuthConfig/Password', PASSWORD)],

  // Network
  'AWS::EC2::SecurityGroup': [
    ...widen(`SecurityGroupIngress/[CidrIp]${NOT_THE_WEB}/CidrIp`, '0.0.0.0/0', '8.0.0.0/8'),
    ...widen(`SecurityGroupIngress/[CidrIpv6]${NOT_THE_WEB}/CidrIpv6`, '::/0'),
    ...widen('SecurityGroupIngress/[CidrIp=0.0.0.0/0]/FromPort', 0),
    ...widen('SecurityGroupIngress/[CidrIp=0.0.0.0/0]/ToPort', 65535),
    ...widen('SecurityGroupIngress/[CidrIp=0.0.0.0/0]/IpProtocol', '-1'),
    ...add('SecurityGroupIngress/+', ...OPENINGS),
    ...widen('SecurityGroupEgress/*', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
    ...remove('SecurityGroupEgress'),
  ],
  'AWS::EC2::SecurityGroupIngress': [
    ...widen('', ...OPENINGS.map((opening) => ({ GroupId: 'sg-0123456789abcdef0', ...(opening as JsonObject) }))),
  ],
  'AWS::EC2::VPCEndpointServicePermissions': [
    ...given({ unless: ['AllowedPrincipals/[.=*]'] }, ...add('AllowedPrincipals/+', '*')),
  ],
  'AWS::EC2::SecurityGroupEgress': [...widen('', { GroupId: 'sg-0123456789abcdef0', IpProtocol: '-1', CidrIp: '0.0.0.0/0' })],
  'AWS::EC2::NetworkAclEntry': [
    ...given(
      { unless: ['[Egress=true]'], when: ['[RuleAction=allow]'] },
      ...widen('', { NetworkAclId: 'acl-1', RuleNumber: 10, RuleAction: 'allow', Protocol: -1, CidrBlock: '0.0.0.0/0' }),
      ...widen('', { NetworkAclId: 'acl-1', RuleNumber: 10, RuleAction: 'allow', Protocol: -1, Ipv6CidrBlock: '::/0' }),
      ...widen('', {
        NetworkAclId: 'acl-1',
        RuleNumber: 10,
        RuleAction: 'allow',
        Protocol: 6,
        PortRange: { From: 22, To: 22 },
        CidrBlock: '0.0.0.0/0',
      }),
      ...widen('', {
        NetworkAclId: 'acl-1',
        RuleNumber: 10,
        RuleAction: 'allow',
        Protocol: 6,
        PortRange: { From: 3000, To: 4000 },
        Ipv6CidrBlock: '::/0',
      }),
    ),
  ],
  'AWS::EC2::PrefixList': [...widen('Entries/*/Cidr', '0.0.0.0/0')],
  'AWS::EC2::Subnet': [...add('MapPublicIpOnLaunch', true)],
  'AWS::EC2::FlowLog': [...whole, ...weaken('TrafficType', 'ACCEPT')],
  'Custom::VpcRestrictDefaultSG': [...whole],
  'AWS::EC2::VPCEndpoint': [
    ...remove('PolicyDocument'),
    ...weaken('PolicyDocument', { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }),
  ],
  'AWS::EC2::TransitGateway': [...add('AutoAcceptSharedAttachments', 'enable')],
  'AWS::EC2::ClientVpnEndpoint': [...off('ConnectionLogOptions/Enabled')],
  'AWS::EC2::VPNConnection': [
    ...weaken('VpnTunnelOptionsSpecifications/*/PreSharedKey', 'abcdefgh12345678'),
    ...weaken('VpnTunnelOptionsSpecifications/*/IKEVersions/*/Value', 'ikev1'),
    ...weaken('VpnTunnelOptionsSpecifications/*/Phase1DHGroupNumbers/*/Value', 2),
    ...weaken('VpnTunnelOptionsSpecifications/*/Phase1IntegrityAlgorithms/*/Value', 'SHA1'),
    ...weaken('VpnTunnelOptionsSpecifications/*/Phase2DHGroupNumbers/*/Value', 2),
    ...weaken('VpnTunnelOptionsSpecifications/*/Phase2IntegrityAlgorithms/*/Value', 'SHA1'),
    ...off('VpnTunnelOptionsSpecifications/*/LogOptions/CloudwatchLogOptions/LogEnabled'),
  ],
  'AWS::EC2::CustomerGateway': [...remove('CertificateArn')],
  'AWS::EC2::VerifiedAccessInstance': [
    ...off('LoggingConfigurations/{}/Enabled'),
    ...remove('LoggingConfigurations', 'VerifiedAccessTrustProviderIds'),
  ],
  'AWS::NetworkFirewall::Firewall': [...inProduction(...lose('DeleteProtection'))],
  'AWS::NetworkFirewall::FirewallPolicy': [
    ...given({ unless: ['FirewallPolicy/StatefulDefaultActions'] }, ...remove('FirewallPolicy/StatefulRuleGroupReferences')),

    ...weaken('FirewallPolicy/StatelessDefaultActions', ['aws:pass']),
    ...weaken('FirewallPolicy/StatelessFragmentDefaultActions', ['aws:pass']),
  ],
  'AWS::NetworkFirewall::LoggingConfiguration': [...whole],
  'AWS::Route53::HostedZone': [...remove('QueryLoggingConfig')],
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation': [...whole],
  'AWS::Route53Resolver::ResolverDNSSECConfig': [...whole],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': [...whole],
  'AWS::VpcLattice::Listener': [...weaken('Protocol', 'HTTP')],
  'AWS::VpcLattice::TargetGroup': [...weaken('Config/Protocol', 'HTTP'), ...off('Config/HealthCheck/Enabled')],
  'AWS::VpcLattice::ServiceNetwork': [...weaken('AuthType', 'NONE'), ...remove('AuthType')],
  'AWS::VpcLattice::AuthPolicy': [...resourcePolicy('Policy', 'vpc-lattice-svcs:Invoke')],
  'AWS::VpcLattice::AccessLogSubscription': [...whole],

  // Compute
  'AWS::EC2::Instance': [
    ...given({ unless: ['LaunchTemplate', 'NetworkInterfaces'] }, ...remove('SubnetId')),

    ...weaken('MetadataOptions/HttpTokens', 'optional'),
    ...given({ unless: ['LaunchTemplate'] }, ...remove('MetadataOptions/HttpTokens', 'MetadataOptions')),
    ...add('NetworkInterfaces/*/AssociatePublicIpAddress', true),
    ...off('BlockDeviceMappings/*/Ebs/Encrypted', 'Monitoring', 'DisableApiTermination', 'EbsOptimized', 'SourceDestCheck'),
    ...given({ when: ['BlockDeviceMappings/*/Ebs/Encrypted'] }, ...remove('BlockDeviceMappings/*/Ebs/Encrypted')),
    ...given({ unless: ['LaunchTemplate'] }, ...remove('IamInstanceProfile')),
    ...add('UserData', { 'Fn::Base64': `#!/bin/sh\nexport DB_PASSWORD=${PASSWORD}` }),
  ],
  'AWS::EC2::LaunchTemplate': [
    ...weaken('LaunchTemplateData/MetadataOptions/HttpTokens', 'optional'),
    ...remove('LaunchTemplateData/MetadataOptions/HttpTokens', 'LaunchTemplateData/MetadataOptions'),
    ...add('LaunchTemplateData/NetworkInterfaces/*/AssociatePublicIpAddress', true),
    ...off('LaunchTemplateData/BlockDeviceMappings/*/Ebs/Encrypted', 'LaunchTemplateData/Monitoring/Enabled'),
    ...add('LaunchTemplateData/UserData', { 'Fn::Base64': `#!/bin/sh\nexport DB_PASSWORD=${PASSWORD}` }),
  ],
  'AWS::AutoScaling::LaunchConfiguration': [
    ...weaken('MetadataOptions/HttpTokens', 'optional'),
    ...remove('MetadataOptions'),
    ...add('AssociatePublicIpAddress', true),
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    ...weaken('AvailabilityZones', ['eu-west-1a']),
    ...weaken('VPCZoneIdentifier', ['subnet-1']),
    ...given({ when: ['TargetGroupARNs'] }, ...weaken('HealthCheckType', 'EC2')),
  ],
  'AWS::EC2::Volume': [...off('Encrypted')],
  'AWS::EC2::SnapshotBlockPublicAccess': [...whole, ...weaken('State', 'block-new-sharing')],
  'AWS::Lambda::Function': [
    ...inProduction(...weaken('VpcConfig/SubnetIds', ['subnet-1'])),

    ...weaken('Runtime', 'nodejs12.x', 'python3.6'),
    ...remove('DeadLetterConfig', 'VpcConfig', 'TracingConfig', 'CodeSigningConfigArn', 'ReservedConcurrentExecutions'),
    ...weaken('TracingConfig/Mode', 'PassThrough'),
    ...add('Environment/Variables/DB_PASSWORD', PASSWORD),
    ...add('Environment/Variables/AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY'),
  ],
  'AWS::Lambda::Permission': [
    ...given({ unless: ['SourceArn', 'SourceAccount', 'PrincipalOrgID'] }, ...wildcard('Principal', '*')),
    ...given(
      { when: ['SourceArn'], unless: ['SourceAccount', 'PrincipalOrgID'] },
      ...remove('SourceArn'),
      ...wildcard('SourceArn', '*'),
    ),
  ],
  'AWS::Lambda::LayerVersionPermission': [...given({ when: ['OrganizationId'] }, ...remove('OrganizationId'))],
  'AWS::ECS::TaskDefinition': [
    ...weaken('ContainerDefinitions/*/Image', 'registry.example.com/web:latest'),
    ...add('ContainerDefinitions/*/Privileged', true),
    ...add(
      'ContainerDefinitions/*/LinuxParameters',
      { Capabilities: { Add: ['SYS_ADMIN'] } },
      { Capabilities: { Add: ['ALL'] } },
    ),
    ...add('ContainerDefinitions/*/User', 'root', '0', '0:0'),
    ...lose('ContainerDefinitions/*/ReadonlyRootFilesystem'),
    ...remove('ContainerDefinitions/*/LogConfiguration', 'ContainerDefinitions/*/User'),
    ...add('ContainerDefinitions/*/Environment/+', { Name: 'DB_PASSWORD', Value: PASSWORD }),
    ...weaken('Volumes/*/EFSVolumeConfiguration/TransitEncryption', 'DISABLED'),
    ...remove('Volumes/*/EFSVolumeConfiguration/TransitEncryption'),
    ...add('PidMode', 'host'),
    ...add('NetworkMode', 'host'),
  ],
  'AWS::ECS::Service': [...add('NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp', 'ENABLED')],
  'AWS::ECS::Cluster': [
    ...weaken('ClusterSettings/[Name=containerInsights]/Value', 'disabled'),
    ...remove('ClusterSettings'),
    ...add('Configuration/ExecuteCommandConfiguration', { Logging: 'NONE' }),
  ],
  'AWS::Batch::JobDefinition': [
    ...add('ContainerProperties/Privileged', true),
    ...add('ContainerProperties/Environment/+', { Name: 'DB_PASSWORD', Value: PASSWORD }),
    ...weaken('ContainerProperties/Volumes/*/EfsVolumeConfiguration/TransitEncryption', 'DISABLED'),
  ],
  'AWS::EKS::Cluster': [
    ...remove('Logging', 'EncryptionConfig'),
    ...weaken('Logging/ClusterLogging/EnabledTypes', [], [{ Type: 'scheduler' }]),
    ...given(
      { when: ['[ResourcesVpcConfig/EndpointPublicAccess=false]'] },
      ...on('ResourcesVpcConfig/EndpointPublicAccess'),
      ...remove('ResourcesVpcConfig/EndpointPublicAccess'),
    ),
    ...widen('ResourcesVpcConfig/PublicAccessCidrs', ['0.0.0.0/0'], ['10.0.0.0/8', '0.0.0.0/0'], ['::/0']),
    ...remove('ResourcesVpcConfig/PublicAccessCidrs'),
    ...weaken('Version', '1.21', '1.27'),
  ],
  'AWS::ECR::Repository': [
    ...lose('ImageScanningConfiguration/ScanOnPush'),
    ...remove('ImageScanningConfiguration', 'ImageTagMutability', 'LifecyclePolicy'),
    ...weaken('ImageTagMutability', 'MUTABLE'),
    ...resourcePolicy('RepositoryPolicyText', 'ecr:BatchGetImage'),
  ],
  'AWS::ECR::RegistryPolicy': [...resourcePolicy('PolicyText', 'ecr:ReplicateImage')],
  'AWS::CodeBuild::Project': [
    ...given({ when: ['[Source/Type=GITHUB]'] }, ...weaken('Source/Location', 'https://shop:token@github.com/shop/shop.git')),

    ...add('Environment/PrivilegedMode', true),
    ...add('Visibility', 'PUBLIC_READ'),
    ...on('Artifacts/EncryptionDisabled', 'Source/InsecureSsl', 'LogsConfig/S3Logs/EncryptionDisabled'),
    ...given(
      { unless: ['[Artifacts/Type=NO_ARTIFACTS]', '[Artifacts/Type=CODEPIPELINE]'] },
      ...add('Artifacts/EncryptionDisabled', true),
    ),
    ...given({ unless: ['LogsConfig/S3Logs'] }, ...weaken('LogsConfig/CloudWatchLogs/Status', 'DISABLED')),
    ...add('Environment/EnvironmentVariables/+', {
      Name: 'AWS_SECRET_ACCESS_KEY',
      Type: 'PLAINTEXT',
      Value: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY',
    }),
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    ...remove('TriggerConfigurations'),

    ...off('AlarmConfiguration/Enabled', 'AutoRollbackConfiguration/Enabled'),
    ...remove('AlarmConfiguration', 'AutoRollbackConfiguration'),
  ],
  'AWS::EMR::Cluster': [
    ...remove('SecurityConfiguration', 'KerberosAttributes'),
    ...given({ unless: ['MonitoringConfiguration'] }, ...remove('LogUri')),
    ...off('Instances/TerminationProtected'),
    ...weaken('KerberosAttributes/KdcAdminPassword', PASSWORD),
  ],
  'AWS::EMR::SecurityConfiguration': [
    ...off(
      'SecurityConfiguration/EncryptionConfiguration/EnableAtRestEncryption',
      'SecurityConfiguration/EncryptionConfiguration/EnableInTransitEncryption',
    ),
  ],
  'AWS::SageMaker::NotebookInstance': [
    ...weaken('DirectInternetAccess', 'Enabled'),
    ...remove('DirectInternetAccess', 'KmsKeyId', 'SubnetId'),
    ...weaken('RootAccess', 'Enabled'),
    ...weaken('InstanceMetadataServiceConfiguration/MinimumInstanceMetadataServiceVersion', '1'),
  ],
  'AWS::SageMaker::EndpointConfig': [...remove('KmsKeyId'), ...weaken('ProductionVariants/*/InitialInstanceCount', 1)],
  'AWS::SageMaker::Model': [...lose('EnableNetworkIsolation')],
  'AWS::WorkSpaces::Workspace': [...lose('RootVolumeEncryptionEnabled', 'UserVolumeEncryptionEnabled')],
  'AWS::AppStream::Fleet': [...add('EnableDefaultInternetAccess', true)],
  'AWS::ElasticBeanstalk::Environment': [
    ...weaken('OptionSettings/[OptionName=SystemType]/Value', 'basic'),
    ...weaken('OptionSettings/[OptionName=XRayEnabled]/Value', 'false'),

    ...weaken('OptionSettings/[OptionName=DisableIMDSv1]/Value', 'false'),
    ...weaken('OptionSettings/[OptionName=ManagedActionsEnabled]/Value', 'false'),
    ...weaken('OptionSettings/[OptionName=StreamLogs]/Value', 'false'),
  ],
  'AWS::Glue::SecurityConfiguration': [
    ...weaken('EncryptionConfiguration/JobBookmarksEncryption/JobBookmarksEncryptionMode', 'DISABLED'),
    ...weaken('EncryptionConfiguration/S3Encryptions/*/S3EncryptionMode', 'DISABLED'),
    ...weaken('EncryptionConfiguration/CloudWatchEncryption/CloudWatchEncryptionMode', 'DISABLED'),
  ],
  'AWS::Glue::DataCatalogEncryptionSettings': [
    ...weaken('DataCatalogEncryptionSettings/EncryptionAtRest/CatalogEncryptionMode', 'DISABLED'),
    ...off('DataCatalogEncryptionSettings/ConnectionPasswordEncryption/ReturnConnectionPasswordEncrypted'),
  ],
  'AWS::Athena::WorkGroup': [
    ...weaken('WorkGroupConfiguration/EngineVersion/SelectedEngineVersion', 'Athena engine version 2'),

    ...off('WorkGroupConfiguration/EnforceWorkGroupConfiguration', 'WorkGroupConfiguration/PublishCloudWatchMetricsEnabled'),
  ],
  'AWS::MWAA::Environment': [
    ...weaken('WebserverAccessMode', 'PUBLIC_ONLY'),
    ...remove('KmsKey', 'LoggingConfiguration', 'LoggingConfiguration/{}'),
    ...off('LoggingConfiguration/{}/Enabled'),
  ],
  'AWS::StepFunctions::StateMachine': [...remove('LoggingConfiguration'), ...weaken('LoggingConfiguration/Level', 'OFF')],
  'AWS::Transfer::Server': [
    ...weaken('Protocols', ['FTP'], ['SFTP', 'FTP']),
    ...weaken('SecurityPolicyName', 'TransferSecurityPolicy-2018-11', 'TransferSecurityPolicy-2020-06'),
    ...remove('SecurityPolicyName'),
  ],
  'AWS::DataSync::Task': [...remove('CloudWatchLogGroupArn'), ...weaken('Options/LogLevel', 'OFF')],
  'AWS::DataSync::LocationEFS': [...weaken('InTransitEncryption', 'NONE'), ...remove('InTransitEncryption')],

  'AWS::DMS::ReplicationTask': [...weaken('ReplicationTaskSettings', '{"Logging":{"EnableLogging":false}}')],
  'AWS::Glue::Job': [
    ...weaken('GlueVersion', '0.9', '1.0'),
    ...weaken('DefaultArguments/--enable-continuous-cloudwatch-log', 'false'),
    ...remove('SecurityConfiguration'),
  ],
  'AWS::Glue::MLTransform': [
    ...remove('TransformEncryption'),
    ...weaken('TransformEncryption/MLUserDataEncryption/MLUserDataEncryptionMode', 'DISABLED'),
  ],
  'AWS::Glue::Connection': [...weaken('ConnectionInput/ConnectionProperties/PASSWORD', PASSWORD)],
  'AWS::Cloud9::EnvironmentEC2': [...weaken('ConnectionType', 'CONNECT_SSH')],
  'AWS::DataSync::Agent': [...remove('VpcEndpointId')],
  'AWS::FIS::ExperimentTemplate': [...remove('LogConfiguration'), ...weaken('StopConditions', [{ Source: 'none' }])],
  'AWS::ImageBuilder::ImageRecipe': [...off('BlockDeviceMappings/*/Ebs/Encrypted')],
  'AWS::ImageBuilder::ImagePipeline': [...off('ImageTestsConfiguration/ImageTestsEnabled')],
  'AWS::QBusiness::Application': [...remove('EncryptionConfiguration')],
  'AWS::CodePipeline::Pipeline': [...remove('Stages/*/Actions/[ActionTypeId/Category=Approval]')],
  'AWS::LicenseManager::LicenseConfiguration': [...lose('LicenseCountHardLimit')],
  'AWS::CertificateManager::Certificate': [
    ...weaken('ValidationMethod', 'EMAIL'),
    ...add('CertificateTransparencyLoggingPreference', 'DISABLED'),
  ],

  // Messages and streams
  'AWS::SNS::Topic': [...remove('Subscription'), ...remove('KmsMasterKeyId')],
  'AWS::SNS::TopicPolicy': [
    ...add('PolicyDocument/Statement/+', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'sns:Publish',
      Resource: '*',
    }),

    ...resourcePolicy('PolicyDocument', 'sns:Publish'),
    ...resourcePolicy('PolicyDocument', 'sns:Subscribe'),
  ],
  'AWS::SNS::TopicInlinePolicy': [...resourcePolicy('PolicyDocument', 'sns:Publish')],
  'AWS::SNS::Subscription': [...given({ when: ['[Protocol=https]'] }, ...weaken('Protocol', 'http')), ...remove('RedrivePolicy')],
  'AWS::SQS::Queue': [
    ...off('SqsManagedSseEnabled'),
    ...given({ unless: ['KmsMasterKeyId'] }, ...add('SqsManagedSseEnabled', false)),
    ...remove('RedrivePolicy'),
  ],
  'AWS::SQS::QueuePolicy': [...resourcePolicy('PolicyDocument', 'sqs:SendMessage')],
  'AWS::SQS::QueueInlinePolicy': [...resourcePolicy('PolicyDocument', 'sqs:ReceiveMessage')],
  'AWS::Kinesis::Stream': [...remove('StreamEncryption', 'RetentionPeriodHours'), ...weaken('RetentionPeriodHours', 24)],
  'AWS::KinesisFirehose::DeliveryStream': [...remove('DeliveryStreamEncryptionConfigurationInput')],
  'AWS::Kinesis::ResourcePolicy': [...resourcePolicy('ResourcePolicy', 'kinesis:GetRecords')],
  'AWS::MSK::ClusterPolicy': [...resourcePolicy('Policy', 'kafka:CreateVpcConnection')],
  'AWS::MSK::Cluster': [
    ...weaken('EncryptionInfo/EncryptionInTransit/ClientBroker', 'PLAINTEXT', 'TLS_PLAINTEXT'),
    ...off('EncryptionInfo/EncryptionInTransit/InCluster'),
    ...weaken('BrokerNodeGroupInfo/ConnectivityInfo/PublicAccess/Type', 'SERVICE_PROVIDED_EIPS'),
    ...add('BrokerNodeGroupInfo/ConnectivityInfo/PublicAccess/Type', 'SERVICE_PROVIDED_EIPS'),
    ...add('ClientAuthentication/Unauthenticated/Enabled', true),
    ...remove('ClientAuthentication', 'LoggingInfo'),
    ...off('LoggingInfo/BrokerLogs/{}/Enabled'),
    ...weaken('EnhancedMonitoring', 'DEFAULT'),
  ],
  'AWS::KafkaConnect::Connector': [...weaken('KafkaClusterEncryptionInTransit/EncryptionType', 'PLAINTEXT')],
  'AWS::AmazonMQ::Broker': [
    ...add('PubliclyAccessible', true),
    ...off('AutoMinorVersionUpgrade', 'Logs/Audit'),
    ...remove('Logs', 'EncryptionOptions'),
    ...on('EncryptionOptions/UseAwsOwnedKey'),
    ...weaken('Users/*/Password', 'correct horse'),
  ],
  'AWS::Events::EventBusPolicy': [
    ...given({ when: ['[Principal=*]'] }, ...remove('Condition')),
    ...given({ unless: ['Condition'] }, ...weaken('Principal', '*')),
    ...given({ unless: ['Statement/Condition'] }, ...wildcard('Statement/Principal', ...EVERYONE)),
  ],
  'AWS::Events::Rule': [
    ...given(
      { when: ['EventPattern/detail-type/[.=Restore Job State Change]', 'EventPattern/detail/status'] },
      ...weaken('EventPattern/detail', { state: ['FAILED'] }),
    ),

    ...remove('Targets/*/DeadLetterConfig'),
    ...given(
      { when: ['EventPattern/source/[.=aws.guardduty]'], unless: ['EventPattern/source/[.=aws.backup]'] },
      ...whole,
      ...add('State', 'DISABLED'),
      ...remove('Targets'),
      ...weaken('Targets', []),
      ...weaken('EventPattern/detail/severity', [{ numeric: ['<', 4] }], ['HIGH']),
      ...weaken('EventPattern/source', ['aws.ec2']),
    ),
  ],
  'AWS::Scheduler::Schedule': [...remove('Target/DeadLetterConfig')],

  // Identity
  'AWS::IAM::Role': [
    ...add(
      'ManagedPolicyArns/+',
      'arn:aws:iam::aws:policy/PowerUserAccess',
      'arn:aws:iam::aws:policy/IAMFullAccess',
      'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
      'arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
    ),

    ...add('AssumeRolePolicyDocument/Statement/+', {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
    }),
    ...add('AssumeRolePolicyDocument/Statement/+', {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'shop' } },
    }),
    ...wildcard('AssumeRolePolicyDocument/Statement/[Effect=Allow][Principal][!Condition]/Principal', ...EVERYONE),
    ...remove('AssumeRolePolicyDocument/Statement/[Principal=*]/Condition'),
    ...add('ManagedPolicyArns/+', ...ADMINISTRATOR),
    ...add('Policies/+', INLINE_ADMINISTRATOR),
    ...identityPolicy('Policies/*/PolicyDocument'),
    ...remove('AssumeRolePolicyDocument/Statement/[Principal/Federated]/Condition'),
    ...remove('AssumeRolePolicyDocument/Statement/[Principal/Federated]/Condition/{}/token.actions.githubusercontent.com:sub'),
    ...widen(
      'AssumeRolePolicyDocument/Statement/[Principal/Federated]/Condition',
      { StringLike: { 'token.actions.githubusercontent.com:sub': '*' } },
      { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
      { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
    ),
    ...remove('AssumeRolePolicyDocument/Statement/[Principal/Service=rolesanywhere.amazonaws.com]/Condition'),
    ...remove('Description'),
  ],
  'AWS::IAM::Policy': identityPolicy('PolicyDocument'),
  'AWS::IAM::ManagedPolicy': identityPolicy('PolicyDocument'),
  'AWS::IAM::RolePolicy': identityPolicy('PolicyDocument'),
  'AWS::IAM::Group': [...add('ManagedPolicyArns/+', ...ADMINISTRATOR), ...add('Policies/+', INLINE_ADMINISTRATOR)],
  'AWS::IAM::User': [
    ...add('ManagedPolicyArns/+', ...ADMINISTRATOR),
    ...add('Policies/+', INLINE_ADMINISTRATOR),
    ...remove('PermissionsBoundary', 'Groups'),
    ...add('LoginProfile', { Password: PASSWORD }),
  ],
  'AWS::IAM::AccessKey': [...weaken('Status', 'Active')],
  'AWS::SSO::PermissionSet': [
    ...remove('Description'),
    ...weaken('SessionDuration', 'PT24H'),
    ...add('InlinePolicy', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  ],
  'AWS::KMS::Key': [
    ...given(
      { when: ['[Description~nclave]'], unless: ['KeyPolicy/Statement/[Effect=Deny]'] },
      ...remove('KeyPolicy/Statement/[Condition~kms:RecipientAttestation]/Condition'),
      ...weaken('KeyPolicy/Statement/[Condition~ImageSha384]/Condition', {
        StringLike: { 'kms:RecipientAttestation:ImageSha384': '*' },
      }),
    ),

    ...given(
      { unless: ['KeySpec', 'KeyUsage', 'Origin'] },
      ...lose('EnableKeyRotation'),
      ...weaken('RotationPeriodInDays', 2560),
    ),
    ...resourcePolicy('KeyPolicy', 'kms:Decrypt'),
  ],
  'AWS::KMS::ReplicaKey': [...resourcePolicy('KeyPolicy', 'kms:Decrypt')],
  'AWS::SecretsManager::Secret': [
    ...remove('KmsKeyId'),
    ...given({ when: ['GenerateSecretString'] }, ...add('SecretString', PASSWORD)),
  ],
  'AWS::SecretsManager::RotationSchedule': [
    ...whole,
    ...weaken('RotationRules/AutomaticallyAfterDays', 400, 1000),
    ...weaken('RotationRules/ScheduleExpression', 'rate(999 days)'),
  ],
  'AWS::SecretsManager::ResourcePolicy': [...resourcePolicy('ResourcePolicy', 'secretsmanager:GetSecretValue')],
  'AWS::SSM::Parameter': [...widen('', { Name: '/shop/database/password', Type: 'String', Value: PASSWORD })],
  'AWS::Cognito::UserPool': [
    ...weaken('MfaConfiguration', 'OFF', 'OPTIONAL'),
    ...remove('MfaConfiguration', 'UserPoolAddOns'),
    ...weaken('UserPoolAddOns/AdvancedSecurityMode', 'OFF', 'AUDIT'),
    ...weaken('Policies/PasswordPolicy/MinimumLength', 6),
    ...off(
      'Policies/PasswordPolicy/RequireLowercase',
      'Policies/PasswordPolicy/RequireUppercase',
      'Policies/PasswordPolicy/RequireNumbers',
      'Policies/PasswordPolicy/RequireSymbols',
    ),
    ...weaken('Policies/PasswordPolicy/TemporaryPasswordValidityDays', 90),
  ],
  'AWS::RolesAnywhere::Profile': [...remove('SessionPolicy', 'ManagedPolicyArns')],
  'AWS::RolesAnywhere::CRL': [...off('Enabled'), ...whole],
  'AWS::RolesAnywhere::TrustAnchor': [...weaken('Source/SourceType', 'SELF_SIGNED_REPOSITORY')],
  'AWS::RAM::ResourceShare': [...add('AllowExternalPrincipals', true)],
  'AWS::CodeArtifact::Domain': [...resourcePolicy('PermissionsPolicyDocument', 'codeartifact:ReadFromRepository')],
  'AWS::CodeArtifact::Repository': [...resourcePolicy('PermissionsPolicyDocument', 'codeartifact:ReadFromRepository')],

  // Trails, logs and alarms
  'AWS::CloudTrail::Trail': [
    ...whole,
    ...off('IsLogging', 'IsMultiRegionTrail', 'EnableLogFileValidation', 'IncludeGlobalServiceEvents'),
    ...remove('IsMultiRegionTrail', 'EnableLogFileValidation', 'KMSKeyId', 'CloudWatchLogsLogGroupArn'),
    ...off('EventSelectors/*/IncludeManagementEvents'),
    ...weaken('EventSelectors/*/ReadWriteType', 'ReadOnly', 'WriteOnly'),
    ...remove('EventSelectors/*/DataResources'),
    ...remove('AdvancedEventSelectors/*'),
    ...given(
      { when: ['AdvancedEventSelectors/[FieldSelectors/*/Equals/*=AWS::S3::Object]'] },
      ...add('AdvancedEventSelectors/[FieldSelectors/*/Equals/*=AWS::S3::Object]/FieldSelectors/+', {
        Field: 'resources.ARN',
        NotStartsWith: ['arn:aws:s3:::'],
      }),
    ),
    ...add('EventSelectors/*/ExcludeManagementEventSources', ['kms.amazonaws.com']),
  ],
  'AWS::Logs::LogGroup': [...remove('KmsKeyId', 'DataProtectionPolicy'), ...weaken('RetentionInDays', 1, 7, 30)],
  'AWS::Logs::ResourcePolicy': [
    ...weaken('PolicyDocument', '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}]}'),
  ],
  'Custom::LogRetention': [...weaken('RetentionInDays', 1, 7)],
  'AWS::Logs::MetricFilter': [...whole, ...weaken('FilterPattern', '{ $.eventName = "Nothing" }', '')],
  'AWS::CloudWatch::Alarm': [
    ...remove('AlarmActions'),
    ...weaken('AlarmActions', []),
    ...given({ when: ['AlarmActions'] }, ...add('ActionsEnabled', false)),
    ...remove('TreatMissingData'),
    ...weaken('TreatMissingData', 'ignore'),
    ...remove('AlarmDescription'),
  ],
  'AWS::Cognito::IdentityPool': [...on('AllowUnauthenticatedIdentities'), ...remove('AllowUnauthenticatedIdentities')],
  'AWS::DirectoryService::MicrosoftAD': [...weaken('Password', 'correct horse')],
  'AWS::EKS::Nodegroup': [...remove('RemoteAccess/SourceSecurityGroups'), ...weaken('RemoteAccess/SourceSecurityGroups', [])],
  'AWS::IoT::Policy': [
    ...wildcard('PolicyDocument/Statement/[Effect=Allow]/Resource', '*'),
    ...add('PolicyDocument/Statement/+', { Effect: 'Allow', Action: 'iot:*', Resource: '*' }),
  ],
  'AWS::Lambda::CodeSigningConfig': [
    ...weaken('CodeSigningPolicies/UntrustedArtifactOnDeployment', 'Warn'),
    ...remove('CodeSigningPolicies'),
  ],
  'AWS::OpenSearchServerless::AccessPolicy': [
    ...weaken(
      'Policy',
      '[{"Rules":[{"ResourceType":"index","Resource":["index/*/*"],"Permission":["aoss:*"]}],"Principal":["*"]}]',
    ),
  ],
  'AWS::RDS::GlobalCluster': [...lose('StorageEncrypted')],
  'AWS::Timestream::InfluxDBInstance': [...weaken('Password', 'correct horse'), ...add('PubliclyAccessible', true)],
  'AWS::CloudWatch::CompositeAlarm': [...remove('AlarmActions'), ...add('ActionsEnabled', false)],
  'AWS::Config::ConfigurationRecorder': [
    ...whole,
    ...off('RecordingGroup/AllSupported'),
    ...weaken('RecordingGroup', { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }),
  ],
  'AWS::Config::DeliveryChannel': [...whole],
  'AWS::Config::ConfigRule': [...whole],
  'AWS::GuardDuty::Detector': [
    ...whole,
    ...off('Enable'),
    ...weaken('Features/*/Status', 'DISABLED'),
    ...remove('Features/[Name=RUNTIME_MONITORING]', 'Features/[Name=EKS_RUNTIME_MONITORING]'),
    ...weaken('FindingPublishingFrequency', 'SIX_HOURS'),
    ...remove('FindingPublishingFrequency'),
  ],
  'AWS::GuardDuty::Filter': [...remove('Description', 'Tags')],
  'AWS::SecurityHub::Hub': [...whole],
  'AWS::GuardDuty::MalwareProtectionPlan': [...whole],
  'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption': [...whole],
  'AWS::SSM::Association': [...given({ when: ['[Name=AWS-RunPatchBaseline]'] }, ...whole, ...remove('ScheduleExpression'))],
  'Custom::AWS': [
    'enableEbsEncryptionByDefault',
    'putPublicAccessBlock',
    'updateAccountPasswordPolicy',
    'putModelInvocationLoggingConfiguration',
    'Inspector2',
  ].flatMap((call) => given({ when: [`[Create~${call}]`] }, ...whole)),
  'AWS::Macie::Session': [...whole, ...add('Status', 'PAUSED')],
  'AWS::AccessAnalyzer::Analyzer': [...whole],

  // Backups
  'AWS::Backup::BackupPlan': [
    // Copies may be kept for longer.
    ...given(
      { unless: ['BackupPlan/BackupPlanRule/*/CopyActions/*/Lifecycle/DeleteAfterDays'] },
      ...weaken('BackupPlan/BackupPlanRule/*/Lifecycle/DeleteAfterDays', 1, 6),
    ),
    ...remove('BackupPlan/BackupPlanRule/*/CopyActions', 'BackupPlan/BackupPlanRule/*/CopyActions/*'),
  ],
  'AWS::Backup::BackupSelection': [
    ...whole,
    ...weaken('BackupSelection/Resources', ['arn:aws:s3:::nothing']),
    ...weaken('BackupSelection/ListOfTags/*/ConditionValue', 'nothing'),
    ...add('BackupSelection/NotResources', ['*']),
  ],
  'AWS::Backup::BackupVault': [
    ...remove('LockConfiguration', 'EncryptionKeyArn'),
    ...given({ when: ['AccessPolicy/Statement/[Effect=Deny]'] }, ...remove('AccessPolicy')),
    ...weaken('LockConfiguration/MinRetentionDays', 0),
    ...weaken('AccessPolicy/Statement/[Effect=Deny]/Effect', 'Allow'),
    ...weaken('AccessPolicy/Statement/[Effect=Deny]/Principal', { AWS: ROLE }),
    ...weaken('AccessPolicy/Statement/[Effect=Deny]/Action', 'backup:ListRecoveryPointsByBackupVault'),
    ...resourcePolicy('AccessPolicy', 'backup:CopyIntoBackupVault'),
  ],
  'AWS::Backup::RestoreTestingPlan': [...weaken('ScheduleExpression', 'cron(0 5 1 1 ? *)', 'rate(365 days)')],
  'AWS::Backup::RestoreTestingSelection': [...whole, ...remove('ValidationWindowHours')],

  // Organisations
  'AWS::Organizations::Policy': [...given({ when: ['[Type=SERVICE_CONTROL_POLICY]'] }, ...whole, ...weaken('TargetIds', []))],
};
