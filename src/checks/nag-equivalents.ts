import type { Rule } from '../rules/rule';

/** A rule of cdk-nag. */
export interface NagRule {
  /** Name of its function. */
  readonly rule: string;
  /** Its ids in the packs `AwsSolutions` and `NIST.800.53.R5`. */
  readonly ids: readonly string[];
}

/**
 * Rules of cdk-nag that ask for the same as ours, by our slug or alias. What asks for nearly the same is not here: who
 * acknowledged it may not have meant ours. A test compares the names with the installed cdk-nag, and with what the field maps to what.
 */
export const NAG_EQUIVALENTS: Readonly<Record<string, NagRule>> = {
  'alarm-has-action': { rule: 'CloudWatchAlarmAction', ids: ['NIST.800.53.R5-CloudWatchAlarmAction'] },
  'alb-redirect-https': { rule: 'ALBHttpToHttpsRedirection', ids: ['NIST.800.53.R5-ALBHttpToHttpsRedirection'] },
  'alb-waf': { rule: 'ALBWAFEnabled', ids: ['NIST.800.53.R5-ALBWAFEnabled'] },
  'apigw-access-logging': { rule: 'APIGWAccessLogging', ids: ['AwsSolutions-APIG1'] },
  'apigw-authorization': { rule: 'APIGWAuthorization', ids: ['AwsSolutions-APIG4'] },
  'apigw-cache-encrypted': { rule: 'APIGWCacheEnabledAndEncrypted', ids: ['NIST.800.53.R5-APIGWCacheEnabledAndEncrypted'] },
  'apigw-execution-logging': {
    rule: 'APIGWExecutionLoggingEnabled',
    ids: ['AwsSolutions-APIG6', 'NIST.800.53.R5-APIGWExecutionLoggingEnabled'],
  },
  'apigw-waf': { rule: 'APIGWAssociatedWithWAF', ids: ['AwsSolutions-APIG3', 'NIST.800.53.R5-APIGWAssociatedWithWAF'] },
  'apigwv2-access-logging': { rule: 'APIGWAccessLogging', ids: ['AwsSolutions-APIG1'] },
  'appsync-logging': { rule: 'AppSyncGraphQLRequestLogging', ids: ['AwsSolutions-ASC3'] },
  'asg-elb-health-check': {
    rule: 'AutoScalingGroupELBHealthCheckRequired',
    ids: ['NIST.800.53.R5-AutoScalingGroupELBHealthCheckRequired'],
  },
  'beanstalk-health': {
    rule: 'ElasticBeanstalkEnhancedHealthReportingEnabled',
    ids: ['NIST.800.53.R5-ElasticBeanstalkEnhancedHealthReportingEnabled'],
  },
  'beanstalk-managed-updates': {
    rule: 'ElasticBeanstalkManagedUpdatesEnabled',
    ids: ['AwsSolutions-EB3', 'NIST.800.53.R5-ElasticBeanstalkManagedUpdatesEnabled'],
  },
  'clb-acm-certificate': { rule: 'ELBACMCertificateRequired', ids: ['NIST.800.53.R5-ELBACMCertificateRequired'] },
  'clb-connection-draining': { rule: 'CLBConnectionDraining', ids: ['AwsSolutions-ELB3'] },
  'clb-cross-zone': {
    rule: 'ELBCrossZoneLoadBalancingEnabled',
    ids: ['AwsSolutions-ELB4', 'NIST.800.53.R5-ELBCrossZoneLoadBalancingEnabled'],
  },
  'clb-tls-listeners': {
    rule: 'ELBTlsHttpsListenersOnly',
    ids: ['AwsSolutions-ELB5', 'NIST.800.53.R5-ELBTlsHttpsListenersOnly'],
  },
  'cloud9-ssm': { rule: 'Cloud9InstanceNoIngressSystemsManager', ids: ['AwsSolutions-C91'] },
  'cloudfront-geo-restriction': { rule: 'CloudFrontDistributionGeoRestrictions', ids: ['AwsSolutions-CFR1'] },
  'cloudfront-logging': { rule: 'CloudFrontDistributionAccessLogging', ids: ['AwsSolutions-CFR3'] },
  'cloudfront-s3-origin-access': { rule: 'CloudFrontDistributionS3OriginAccessControl', ids: ['AwsSolutions-CFR7'] },
  'cloudfront-waf': { rule: 'CloudFrontDistributionWAFIntegration', ids: ['AwsSolutions-CFR2'] },
  'cloudtrail-cloudwatch': { rule: 'CloudTrailCloudWatchLogsEnabled', ids: ['NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled'] },
  'cloudtrail-kms': { rule: 'CloudTrailEncryptionEnabled', ids: ['NIST.800.53.R5-CloudTrailEncryptionEnabled'] },
  'cloudtrail-log-validation': {
    rule: 'CloudTrailLogFileValidationEnabled',
    ids: ['NIST.800.53.R5-CloudTrailLogFileValidationEnabled'],
  },
  'codebuild-artifact-encryption': { rule: 'CodeBuildProjectKMSEncryptedArtifacts', ids: ['AwsSolutions-CB4'] },
  'cognito-mfa': { rule: 'CognitoUserPoolMFA', ids: ['AwsSolutions-COG2'] },
  'cognito-password-policy': { rule: 'CognitoUserPoolStrongPasswordPolicy', ids: ['AwsSolutions-COG1'] },
  'dax-encrypted': { rule: 'DAXEncrypted', ids: ['AwsSolutions-DDB4'] },
  'dms-not-public': { rule: 'DMSReplicationNotPublic', ids: ['NIST.800.53.R5-DMSReplicationNotPublic'] },
  'docdb-backup-retention': { rule: 'DocumentDBClusterBackupRetentionPeriod', ids: ['AwsSolutions-DOC4'] },
  'docdb-encrypted': { rule: 'DocumentDBClusterEncryptionAtRest', ids: ['AwsSolutions-DOC1'] },
  'dynamodb-in-backup-plan': { rule: 'DynamoDBInBackupPlan', ids: ['NIST.800.53.R5-DynamoDBInBackupPlan'] },
  'dynamodb-pitr': { rule: 'DynamoDBPITREnabled', ids: ['AwsSolutions-DDB3', 'NIST.800.53.R5-DynamoDBPITREnabled'] },
  'ebs-in-backup-plan': { rule: 'EC2EBSInBackupPlan', ids: ['NIST.800.53.R5-EC2EBSInBackupPlan'] },
  'ebs-volume-encrypted': { rule: 'EC2EBSVolumeEncrypted', ids: ['AwsSolutions-EC26'] },
  'ec2-detailed-monitoring': { rule: 'EC2InstanceDetailedMonitoringEnabled', ids: ['AwsSolutions-EC28'] },
  'ec2-ebs-optimized': { rule: 'EC2EBSOptimizedInstance', ids: ['NIST.800.53.R5-EC2EBSOptimizedInstance'] },
  'ec2-imdsv2': { rule: 'EC2IMDSv2Enabled', ids: ['NIST.800.53.R5-EC2IMDSv2Enabled'] },
  'ec2-in-vpc': { rule: 'EC2InstancesInVPC', ids: ['NIST.800.53.R5-EC2InstancesInVPC'] },
  'ec2-no-public-ip': { rule: 'EC2InstanceNoPublicIp', ids: ['NIST.800.53.R5-EC2InstanceNoPublicIp'] },
  'ec2-termination-protection': { rule: 'EC2InstanceTerminationProtection', ids: ['AwsSolutions-EC29'] },
  'ecs-container-insights': { rule: 'ECSClusterCloudWatchContainerInsights', ids: ['AwsSolutions-ECS4'] },
  'ecs-task-logging': { rule: 'ECSTaskDefinitionContainerLogging', ids: ['AwsSolutions-ECS7'] },
  'efs-backup': { rule: 'EFSInBackupPlan', ids: ['NIST.800.53.R5-EFSInBackupPlan'] },
  'efs-encrypted': { rule: 'EFSEncrypted', ids: ['AwsSolutions-EFS1', 'NIST.800.53.R5-EFSEncrypted'] },
  'eks-audit-logging': { rule: 'EKSClusterControlPlaneLogs', ids: ['AwsSolutions-EKS2'] },
  'eks-private-endpoint': { rule: 'EKSClusterNoEndpointPublicAccess', ids: ['AwsSolutions-EKS1'] },
  'elasticache-auth': { rule: 'ElastiCacheRedisClusterRedisAuth', ids: ['AwsSolutions-AEC6'] },
  'elasticache-backup-retention': {
    rule: 'ElastiCacheRedisClusterAutomaticBackup',
    ids: ['NIST.800.53.R5-ElastiCacheRedisClusterAutomaticBackup'],
  },
  'elasticache-rest-encryption': { rule: 'ElastiCacheRedisClusterEncryption', ids: ['AwsSolutions-AEC3'] },
  'elasticache-transit-encryption': { rule: 'ElastiCacheRedisClusterEncryption', ids: ['AwsSolutions-AEC3'] },
  'elb-access-logging': { rule: 'ELBLoggingEnabled', ids: ['AwsSolutions-ELB2', 'NIST.800.53.R5-ELBLoggingEnabled'] },
  'elb-deletion-protection': { rule: 'ELBDeletionProtectionEnabled', ids: ['NIST.800.53.R5-ELBDeletionProtectionEnabled'] },
  'elb-secure-listeners': { rule: 'ELBv2ACMCertificateRequired', ids: ['NIST.800.53.R5-ELBv2ACMCertificateRequired'] },
  'emr-ebs-encryption': { rule: 'EMRLocalDiskEncryption', ids: ['AwsSolutions-EMR4'] },
  'emr-logging': { rule: 'EMRS3AccessLogging', ids: ['AwsSolutions-EMR2'] },
  'emr-transit-encryption': { rule: 'EMREncryptionInTransit', ids: ['AwsSolutions-EMR5'] },
  'firehose-encrypted': { rule: 'KinesisDataFirehoseSSE', ids: ['AwsSolutions-KDF1'] },
  'glue-bookmark-encryption': { rule: 'GlueJobBookmarkEncrypted', ids: ['AwsSolutions-GL3'] },
  'glue-logs-encryption': { rule: 'GlueEncryptedCloudWatchLogs', ids: ['AwsSolutions-GL1'] },
  'iam-least-privilege-inline-policies': { rule: 'IAMNoWildcardPermissions', ids: ['AwsSolutions-IAM5'] },
  'iam-least-privilege-managed-policies': {
    rule: 'IAMPolicyNoStatementsWithFullAccess',
    ids: ['NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess'],
  },
  'iam-no-admin-policy': {
    rule: 'IAMPolicyNoStatementsWithAdminAccess',
    ids: ['NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess'],
  },
  'iam-no-inline-policies': { rule: 'IAMNoInlinePolicy', ids: ['NIST.800.53.R5-IAMNoInlinePolicy'] },
  'iam-user-in-group': { rule: 'IAMUserGroupMembership', ids: ['NIST.800.53.R5-IAMUserGroupMembership'] },
  'iam-user-no-policies': { rule: 'IAMUserNoPolicies', ids: ['NIST.800.53.R5-IAMUserNoPolicies'] },
  'kinesis-stream-encrypted': { rule: 'KinesisDataStreamSSE', ids: ['AwsSolutions-KDS1'] },
  'kms-key-rotation': {
    rule: 'KMSBackingKeyRotationEnabled',
    ids: ['AwsSolutions-KMS5', 'NIST.800.53.R5-KMSBackingKeyRotationEnabled'],
  },
  'lambda-concurrency': { rule: 'LambdaConcurrency', ids: ['NIST.800.53.R5-LambdaConcurrency'] },
  'lambda-dlq': { rule: 'LambdaDLQ', ids: ['NIST.800.53.R5-LambdaDLQ'] },
  'lambda-in-vpc': { rule: 'LambdaInsideVPC', ids: ['NIST.800.53.R5-LambdaInsideVPC'] },
  'lambda-no-public-access': {
    rule: 'LambdaFunctionPublicAccessProhibited',
    ids: ['NIST.800.53.R5-LambdaFunctionPublicAccessProhibited'],
  },
  'lambda-supported-runtime': { rule: 'LambdaLatestVersion', ids: ['AwsSolutions-L1'] },
  'log-group-encrypted': { rule: 'CloudWatchLogGroupEncrypted', ids: ['NIST.800.53.R5-CloudWatchLogGroupEncrypted'] },
  'msk-broker-logging': { rule: 'MSKBrokerLogging', ids: ['AwsSolutions-MSK6'] },
  'msk-inter-broker-tls': { rule: 'MSKBrokerToBrokerTLS', ids: ['AwsSolutions-MSK3'] },
  'msk-tls': { rule: 'MSKClientToBrokerTLS', ids: ['AwsSolutions-MSK2'] },
  'neptune-backup-retention': { rule: 'NeptuneClusterBackupRetentionPeriod', ids: ['AwsSolutions-N3'] },
  'neptune-encrypted': { rule: 'NeptuneClusterEncryptionAtRest', ids: ['AwsSolutions-N4'] },
  'neptune-iam-auth': { rule: 'NeptuneClusterIAMAuth', ids: ['AwsSolutions-N5'] },
  'neptune-minor-upgrades': { rule: 'NeptuneClusterAutomaticMinorVersionUpgrade', ids: ['AwsSolutions-N2'] },
  'neptune-multi-az': { rule: 'NeptuneClusterMultiAZ', ids: ['AwsSolutions-N1'] },
  'opensearch-access-policy': { rule: 'OpenSearchNoUnsignedOrAnonymousAccess', ids: ['AwsSolutions-OS5'] },
  'opensearch-dedicated-masters': { rule: 'OpenSearchDedicatedMasterNode', ids: ['AwsSolutions-OS4'] },
  'opensearch-in-vpc': { rule: 'OpenSearchInVPCOnly', ids: ['AwsSolutions-OS1', 'NIST.800.53.R5-OpenSearchInVPCOnly'] },
  'opensearch-logs': { rule: 'OpenSearchErrorLogsToCloudWatch', ids: ['NIST.800.53.R5-OpenSearchErrorLogsToCloudWatch'] },
  'opensearch-node-to-node': {
    rule: 'OpenSearchNodeToNodeEncryption',
    ids: ['AwsSolutions-OS2', 'NIST.800.53.R5-OpenSearchNodeToNodeEncryption'],
  },
  'opensearch-rest-encryption': {
    rule: 'OpenSearchEncryptedAtRest',
    ids: ['AwsSolutions-OS8', 'NIST.800.53.R5-OpenSearchEncryptedAtRest'],
  },
  'opensearch-slow-logs': { rule: 'OpenSearchSlowLogsToCloudWatch', ids: ['AwsSolutions-OS9'] },
  'rds-backup-enabled': {
    rule: 'RDSInstanceBackupEnabled',
    ids: ['AwsSolutions-RDS13', 'NIST.800.53.R5-RDSInstanceBackupEnabled'],
  },
  'rds-cluster-encrypted': { rule: 'RDSStorageEncrypted', ids: ['AwsSolutions-RDS2', 'NIST.800.53.R5-RDSStorageEncrypted'] },
  'rds-cluster-logs-exported': { rule: 'RDSLoggingEnabled', ids: ['NIST.800.53.R5-RDSLoggingEnabled'] },
  'rds-deletion-protection': {
    rule: 'RDSInstanceDeletionProtectionEnabled',
    ids: ['AwsSolutions-RDS10', 'NIST.800.53.R5-RDSInstanceDeletionProtectionEnabled'],
  },
  'rds-in-backup-plan': { rule: 'RDSInBackupPlan', ids: ['NIST.800.53.R5-RDSInBackupPlan'] },
  'rds-instance-encrypted': { rule: 'RDSStorageEncrypted', ids: ['AwsSolutions-RDS2', 'NIST.800.53.R5-RDSStorageEncrypted'] },
  'rds-logs-exported': { rule: 'RDSLoggingEnabled', ids: ['NIST.800.53.R5-RDSLoggingEnabled'] },
  'rds-multi-az': { rule: 'RDSMultiAZSupport', ids: ['AwsSolutions-RDS3', 'NIST.800.53.R5-RDSMultiAZSupport'] },
  'rds-not-public': { rule: 'RDSInstancePublicAccess', ids: ['NIST.800.53.R5-RDSInstancePublicAccess'] },
  'redshift-admin-name': { rule: 'RedshiftClusterNonDefaultUsername', ids: ['AwsSolutions-RS3'] },
  'redshift-audit-logging': { rule: 'RedshiftClusterAuditLogging', ids: ['AwsSolutions-RS5'] },
  'redshift-encrypted': { rule: 'RedshiftClusterEncryptionAtRest', ids: ['AwsSolutions-RS6'] },
  'redshift-encrypted-and-logged': { rule: 'RedshiftClusterConfiguration', ids: ['NIST.800.53.R5-RedshiftClusterConfiguration'] },
  'redshift-not-public': {
    rule: 'RedshiftClusterPublicAccess',
    ids: ['AwsSolutions-RS8', 'NIST.800.53.R5-RedshiftClusterPublicAccess'],
  },
  'redshift-snapshots': { rule: 'RedshiftBackupEnabled', ids: ['AwsSolutions-RS10', 'NIST.800.53.R5-RedshiftBackupEnabled'] },
  'redshift-tls': { rule: 'RedshiftRequireTlsSSL', ids: ['AwsSolutions-RS1', 'NIST.800.53.R5-RedshiftRequireTlsSSL'] },
  'redshift-user-activity-logging': { rule: 'RedshiftClusterUserActivityLogging', ids: ['AwsSolutions-RS11'] },
  'redshift-version-upgrade': { rule: 'RedshiftClusterVersionUpgrade', ids: ['AwsSolutions-RS9'] },
  'redshift-vpc-routing': {
    rule: 'RedshiftEnhancedVPCRoutingEnabled',
    ids: ['NIST.800.53.R5-RedshiftEnhancedVPCRoutingEnabled'],
  },
  's3-bucket-access-logging': {
    rule: 'S3BucketLoggingEnabled',
    ids: ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
  },
  's3-bucket-encryption-kms': { rule: 'S3DefaultEncryptionKMS', ids: ['NIST.800.53.R5-S3DefaultEncryptionKMS'] },
  's3-bucket-public-access-block': {
    rule: 'S3BucketLevelPublicAccessProhibited',
    ids: ['AwsSolutions-S2', 'NIST.800.53.R5-S3BucketLevelPublicAccessProhibited'],
  },
  's3-bucket-public-read': { rule: 'S3BucketPublicReadProhibited', ids: ['NIST.800.53.R5-S3BucketPublicReadProhibited'] },
  's3-bucket-public-write': { rule: 'S3BucketPublicWriteProhibited', ids: ['NIST.800.53.R5-S3BucketPublicWriteProhibited'] },
  's3-bucket-replication': { rule: 'S3BucketReplicationEnabled', ids: ['NIST.800.53.R5-S3BucketReplicationEnabled'] },
  's3-bucket-ssl-only': { rule: 'S3BucketSSLRequestsOnly', ids: ['AwsSolutions-S10', 'NIST.800.53.R5-S3BucketSSLRequestsOnly'] },
  's3-bucket-versioning': { rule: 'S3BucketVersioningEnabled', ids: ['NIST.800.53.R5-S3BucketVersioningEnabled'] },
  'sagemaker-endpoint-kms': {
    rule: 'SageMakerEndpointConfigurationKMSKeyConfigured',
    ids: ['NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured'],
  },
  'sagemaker-notebook-kms': {
    rule: 'SageMakerNotebookInstanceKMSKeyConfigured',
    ids: ['AwsSolutions-SM2', 'NIST.800.53.R5-SageMakerNotebookInstanceKMSKeyConfigured'],
  },
  'sagemaker-notebook-no-internet': {
    rule: 'SageMakerNotebookNoDirectInternetAccess',
    ids: ['AwsSolutions-SM3', 'NIST.800.53.R5-SageMakerNotebookNoDirectInternetAccess'],
  },
  'sagemaker-notebook-vpc': { rule: 'SageMakerNotebookInVPC', ids: ['AwsSolutions-SM1'] },
  'secret-kms': { rule: 'SecretsManagerUsingKMSKey', ids: ['NIST.800.53.R5-SecretsManagerUsingKMSKey'] },
  'secret-rotation-configured': {
    rule: 'SecretsManagerRotationEnabled',
    ids: ['AwsSolutions-SMG4', 'NIST.800.53.R5-SecretsManagerRotationEnabled'],
  },
  'sfn-logging': { rule: 'StepFunctionStateMachineAllLogsToCloudWatch', ids: ['AwsSolutions-SF1'] },
  'sg-no-open-ssh': { rule: 'EC2RestrictedSSH', ids: ['NIST.800.53.R5-EC2RestrictedSSH'] },
  'sg-only-authorized-open-ports': { rule: 'EC2RestrictedInbound', ids: ['AwsSolutions-EC23'] },
  'sns-encrypted': { rule: 'SNSEncryptedKMS', ids: ['NIST.800.53.R5-SNSEncryptedKMS'] },
  'sqs-dead-letter-queue': { rule: 'SQSQueueDLQ', ids: ['AwsSolutions-SQS3'] },
  'sqs-encrypted': { rule: 'SQSQueueSSE', ids: ['AwsSolutions-SQS2'] },
  'vpc-default-sg-closed': { rule: 'VPCDefaultSecurityGroupClosed', ids: ['NIST.800.53.R5-VPCDefaultSecurityGroupClosed'] },
  'vpc-flow-logs': { rule: 'VPCFlowLogsEnabled', ids: ['AwsSolutions-VPC7', 'NIST.800.53.R5-VPCFlowLogsEnabled'] },
  'vpc-subnet-no-auto-public-ip': {
    rule: 'VPCSubnetAutoAssignPublicIpDisabled',
    ids: ['NIST.800.53.R5-VPCSubnetAutoAssignPublicIpDisabled'],
  },
  'wafv2-logging': { rule: 'WAFv2LoggingEnabled', ids: ['NIST.800.53.R5-WAFv2LoggingEnabled'] },
};

/** The rules of cdk-nag that ask for the same as one of ours. */
export function nagEquivalentsOf({ slug, aliases = [] }: Pick<Rule, 'slug' | 'aliases'>): NagRule[] {
  return [slug, ...aliases].flatMap((name) => (Object.hasOwn(NAG_EQUIVALENTS, name) ? NAG_EQUIVALENTS[name] : []));
}

/** The id of a rule of cdk-nag without the finding that it may single out: `AwsSolutions-IAM5[Resource::*]` is about `AwsSolutions-IAM5`. */
export function wholeNagRule(id: string): string {
  const bracket = id.indexOf('[');
  return bracket < 0 ? id : id.slice(0, bracket);
}
