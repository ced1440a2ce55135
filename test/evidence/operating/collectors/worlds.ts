import type * as backup from '@aws-sdk/client-backup';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as config from '@aws-sdk/client-config-service';
import type * as guardduty from '@aws-sdk/client-guardduty';
import type * as health from '@aws-sdk/client-health';
import type * as iamApi from '@aws-sdk/client-iam';
import type * as inspectorApi from '@aws-sdk/client-inspector2';
import type * as hub from '@aws-sdk/client-securityhub';
import type * as sns from '@aws-sdk/client-sns';
import type * as ssm from '@aws-sdk/client-ssm';
import type { Collector } from '../../../../src/evidence/operating/collector';
import { alarms } from '../../../../src/evidence/operating/collectors/alarms';
import { backups } from '../../../../src/evidence/operating/collectors/backups';
import { configCompliance } from '../../../../src/evidence/operating/collectors/config-rules';
import { guardDuty } from '../../../../src/evidence/operating/collectors/guardduty';
import { iam } from '../../../../src/evidence/operating/collectors/iam';
import { inspector } from '../../../../src/evidence/operating/collectors/inspector';
import { patches } from '../../../../src/evidence/operating/collectors/patches';
import { securityBulletins } from '../../../../src/evidence/operating/collectors/security-bulletins';
import { securityHub } from '../../../../src/evidence/operating/collectors/security-hub';
import { ACCOUNT, type Answers, awsError, PERIOD, REGION } from './fake-aws';

/** An account in which a collector finds something, on two pages where AWS gives pages. */
export interface World {
  readonly collector: Collector;
  readonly answers: Answers;
  /** Rows of each query. */
  readonly rows: Readonly<Record<string, number>>;
}

const day = (number: number) => new Date(PERIOD.from.getTime() + number * 86_400_000);
const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** A page for each item. */
const each = <Item, Page extends object>(items: readonly Item[], page: (item: Item) => Page): Page[] => items.map(page);

const BACKUPS: World = {
  collector: backups,
  answers: {
    'backup:ListBackupJobs': each(
      ['a', 'b'],
      (id): backup.ListBackupJobsOutput => ({
        BackupJobs: [{ BackupJobId: id, State: 'COMPLETED', ResourceArn: arn('rds', `db:${id}`), CreationDate: day(1) }],
      }),
    ),
    'backup:ListCopyJobs': each(
      ['a', 'b'],
      (id): backup.ListCopyJobsOutput => ({ CopyJobs: [{ CopyJobId: id, State: 'FAILED' }] }),
    ),
    'backup:ListRestoreJobs': each(
      ['a', 'b'],
      (id): backup.ListRestoreJobsOutput => ({
        RestoreJobs: [
          {
            RestoreJobId: id,
            Status: 'COMPLETED',
            ValidationStatus: 'SUCCESSFUL',
            CreationDate: day(2),
            CompletionDate: new Date(day(2).getTime() + 1_530_000),
          },
        ],
      }),
    ),
    'backup:ListScanJobs': [{ ScanJobs: [] } satisfies backup.ListScanJobsOutput],
    'backup:ListBackupVaults': each(
      ['main', 'copies'],
      (name): backup.ListBackupVaultsOutput => ({
        BackupVaultList: [
          { BackupVaultName: name, BackupVaultArn: arn('backup', `backup-vault:${name}`), Locked: true, MinRetentionDays: 35 },
        ],
      }),
    ),
    // The same recovery point in both vaults: a copy.
    'backup:ListRecoveryPointsByBackupVault': each(
      ['a', 'b'],
      (id): backup.ListRecoveryPointsByBackupVaultOutput => ({
        RecoveryPoints: [{ RecoveryPointArn: arn('backup', `recovery-point:${id}`), Status: 'COMPLETED' }],
      }),
    ),
    'backup:ListProtectedResources': each(
      ['a', 'b'],
      (id): backup.ListProtectedResourcesOutput => ({
        Results: [{ ResourceArn: arn('rds', `db:${id}`), LastBackupTime: day(13) }],
      }),
    ),
    'backup:ListRestoreTestingPlans': [
      {
        RestoreTestingPlans: [
          {
            RestoreTestingPlanArn: arn('backup', 'restore-testing-plan:monthly'),
            RestoreTestingPlanName: 'monthly',
            CreationTime: day(0),
            ScheduleExpression: 'cron(0 5 1 * ? *)',
          },
        ],
      } satisfies backup.ListRestoreTestingPlansOutput,
    ],
  },
  rows: {
    'backup-jobs': 2,
    'copy-jobs': 2,
    'restore-jobs': 2,
    'scan-jobs': 0,
    vaults: 2,
    'recovery-points': 4,
    'protected-resources': 2,
    'restore-testing-plans': 1,
  },
};

