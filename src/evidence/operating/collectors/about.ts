import type { CollectorDescription } from '../collector';

/** What an action acts on that IAM has no resource for, or that must be allowed on all of them. */
const ALL = '*';

/** A resource of a service in the account and Region. */
const own = (service: string, resource: string) => `arn:\${partition}:${service}:\${region}:\${account}:${resource}`;

export const LOG_INTEGRITY: CollectorDescription = {
  id: 'log-integrity',
  title: 'Proof from digest files that the log files of trails are those that CloudTrail delivered',
  version: 2,
  controls: ['audit-log-integrity', 'log-protection', 'file-integrity', 'log-retention'],
  scope: 'region',
  reads: 'both',
  actions: { 'cloudtrail:DescribeTrails': ALL, 'cloudtrail:ListPublicKeys': ALL },
};

export const BACKUPS: CollectorDescription = {
  id: 'backups',
  title: 'Backups, copies and restores, and what protects them',
  version: 1,
  controls: [
    'data-backup',
    'backup-protection',
    'backup-monitoring',
    'restore-testing',
    'data-recovery',
    'disaster-recovery',
    'data-retention',
    'encryption-at-rest',
    'malware-protection',
  ],
  scope: 'region',
  reads: 'api',
  actions: {
    'backup:ListBackupJobs': ALL,
    'backup:ListCopyJobs': ALL,
    'backup:ListRestoreJobs': ALL,
    'backup:ListScanJobs': ALL,
    'backup:ListBackupVaults': ALL,
    'backup:ListRecoveryPointsByBackupVault': own('backup', 'backup-vault:*'),
    'backup:ListProtectedResources': ALL,
    'backup:ListRestoreTestingPlans': ALL,
  },
};

export const CONFIG_COMPLIANCE: CollectorDescription = {
  id: 'config-rules',
  title: 'Whether resources comply with the rules of AWS Config',
  version: 1,
  controls: ['configuration-recording', 'security-posture', 'control-testing'],
  scope: 'region',
  reads: 'api',
  actions: {
    'config:DescribeConfigurationRecorderStatus': own('config', 'configuration-recorder/*'),
    'config:DescribeConfigRules': ALL,
    'config:DescribeComplianceByConfigRule': ALL,
    'config:GetComplianceDetailsByConfigRule': own('config', 'config-rule/*'),
    'config:DescribeConformancePacks': ALL,
    'config:DescribeConformancePackCompliance': own('config', 'conformance-pack/*'),
  },
};

export const GUARDDUTY: CollectorDescription = {
  id: 'guardduty',
  title: 'Threats that were found, what is watched for them, and scans for malware',
  version: 2,
  controls: ['threat-detection', 'malware-protection', 'event-analysis', 'incident-response', 'file-integrity'],
  scope: 'region',
  reads: 'api',
  actions: {
    'guardduty:ListDetectors': ALL,
    'guardduty:GetDetector': own('guardduty', 'detector/*'),
    'guardduty:ListFindings': ALL,
    'guardduty:GetFindings': ALL,
    'guardduty:ListCoverage': own('guardduty', 'detector/*'),
    'guardduty:GetCoverageStatistics': own('guardduty', 'detector/*'),
    'guardduty:DescribeMalwareScans': ALL,
    'guardduty:ListMalwareProtectionPlans': ALL,
    'guardduty:GetMalwareProtectionPlan': own('guardduty', 'malware-protection-plan/*'),
  },
};

export const SECURITY_HUB: CollectorDescription = {
  id: 'security-hub',
  title: 'Standards that resources are checked against, and findings with how long each was open',
  version: 2,
  controls: ['security-posture', 'vulnerability-management', 'incident-response'],
  scope: 'region',
  reads: 'api',
  actions: {
    'securityhub:DescribeHub': own('securityhub', 'hub/default'),
    'securityhub:GetEnabledStandards': own('securityhub', 'hub/default'),
    'securityhub:DescribeStandardsControls': own('securityhub', 'hub/default'),
    'securityhub:GetFindings': own('securityhub', 'hub/default'),
  },
};

export const INSPECTOR: CollectorDescription = {
  id: 'inspector',
  title: 'Vulnerabilities by severity and age, and what is scanned for them',
  version: 1,
  controls: ['vulnerability-management', 'patch-management'],
  scope: 'region',
  reads: 'api',
  actions: { 'inspector2:BatchGetAccountStatus': ALL, 'inspector2:ListFindings': ALL, 'inspector2:ListCoverage': ALL },
};

export const PATCHES: CollectorDescription = {
  id: 'patches',
  title: 'Patches of hosts',
  version: 1,
  controls: ['patch-management', 'asset-inventory'],
  scope: 'region',
  reads: 'api',
  actions: {
    'ssm:DescribeInstanceInformation': ALL,
    // Hosts may be instances of EC2 or managed ones: two kinds of ARNs.
    'ssm:DescribeInstancePatchStates': ALL,
    'ssm:DescribeInstancePatches': ALL,
    'ssm:ListResourceComplianceSummaries': ALL,
    'ssm:DescribePatchBaselines': ALL,
  },
};

export const IAM: CollectorDescription = {
  id: 'iam',
  title: 'Users with their passwords, keys and second factors',
  version: 1,
  controls: ['identity-management', 'strong-authentication', 'credential-lifecycle', 'access-review'],
  scope: 'account',
  reads: 'api',
  actions: {
    'iam:GenerateCredentialReport': ALL,
    'iam:GetCredentialReport': ALL,
    'iam:GetAccountSummary': ALL,
    'iam:GetAccountPasswordPolicy': ALL,
    'iam:ListUsers': ALL,
    'iam:ListMFADevices': 'arn:${partition}:iam::${account}:user/*',
    'iam:ListAccountAliases': ALL,
  },
};

export const RESTORE_TICKETS: CollectorDescription = {
  id: 'restore-tickets',
  title: 'Tickets of restore tests, as `RestoreTesting` wrote them',
  version: 1,
  controls: ['restore-testing', 'data-recovery', 'disaster-recovery'],
  scope: 'account',
  reads: 'reports',
  reports: 'restore-tests/',
  actions: {},
};

export const ACCESS_REVIEWS: CollectorDescription = {
  id: 'access-reviews',
  title: 'Reviews of who has access to what, as `AccessReview` wrote them, and who signed them',
  version: 1,
  controls: ['access-review', 'least-privilege', 'credential-lifecycle'],
  scope: 'account',
  reads: 'reports',
  reports: 'access-reviews/',
  actions: {},
};

export const ALARMS: CollectorDescription = {
  id: 'alarms',
  title: 'Alarms with their history, pictures of their metrics, and who is told',
  version: 1,
  controls: ['resource-monitoring', 'alert-routing', 'alert-baseline'],
  scope: 'region',
  reads: 'api',
  actions: {
    // Composite alarms are told only to those who may ask for all.
    'cloudwatch:DescribeAlarms': ALL,
    'cloudwatch:DescribeAlarmHistory': ALL,
    'cloudwatch:GetMetricWidgetImage': ALL,
    'sns:GetTopicAttributes': own('sns', '*'),
    'sns:ListSubscriptionsByTopic': own('sns', '*'),
  },
};

export const SECURITY_BULLETINS: CollectorDescription = {
  id: 'security-bulletins',
  title: 'Notices of AWS Health; only with a support plan of Business or above',
  version: 2,
  controls: ['security-bulletins', 'communication'],
  scope: 'account',
  reads: 'api',
  actions: { 'health:DescribeEvents': ALL, 'health:DescribeEventDetails': 'arn:${partition}:health:*::event/*' },
};
