/**
 * Parameters of managed rules of AWS Config, by identifier, with the values that rules of ours ask for. AWS fills in its defaults in
 * the console only: what is not said here is not set.
 */
export const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ALB_DESYNC_MODE_CHECK: { desyncMode: 'defensive,strictest' },
  API_GW_EXECUTION_LOGGING_ENABLED: { loggingLevel: 'ERROR,INFO' },
  APPSYNC_AUTHORIZATION_CHECK: { AllowedAuthorizationTypes: 'AWS_LAMBDA,AWS_IAM,OPENID_CONNECT,AMAZON_COGNITO_USER_POOLS' },
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: {
    requiredFrequencyUnit: 'days',
    requiredFrequencyValue: '1',
    requiredRetentionDays: '35',
  },
  CLOUDWATCH_ALARM_ACTION_CHECK: {
    alarmActionRequired: 'true',
    insufficientDataActionRequired: 'false',
    okActionRequired: 'false',
  },
  COGNITO_USER_POOL_PASSWORD_POLICY_CHECK: {
    minLength: '8',
    requireLowercase: 'true',
    requireNumbers: 'true',
    requireSymbols: 'true',
    requireUppercase: 'true',
    temporaryPasswordValidity: '7',
  },
  ECS_NO_ENVIRONMENT_SECRETS: { secretKeys: 'AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,ECS_ENGINE_AUTH_DATA' },
  ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK: { snapshotRetentionPeriod: '15' },
  ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK: { predefinedPolicyName: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
  GLUE_SPARK_JOB_SUPPORTED_VERSION: { minimumSupportedGlueVersion: '3.0' },
  IAM_PASSWORD_POLICY: {
    MinimumPasswordLength: '14',
    PasswordReusePrevention: '24',
    RequireLowercaseCharacters: 'true',
    RequireNumbers: 'true',
    RequireSymbols: 'true',
    RequireUppercaseCharacters: 'true',
  },
  NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS: { statelessFragmentDefaultActions: 'aws:drop,aws:forward_to_sfe' },
  NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS: { statelessDefaultActions: 'aws:drop,aws:forward_to_sfe' },
  RDS_MEETS_RESTORE_TIME_TARGET: { maxRestoreTime: '720' },
  REDSHIFT_CLUSTER_CONFIGURATION_CHECK: { clusterDbEncrypted: 'true', loggingEnabled: 'true' },
  REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK: { allowVersionUpgrade: 'true' },
  RESTRICTED_INCOMING_TRAFFIC: {
    blockedPort1: '20',
    blockedPort2: '21',
    blockedPort3: '3306',
    blockedPort4: '3389',
    blockedPort5: '5432',
  },
};

/** Managed rules that are left out, with the reason. */
export const UNUSABLE: Readonly<Record<string, string>> = {
  EKS_CLUSTER_SUPPORTED_VERSION: 'It wants the oldest version that is right, which is another one every few months.',
  IAM_POLICY_IN_USE: 'It wants the ARN of a policy, which is another one in each partition.',
  LAMBDA_FUNCTION_SETTINGS_CHECK: 'It wants a list of all runtimes that are right, and calls every newer one wrong.',
  REQUIRED_TAGS: 'It wants tags in one spelling; every organisation has its own.',
  SERVICE_VPC_ENDPOINT_ENABLED: 'It wants one service, and says nothing of the others.',
};