const CONFIG: World = {
  collector: configCompliance,
  answers: {
    'config:DescribeConfigurationRecorderStatus': [
      {
        ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'Success' }],
      } satisfies config.DescribeConfigurationRecorderStatusResponse,
    ],
    'config:DescribeConfigRules': each(
      ['encrypted', 'private'],
      (name): config.DescribeConfigRulesResponse => ({
        ConfigRules: [{ ConfigRuleName: name, ConfigRuleArn: arn('config', `config-rule/${name}`), Source: { Owner: 'AWS' } }],
      }),
    ),
    'config:DescribeComplianceByConfigRule': each(
      ['encrypted', 'private'],
      (name): config.DescribeComplianceByConfigRuleResponse => ({
        ComplianceByConfigRules: [{ ConfigRuleName: name, Compliance: { ComplianceType: 'NON_COMPLIANT' } }],
      }),
    ),
    'config:GetComplianceDetailsByConfigRule': ({ ConfigRuleName }) =>
      each(
        ['bucket-a', 'bucket-b'],
        (ResourceId): config.GetComplianceDetailsByConfigRuleResponse => ({
          EvaluationResults: [
            {
              ComplianceType: 'COMPLIANT',
              EvaluationResultIdentifier: {
                EvaluationResultQualifier: {
                  ConfigRuleName: String(ConfigRuleName),
                  ResourceType: 'AWS::S3::Bucket',
                  ResourceId,
                },
              },
            },
          ],
        }),
      ),
    'config:DescribeConformancePacks': [
      {
        ConformancePackDetails: [
          { ConformancePackName: 'base', ConformancePackArn: arn('config', 'conformance-pack/base/1'), ConformancePackId: '1' },
        ],
      } satisfies config.DescribeConformancePacksResponse,
    ],
    'config:DescribeConformancePackCompliance': each(
      ['one', 'two'],
      (ConfigRuleName): config.DescribeConformancePackComplianceResponse => ({
        ConformancePackName: 'base',
        ConformancePackRuleComplianceList: [{ ConfigRuleName, ComplianceType: 'COMPLIANT' }],
      }),
    ),
  },
  rows: {
    recorders: 1,
    rules: 2,
    'rule-compliance': 2,
    'resource-compliance': 4,
    'conformance-packs': 1,
    'conformance-pack-compliance': 2,
  },
};

const finding = (id: string, archived: boolean): guardduty.Finding => ({
  AccountId: ACCOUNT,
  Arn: arn('guardduty', `detector/d1/finding/${id}`),
  Id: id,
  Region: REGION,
  Type: 'Recon:EC2/PortProbeUnprotectedPort',
  Severity: 5,
  SchemaVersion: '2.0',
  Resource: {},
  Service: { Archived: archived },
  CreatedAt: day(1).toISOString(),
  UpdatedAt: day(3).toISOString(),
});

