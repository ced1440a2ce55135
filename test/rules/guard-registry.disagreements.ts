/** A labelled template on which we answer otherwise, and why our answer is the better one. */
interface Disagreement {
  readonly ours: 'PASS' | 'FAIL' | 'UNDETERMINED';
  readonly why: string;
}

/** By rule and case. A missing property fails in that rule set even where the service default is safe. */
export const DISAGREEMENTS: Readonly<Record<string, Disagreement>> = {
  // S3 and KMS
  'S3_BUCKET_PUBLIC_READ_ACL / 3:S3 bucket PublicReadWrite AccessControl': {
    ours: 'FAIL',
    why: 'The ACL PublicReadWrite lets everyone read as well as write.',
  },
  'S3_BUCKET_PUBLIC_READ_PROHIBITED / 3:S3 Bucket PublicAccessBlockConfiguration properties set to f': {
    ours: 'PASS',
    why: 'No ACL and no policy lets anyone read; that the block is off is what s3-bucket-public-access-block finds.',
  },
  'S3_BUCKET_PUBLIC_READ_PROHIBITED / 4:S3 Bucket PublicAccessBlockConfiguration missing, FAIL': {
    ours: 'PASS',
    why: 'No ACL and no policy lets anyone read; that the block is missing is what s3-bucket-public-access-block finds.',
  },
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED / 3:S3 Bucket PublicAccessBlockConfiguration properties set to f': {
    ours: 'PASS',
    why: 'No ACL and no policy lets anyone write; that the block is off is what s3-bucket-public-access-block finds.',
  },
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED / 4:S3 Bucket PublicAccessBlockConfiguration missing, FAIL': {
    ours: 'PASS',
    why: 'No ACL and no policy lets anyone write; that the block is missing is what s3-bucket-public-access-block finds.',
  },
  'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED / 4:S3 Bucket Encryption not set, FAIL': {
    ours: 'PASS',
    why: 'S3 encrypts every new object with SSE-S3 since January 2023, whatever the bucket says.',
  },
  'S3_DEFAULT_ENCRYPTION_KMS / 2:S3 Bucket Encryption set to SSE AES 256, PASS': {
    ours: 'FAIL',
    why: 'AES256 is encryption with the keys of S3, not with a KMS key.',
  },
  'SQS_QUEUE_KMS_MASTER_KEY_ID_RULE / 3:SQS Queue without KmsMasterKeyId': {
    ours: 'PASS',
    why: 'SQS encrypts with its own keys (SSE-SQS) when neither a KMS key nor SqsManagedSseEnabled is set.',
  },
  // (end of S3 and KMS)
  // IAM
  // (end of IAM)
  // CloudTrail, logs, detection
  'CLOUDWATCH_ALARM_ACTION_CHECK / 3:CloudWatch Alarm present with OK Action set - PASS': {
    ours: 'FAIL',
    why: 'An action for the state OK tells somebody that all is well again, never that something is wrong.',
  },
  'CLOUDWATCH_ALARM_ACTION_CHECK / 4:CloudWatch Alarm present with InsufficientDataActions set - ': {
    ours: 'FAIL',
    why: 'An action for missing data is not carried out when the alarm goes off.',
  },
  'CW_LOGGROUP_RETENTION_PERIOD_CHECK / 2:CloudWatch Log LogGroup present RetentionInDays, PASS': {
    ours: 'FAIL',
    why: 'Seven days is any period to that rule set; an audit looks back over a year.',
  },
  'CW_LOGGROUP_RETENTION_PERIOD_CHECK / 4:CloudWatch Log LogGroup missing RetentionInDays, FAIL': {
    ours: 'PASS',
    why: 'CloudWatch Logs keeps events for ever when no period is set, which is longer than a year.',
  },
  // (end of CloudTrail, logs, detection)
  // EC2 and load balancers
  'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE / 3:Ingress Open ipv4 cidr with SG Resources': {
    ours: 'PASS',
    why: 'The open port is 80, one of the two that a public load balancer must open.',
  },
  'RESTRICTED_INCOMING_TRAFFIC / 4:Security Group with port 20 open, FAIL': {
    ours: 'PASS',
    why: 'The source is a private network; the rule is about what the world may reach.',
  },
  'INCOMING_SSH_DISABLED / 3:Security Group with SSH port 22 restricted to a CIDR other t': {
    ours: 'FAIL',
    why: 'A rule opens every port to 0.0.0.0/0; its protocol has a misspelt key, and a rule that names none is read as one for all.',
  },
  'SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE / 5:Ingress IpProtocol value as -1': {
    ours: 'PASS',
    why: 'The source is another security group, not the world.',
  },
  'SECURITY_GROUP_INGRESS_CIDR_NON_32_RULE / 7:Ingress cidr ipv4 is not /32 and ipv6 is /128': {
    ours: 'PASS',
    why: 'A /28 is one network of one organisation; only blocks wider than /24 are.',
  },
  'SECURITY_GROUP_INGRESS_CIDR_NON_32_RULE / 8:Ingress cidr ipv4 is /32 and ipv6 is not /128': {
    ours: 'PASS',
    why: 'A /64 is a single IPv6 subnet.',
  },
  'SECURITY_GROUP_INGRESS_CIDR_NON_32_RULE / 9:Ingress cidr ipv4 is not /32 and ipv6 is not /128': {
    ours: 'PASS',
    why: 'A /28 is one network of one organisation, and a /64 a single IPv6 subnet.',
  },
  'ELBV2_LISTENER_PROTOCOL_RULE / 2:ELBV2 with protocol as HTTPS': {
    ours: 'FAIL',
    why: 'The HTTPS listener has no certificate, and the rule asks for one.',
  },
  'ELBV2_LISTENER_PROTOCOL_RULE / 4:ELBV2 listener with Protocol as HTTP': {
    ours: 'PASS',
    why: 'The HTTP listener does nothing but redirect to HTTPS.',
  },
  'ELBV2_LISTENER_SSL_POLICY_RULE / 3:ELBV2 listener with no sslPolicy': {
    ours: 'PASS',
    why: 'The listener is plain HTTP, which has no security policy; the redirect to HTTPS is the business of another rule.',
  },
  'ELBV2_LISTENER_SSL_POLICY_RULE / 4:ELBV2 listener with sslPolicy not using TLS 1.2': {
    ours: 'PASS',
    why: 'The listener is plain HTTP, which has no security policy; the one that it names is never used.',
  },
  'EC2_NETWORK_ACL_PORT_RANGE_RULE / 4:Using Protocols 17 and portRange does not exist': {
    ours: 'PASS',
    why: 'The source is a private network; the rule is about what the world may reach.',
  },
  'EC2_NETWORK_ACL_PORT_RANGE_RULE / 5:Using Protocol 6 with full port range': {
    ours: 'PASS',
    why: 'The entry is about outgoing traffic, and so lets nothing in.',
  },
  'EC2_NETWORK_ACL_PROTOCOL_RULE / 4:Using Protocols -1 for EC2 NetworkACLEntry': {
    ours: 'PASS',
    why: 'The source is a private network; the rule is about what the world may reach.',
  },
  'EC2_NETWORK_ACL_PROTOCOL_RULE / 5:Using Protocol 58 with icmp for EC2 NetworkACLEntry': {
    ours: 'PASS',
    why: 'The entry is about outgoing traffic, and so lets nothing in.',
  },
  'AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED / 3:Scenario c) AssociatePublicIpAddress not set, FAIL': {
    ours: 'PASS',
    why: 'The configuration asks for no address, so the subnet decides; no Auto Scaling group of the template launches from it.',
  },
  // (end of EC2 and load balancers)
  // The edge
  'API_GW_CACHE_ENABLED_AND_ENCRYPTED / 4:CacheDataEncrypted set to true and CachingEnabled set to fal': {
    ours: 'PASS',
    why: 'Nothing is cached, so nothing has to be encrypted; a cache is a matter of speed.',
  },
  'API_GW_CACHE_ENABLED_AND_ENCRYPTED / 6:CacheDataEncrypted set to false and CachingEnabled set to fa': {
    ours: 'PASS',
    why: 'Nothing is cached, so nothing has to be encrypted; a cache is a matter of speed.',
  },
  'API_GW_CACHE_ENABLED_AND_ENCRYPTED / 7:CacheDataEncrypted and CachingEnabled missing, FAIL': {
    ours: 'PASS',
    why: 'A method is not cached unless its settings say so, so nothing has to be encrypted.',
  },
  'API_GW_EXECUTION_LOGGING_ENABLED / 3:LoggingLevel set to INFO, PASS': {
    ours: 'FAIL',
    why: 'The setting is that of GET on the root alone; no other method of the API logs anything.',
  },
  'API_GW_EXECUTION_LOGGING_ENABLED / 4:LoggingLevel set to ERROR, PASS': {
    ours: 'FAIL',
    why: 'The setting is that of GET on the root alone; no other method of the API logs anything.',
  },
  'CLOUDFRONT_ACCESSLOGS_ENABLED / 6:Scenario d) Logging Configuration provided, PASS': {
    ours: 'FAIL',
    why: 'The logging configuration is empty: it names no bucket that logs could go to.',
  },
  "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE / 5:Scenario e) 'ViewerCertificate' Config provided with a provi": {
    ours: 'FAIL',
    why: 'The certificate is its own, yet no minimum version is named, and CloudFront then accepts TLS 1.0.',
  },
  "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE / 6:Scenario e) 'ViewerCertificate' Config provided with a provi": {
    ours: 'FAIL',
    why: 'The certificate is its own, yet no minimum version is named, and CloudFront then accepts TLS 1.0.',
  },
  "CLOUDFRONT_CUSTOM_SSL_CERTIFICATE / 7:Scenario e) 'ViewerCertificate' Config provided with a provi": {
    ours: 'FAIL',
    why: 'The certificate is its own, yet no minimum version is named, and CloudFront then accepts TLS 1.0.',
  },
  "CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED / 3:Scenario c) Missing 'DistributionConfig.DefaultRootObject' C": {
    ours: 'PASS',
    why: 'No bucket is behind the distribution, so there is no listing of one that a request for the root could show.',
  },
  "CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED / 4:Scenario d) 'DistributionConfig.DefaultRootObject' is an emp": {
    ours: 'PASS',
    why: 'No bucket is behind the distribution, so there is no listing of one that a request for the root could show.',
  },
  'CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE / 2:CloudFront with viewerCertificate and TLS 1.2': {
    ours: 'UNDETERMINED',
    why: 'CloudFront has no security policy of the name TLSv1.2-03-2008.',
  },
  'COGNITO_USER_POOL_MFA_CONFIGURATION_RULE / 3:MFA Conf is OPTIONAL': {
    ours: 'FAIL',
    why: 'OPTIONAL leaves the second factor to each user; nothing asks for it.',
  },
  'COGNITO_USER_POOL_MFA_CONFIGURATION_RULE / 4:MFA Conf does not exist': {
    ours: 'FAIL',
    why: 'A user pool that does not mention MFA has none.',
  },
  // (end of the edge)
  // Data stores and functions
  'DB_INSTANCE_BACKUP_ENABLED / 5:RDS BackupRetentionPeriod set with value of 0, FAIL': {
    ours: 'PASS',
    why: 'The instance is a read replica: CloudFormation asks not to set its retention, and RDS replicates only what it backs up.',
  },
  'DB_INSTANCE_BACKUP_ENABLED / 6:RDS BackupRetentionPeriod property missing, FAIL': {
    ours: 'PASS',
    why: 'The instance is a read replica: CloudFormation asks not to set its retention, and RDS replicates only what it backs up.',
  },
  "FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN / 7:Scenario c) 'ONTAP' file system AutomaticBackupRetentionDays": {
    ours: 'PASS',
    why: 'FSx for ONTAP keeps automatic daily backups for 30 days when the number of days is not set.',
  },
  "FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN / 9:Scenario c) 'OPENZFS' file system with deployment type SINGL": {
    ours: 'PASS',
    why: 'FSx for OpenZFS keeps automatic daily backups for 30 days when the number of days is not set.',
  },
  "FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN / 11:Scenario c) 'WINDOWS' file system with deployment type MULTI": {
    ours: 'PASS',
    why: 'FSx for Windows keeps automatic daily backups for 30 days when the number of days is not set.',
  },
  'LAMBDA_NO_WILDCARD_PRINCIPALS / 4:Lambda permission policy not limited, FAIL': {
    ours: 'PASS',
    why: 'SourceAccount limits the permission to AWS services that act for that one account: nobody else can send it.',
  },
  'LAMBDA_NO_WILDCARD_PRINCIPALS / 5:Lambda layer version permission policy limited to an organiz': {
    ours: 'PASS',
    why: 'OrganizationId limits the layer to the organization, and only the principal `*` may stand beside it.',
  },
  'RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED / 4:RDS AutoMinorVersionUpgrade property missing, FAIL': {
    ours: 'PASS',
    why: 'RDS applies minor versions automatically when the property is not set.',
  },
  'RDS_MULTI_AZ_SUPPORT / 3:RDS Multi AZ set with value of false, FAIL': {
    ours: 'PASS',
    why: 'The instance is a read replica: it is its source whose loss needs a standby.',
  },
  'RDS_MULTI_AZ_SUPPORT / 4:RDS Multi AZ property missing, FAIL': {
    ours: 'PASS',
    why: 'The instance is a read replica: it is its source whose loss needs a standby.',
  },
  'RDS_STORAGE_ENCRYPTED / 6:RDS StorageEncrypted property missing, FAIL': {
    ours: 'UNDETERMINED',
    why: 'The instance is a read replica of a database that is elsewhere: it is encrypted as that is, and CloudFormation asks not to set the property.',
  },
  'RDS_STORAGE_ENCRYPTED / 7:RDS Cluster StorageEncrypted property missing, FAIL': {
    ours: 'UNDETERMINED',
    why: 'Aurora encrypts every cluster that was created since 18 February 2026; a template does not say how old a cluster is.',
  },
  'REDSHIFT_BACKUP_ENABLED / 2:Redshift cluster without property AutomatedSnapshotRetention': {
    ours: 'FAIL',
    why: 'The default is one day, which a weekend outlasts; the rule asks for 7 days.',
  },
  'REDSHIFT_BACKUP_ENABLED / 3:Redshift cluster with property AutomatedSnapshotRetentionPer': {
    ours: 'FAIL',
    why: 'Snapshots are kept for 2 days; the rule asks for 7 days.',
  },
  'REDSHIFT_CLUSTER_CONFIGURATION_CHECK / 3:Redshift cluster with Encrypted property NOT set (default fa': {
    ours: 'UNDETERMINED',
    why: 'Redshift encrypts every cluster that was created since 10 January 2025; a template does not say how old a cluster is.',
  },
  'REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK / 2:Redshift cluster with PubliclyAccessible property NOT set (d': {
    ours: 'UNDETERMINED',
    why: 'Redshift keeps new clusters private by default since 10 January 2025; a template does not say how old a cluster is.',
  },
  // (end of data stores and functions)
  // Containers and delivery
  'CODEBUILD_ENCRYPTION_KEY_RULE / 3:CodeBuild project where Encryption Key does not exist': {
    ours: 'PASS',
    why: 'CodeBuild encrypts with the key that AWS manages for S3 when the project names none.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 17:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Both containers run as root; that they are privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 18:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 19:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 20:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 21:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 22:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  "ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK / 23:Scenario f) All entires in 'ContainerDefinitions' have eithe": {
    ours: 'FAIL',
    why: 'Container B runs as root; that it is privileged as well makes it worse.',
  },
  // (end of containers and delivery)
  // Streams and messages
  'AMAZON_MQ_BROKER_ENCRYPTION_OPTIONS_RULE / 2:AmazonMQ Broker with encryptionOptions': {
    ours: 'FAIL',
    why: 'UseAwsOwnedKey is true: the broker is asked to use a key that AWS owns, whatever key is named beside it.',
  },
  // (end of streams and messages)
};