const GUARDDUTY: World = {
  collector: guardDuty,
  answers: {
    'guardduty:ListDetectors': [{ DetectorIds: ['d1'] } satisfies guardduty.ListDetectorsResponse],
    'guardduty:GetDetector': [
      {
        Status: 'ENABLED',
        ServiceRole: arn('iam', 'role/guardduty'),
        Features: [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' }],
      } satisfies guardduty.GetDetectorResponse,
    ],
    'guardduty:ListFindings': each(['open', 'archived'], (id): guardduty.ListFindingsResponse => ({ FindingIds: [id] })),
    'guardduty:GetFindings': ({ FindingIds }) => [
      { Findings: (FindingIds as string[]).map((id) => finding(id, id === 'archived')) } satisfies guardduty.GetFindingsResponse,
    ],
    'guardduty:ListCoverage': each(
      ['i-1', 'i-2'],
      (ResourceId): guardduty.ListCoverageResponse => ({
        Resources: [
          {
            ResourceId,
            AccountId: ACCOUNT,
            CoverageStatus: 'HEALTHY',
            ResourceDetails: { Ec2InstanceDetails: { AgentDetails: { Version: '1.7.0' }, ManagementType: 'AUTO_MANAGED' } },
          },
        ],
      }),
    ),
    'guardduty:GetCoverageStatistics': [
      {
        CoverageStatistics: { CountByCoverageStatus: { HEALTHY: 2, UNHEALTHY: 0 } },
      } satisfies guardduty.GetCoverageStatisticsResponse,
    ],
    'guardduty:DescribeMalwareScans': each(
      ['s1', 's2'],
      (ScanId): guardduty.DescribeMalwareScansResponse => ({
        Scans: [{ ScanId, ScanStatus: 'COMPLETED', ScanStartTime: day(2), ScanResultDetails: { ScanResult: 'CLEAN' } }],
      }),
    ),
    'guardduty:ListMalwareProtectionPlans': [
      { MalwareProtectionPlans: [{ MalwareProtectionPlanId: 'p1' }] } satisfies guardduty.ListMalwareProtectionPlansResponse,
    ],
    'guardduty:GetMalwareProtectionPlan': [
      {
        Arn: arn('guardduty', 'malware-protection-plan/p1'),
        Status: 'ACTIVE',
      } satisfies guardduty.GetMalwareProtectionPlanResponse,
    ],
  },
  rows: {
    detectors: 1,
    findings: 2,
    coverage: 2,
    'coverage-statistics': 1,
    'malware-scans': 2,
    'malware-protection-plans': 1,
  },
};

const asff = (Id: string, resolved: boolean): hub.AwsSecurityFinding => ({
  SchemaVersion: '2018-10-08',
  Id,
  ProductArn: arn('securityhub', 'product/aws/securityhub'),
  GeneratorId: 'S3.1',
  AwsAccountId: ACCOUNT,
  CreatedAt: day(0).toISOString(),
  UpdatedAt: day(5).toISOString(),
  Title: 'Buckets block public access',
  Description: 'A bucket does not',
  Resources: [],
  Workflow: { Status: resolved ? 'RESOLVED' : 'NEW' },
  RecordState: 'ACTIVE',
});

const SECURITY_HUB: World = {
  collector: securityHub,
  answers: {
    'securityhub:DescribeHub': [{ HubArn: arn('securityhub', 'hub/default') } satisfies hub.DescribeHubResponse],
    'securityhub:GetEnabledStandards': each(
      ['fsbp', 'cis'],
      (name): hub.GetEnabledStandardsResponse => ({
        StandardsSubscriptions: [
          {
            StandardsArn: `arn:aws:securityhub:::standards/${name}`,
            StandardsSubscriptionArn: arn('securityhub', `subscription/${name}`),
            StandardsInput: {},
            StandardsStatus: 'READY',
          },
        ],
      }),
    ),
    'securityhub:DescribeStandardsControls': ({ StandardsSubscriptionArn }) =>
      each(
        ['S3.1', 'S3.2'],
        (ControlId): hub.DescribeStandardsControlsResponse => ({
          Controls: [{ StandardsControlArn: `${StandardsSubscriptionArn}/${ControlId}`, ControlId, ControlStatus: 'ENABLED' }],
        }),
      ),
    'securityhub:GetFindings': each(
      [false, true],
      (resolved): hub.GetFindingsResponse => ({ Findings: [asff(`f-${resolved}`, resolved)] }),
    ),
  },
  rows: { hub: 1, standards: 2, controls: 4, findings: 2 },
};

const vulnerability = (id: string, status: inspectorApi.FindingStatus): inspectorApi.Finding => ({
  findingArn: arn('inspector2', `finding/${id}`),
  awsAccountId: ACCOUNT,
  type: 'PACKAGE_VULNERABILITY',
  description: 'A package has a hole',
  remediation: {},
  severity: 'HIGH',
  firstObservedAt: new Date('2026-09-26T06:00:00Z'),
  lastObservedAt: day(2),
  updatedAt: day(2),
  status,
  resources: [],
});

const INSPECTOR: World = {
  collector: inspector,
  answers: {
    'inspector2:BatchGetAccountStatus': [
      {
        accounts: [
          {
            accountId: ACCOUNT,
            state: { status: 'ENABLED', errorCode: 'ACCESS_DENIED', errorMessage: '' },
            resourceState: {
              ec2: { status: 'ENABLED', errorCode: 'ACCESS_DENIED', errorMessage: '' },
              ecr: { status: 'DISABLED', errorCode: 'ACCESS_DENIED', errorMessage: '' },
            },
          },
        ],
      } satisfies inspectorApi.BatchGetAccountStatusResponse,
    ],
    'inspector2:ListFindings': (input) => {
      const { findingStatus } = input.filterCriteria as { findingStatus: { value: inspectorApi.FindingStatus }[] };
      const status = findingStatus[0].value;
      return each(
        ['a', 'b'],
        (id): inspectorApi.ListFindingsResponse => ({ findings: [vulnerability(`${status}-${id}`, status)] }),
      );
    },
    'inspector2:ListCoverage': each(
      ['i-1', 'i-2'],
      (resourceId): inspectorApi.ListCoverageResponse => ({
        coveredResources: [{ resourceType: 'AWS_EC2_INSTANCE', resourceId, accountId: ACCOUNT, scanType: 'PACKAGE' }],
      }),
    ),
  },
  rows: { status: 1, 'open-findings': 2, 'closed-findings': 2, 'suppressed-findings': 2, coverage: 2 },
};

const PATCHES: World = {
  collector: patches,
  answers: {
    'ssm:DescribeInstanceInformation': each(
      ['i-1', 'i-2'],
      (InstanceId): ssm.DescribeInstanceInformationResult => ({
        InstanceInformationList: [{ InstanceId, AgentVersion: '3.3.0', PingStatus: 'Online' }],
      }),
    ),
    'ssm:DescribeInstancePatchStates': ({ InstanceIds }) => [
      {
        InstancePatchStates: (InstanceIds as string[]).map((InstanceId) => ({
          InstanceId,
          PatchGroup: '',
          BaselineId: 'pb-1',
          MissingCount: 1,
          OperationStartTime: day(1),
          OperationEndTime: day(1),
          Operation: 'Scan' as const,
        })),
      } satisfies ssm.DescribeInstancePatchStatesResult,
    ],
    'ssm:DescribeInstancePatches': each(
      ['KB1', 'KB2'],
      (KBId): ssm.DescribeInstancePatchesResult => ({
        Patches: [
          {
            KBId,
            Title: `openssl ${KBId}`,
            Classification: 'Security',
            Severity: 'Critical',
            State: 'MISSING',
            InstalledTime: day(0),
          },
        ],
      }),
    ),
    'ssm:ListResourceComplianceSummaries': each(
      ['i-1', 'i-2'],
      (ResourceId): ssm.ListResourceComplianceSummariesResult => ({
        ResourceComplianceSummaryItems: [
          { ComplianceType: 'Patch', ResourceType: 'ManagedInstance', ResourceId, Status: 'NON_COMPLIANT' },
        ],
      }),
    ),
    'ssm:DescribePatchBaselines': [
      { BaselineIdentities: [{ BaselineId: 'pb-1', BaselineName: 'ours' }] } satisfies ssm.DescribePatchBaselinesResult,
    ],
  },
  rows: { 'managed-hosts': 2, 'patch-states': 2, 'open-patches': 4, compliance: 2, baselines: 1 },
};

const REPORT = `user,arn,user_creation_time,password_enabled,mfa_active
<root_account>,arn:aws:iam::${ACCOUNT}:root,2020-01-01T00:00:00+00:00,not_supported,true
ada,arn:aws:iam::${ACCOUNT}:user/ada,2025-01-01T00:00:00+00:00,true,false`;

const user = (UserName: string): iamApi.User => ({
  UserName,
  UserId: `AIDA${UserName}`,
  Path: '/',
  Arn: `arn:aws:iam::${ACCOUNT}:user/${UserName}`,
  CreateDate: day(0),
});

const IAM: World = {
  collector: iam,
  answers: {
    'iam:GenerateCredentialReport': [{ State: 'COMPLETE' } satisfies iamApi.GenerateCredentialReportResponse],
    'iam:GetCredentialReport': [
      {
        Content: Buffer.from(REPORT),
        ReportFormat: 'text/csv',
        GeneratedTime: day(14),
      } satisfies iamApi.GetCredentialReportResponse,
    ],
    'iam:GetAccountSummary': [
      { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0 } } satisfies iamApi.GetAccountSummaryResponse,
    ],
    'iam:GetAccountPasswordPolicy': [
      { PasswordPolicy: { MinimumPasswordLength: 14 } } satisfies iamApi.GetAccountPasswordPolicyResponse,
    ],
    'iam:ListUsers': each(['ada', 'bob'], (name): iamApi.ListUsersResponse => ({ Users: [user(name)] })),
    'iam:ListMFADevices': ({ UserName }) => [
      {
        MFADevices: [{ UserName: String(UserName), SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/${UserName}`, EnableDate: day(0) }],
      } satisfies iamApi.ListMFADevicesResponse,
    ],
    'iam:ListAccountAliases': [{ AccountAliases: ['ours'] } satisfies iamApi.ListAccountAliasesResponse],
  },
  rows: { 'credential-report': 2, 'account-summary': 1, 'password-policy': 1, users: 2, 'mfa-devices': 2, 'account-aliases': 1 },
};

const TOPIC = arn('sns', 'alerts');

const alarm = (AlarmName: string): cloudwatch.MetricAlarm => ({
  AlarmName,
  AlarmArn: arn('cloudwatch', `alarm:${AlarmName}`),
  AlarmActions: [TOPIC],
  Namespace: 'AWS/RDS',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'db' }],
  Statistic: 'Average',
  Period: 300,
  Threshold: 80,
});

/** The start of every PNG. */
export const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

const ALARMS: World = {
  collector: alarms,
  answers: {
    'cloudwatch:DescribeAlarms': each(
      ['cpu', 'disk'],
      (name): cloudwatch.DescribeAlarmsOutput => ({
        MetricAlarms: [alarm(name)],
        ...(name === 'disk' && {
          CompositeAlarms: [{ AlarmName: 'both', AlarmArn: arn('cloudwatch', 'alarm:both'), AlarmRule: 'ALARM(cpu)' }],
        }),
      }),
    ),
    'cloudwatch:DescribeAlarmHistory': each(
      [1, 2],
      (number): cloudwatch.DescribeAlarmHistoryOutput => ({
        AlarmHistoryItems: [
          {
            AlarmName: 'cpu',
            Timestamp: day(number),
            HistoryItemType: 'StateUpdate',
            HistorySummary: 'Alarm updated from OK to ALARM',
          },
        ],
      }),
    ),
    'cloudwatch:GetMetricWidgetImage': [{ MetricWidgetImage: PNG } satisfies cloudwatch.GetMetricWidgetImageOutput],
    'sns:GetTopicAttributes': [
      { Attributes: { TopicArn: TOPIC, SubscriptionsConfirmed: '1' } } satisfies sns.GetTopicAttributesResponse,
    ],
    'sns:ListSubscriptionsByTopic': each(
      ['PendingConfirmation', `${TOPIC}:1`],
      (SubscriptionArn): sns.ListSubscriptionsByTopicResponse => ({
        Subscriptions: [
          {
            SubscriptionArn,
            Protocol: 'https',
            Endpoint: 'https://key:word@hooks.example.com/T00/secret?token=1',
            TopicArn: TOPIC,
          },
        ],
      }),
    ),
  },
  rows: { alarms: 3, 'alarm-history': 2, 'metric-images': 2, 'alert-topics': 1, 'alert-subscriptions': 2 },
};

const BULLETINS: World = {
  collector: securityBulletins,
  answers: {
    'health:DescribeEvents': each(
      ['a', 'b'],
      (id): health.DescribeEventsResponse => ({
        events: [{ arn: `arn:aws:health:global::event/IAM/${id}`, service: 'IAM', eventTypeCategory: 'accountNotification' }],
      }),
    ),
    'health:DescribeEventDetails': ({ eventArns }) => [
      {
        successfulSet: (eventArns as string[]).map((each) => ({
          event: { arn: each },
          eventDescription: { latestDescription: 'Upgrade your clients' },
        })),
      } satisfies health.DescribeEventDetailsResponse,
    ],
  },
  rows: { events: 2, 'event-texts': 2 },
};

export const WORLDS: readonly World[] = [BACKUPS, CONFIG, GUARDDUTY, SECURITY_HUB, INSPECTOR, PATCHES, IAM, ALARMS, BULLETINS];

export const EXPIRED = awsError('ExpiredTokenException', 'The security token included in the request is expired');
