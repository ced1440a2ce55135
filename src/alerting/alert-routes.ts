import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { EVENT as FILES_OF_A_HOST } from '../hosts/file-integrity-settings';
import { AlertSource } from './alert-source';
import { EVENT as BULLETINS } from './security-bulletins-settings';

/** A rule of EventBridge that passes events on to be told as alerts. */
export interface AlertRoute {
  readonly source: AlertSource;
  readonly description: string;
  /** What is matched; the number is the least severity, from 0 to 10. */
  readonly pattern: (minimumSeverity: number) => EventPattern;
  /** Whether events are matched that only read; EventBridge leaves those out unless a rule asks for them. */
  readonly readsToo?: boolean;
}

const NOT_SUCCESSFUL = ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'];

/** The highest severity of each label of Security Hub and Inspector, on a scale to 10. */
const LABELS = { INFORMATIONAL: 0, LOW: 3.9, MEDIUM: 6.9, HIGH: 8.9, CRITICAL: 10 };

/** Labels that stand for some severity that is at least a number. */
function labels(minimum: number): string[] {
  return Object.entries(LABELS).flatMap(([label, top]) => (top >= minimum ? label : []));
}

/** Ids of OCSF, from 1 (informational) to 6 (fatal), in the same order. */
function leastId(minimum: number): number {
  return Object.keys(LABELS).indexOf(labels(minimum)[0]) + 1;
}

/** Macie counts 1 (low), 2 (medium), 3 (high). */
function leastScore(minimum: number): number {
  return Math.max(1, Math.min(3, leastId(minimum) - 1));
}

/** Calls that CloudTrail recorded. */
function calls(detail: Readonly<Record<string, unknown>>): EventPattern {
  return { detailType: ['AWS API Call via CloudTrail'], detail };
}

/**
 * Every route, by the id of its rule.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html
 */
export const ALERT_ROUTES: Readonly<Record<string, AlertRoute>> = {
  GuardDuty: {
    source: AlertSource.GUARDDUTY,
    description: 'Findings of GuardDuty, by their number',
    pattern: (minimum) => ({
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', minimum] }] },
    }),
  },
  MalwareInBucket: {
    source: AlertSource.MALWARE_SCAN,
    description: 'Objects in which GuardDuty found malware',
    pattern: () => ({
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      detail: { scanResultDetails: { scanResultStatus: ['THREATS_FOUND'] } },
    }),
  },
  SecurityHub: {
    source: AlertSource.SECURITY_HUB,
    description: 'New findings of Security Hub CSPM, by label or number',
    pattern: (minimum) => ({
      source: ['aws.securityhub'],
      detailType: ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          RecordState: ['ACTIVE'],
          Workflow: { Status: ['NEW'] },
          $or: [
            { Severity: { Label: labels(minimum) } },
            { Severity: { Normalized: [{ numeric: ['>=', Math.round(minimum * 10)] }] } },
          ],
        },
      },
    }),
  },
  SecurityHubV2: {
    source: AlertSource.SECURITY_HUB_V2,
    description: 'New findings of Security Hub, by number',
    pattern: (minimum) => ({
      source: ['aws.securityhub'],
      detailType: ['Findings Imported V2'],
      detail: { findings: { status_id: [1], severity_id: [{ numeric: ['>=', leastId(minimum), '<=', 6] }] } },
    }),
  },
  Inspector: {
    source: AlertSource.INSPECTOR,
    description: 'Vulnerabilities that Inspector found or closed',
    pattern: (minimum) => ({
      source: ['aws.inspector2'],
      detailType: ['Inspector2 Finding'],
      detail: { status: ['ACTIVE', 'CLOSED'], severity: labels(minimum) },
    }),
  },
  FileIntegrity: {
    source: AlertSource.FILE_INTEGRITY,
    description: 'Files of servers that changed, and baselines that somebody tampered with',
    pattern: () => ({ source: [FILES_OF_A_HOST.source], detailType: [FILES_OF_A_HOST.detailType] }),
  },
  Macie: {
    source: AlertSource.MACIE,
    description: 'Findings of Macie, by number',
    pattern: (minimum) => ({
      source: ['aws.macie'],
      detailType: ['Macie Finding'],
      detail: { archived: [false], severity: { score: [{ numeric: ['>=', leastScore(minimum)] }] } },
    }),
  },
  AccessAnalyzer: {
    source: AlertSource.ACCESS_ANALYZER,
    description: 'What IAM Access Analyzer found, and what was resolved',
    pattern: () => ({
      source: ['aws.access-analyzer'],
      detailType: [{ wildcard: '*Access*Finding*' } as unknown as string],
      detail: { status: ['ACTIVE', 'RESOLVED'] },
    }),
  },
  SecurityBulletins: {
    source: AlertSource.SECURITY_BULLETINS,
    description: 'New security bulletins of AWS, of distributions and of agencies',
    pattern: () => ({ source: [BULLETINS.source], detailType: [BULLETINS.detailType] }),
  },
  Health: {
    source: AlertSource.HEALTH,
    description: 'Outages, investigations, abuse and security bulletins of AWS',
    pattern: () => ({
      source: ['aws.health'],
      detail: {
        $or: [
          { eventTypeCategory: ['issue', 'investigation'] },
          { service: ['ABUSE', 'RISK', 'SECURITY'] },
          { eventTypeCode: [{ wildcard: '*SECURITY*' }, { wildcard: '*VULNERABILIT*' }] },
        ],
      },
    }),
  },
  BackupAndCopyJobs: {
    source: AlertSource.BACKUP,
    description: 'Backup and copy jobs that did not succeed, by their state',
    pattern: () => ({
      source: ['aws.backup'],
      detailType: ['Backup Job State Change', 'Copy Job State Change'],
      detail: { state: NOT_SUCCESSFUL },
    }),
  },
  RestoreJobs: {
    source: AlertSource.BACKUP,
    description: 'Restore jobs that did not succeed, by their status',
    pattern: () => ({
      source: ['aws.backup'],
      detailType: ['Restore Job State Change'],
      detail: { status: NOT_SUCCESSFUL },
    }),
  },
  Config: {
    source: AlertSource.CONFIG,
    description: 'Resources that stopped or began to meet a rule of AWS Config',
    pattern: () => ({
      source: ['aws.config'],
      detailType: ['Config Rules Compliance Change'],
      detail: {
        messageType: ['ComplianceChangeNotification'],
        $or: [
          { newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
          {
            oldEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
            newEvaluationResult: { complianceType: ['COMPLIANT', 'NOT_APPLICABLE'] },
          },
        ],
      },
    }),
  },
  RootUse: {
    source: AlertSource.ROOT_USE,
    description: 'Everything that the root user does, and signs in to',
    pattern: () => ({
      detailType: ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'],
      detail: {
        userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] },
        eventType: [{ 'anything-but': ['AwsServiceEvent'] }],
      },
    }),
  },
  AuditTrail: {
    source: AlertSource.AUDIT_TRAIL,
    description: 'Logging, recording or threat detection that is switched off or changed',
    pattern: () =>
      calls({
        eventSource: [
          'cloudtrail.amazonaws.com',
          'config.amazonaws.com',
          'ec2.amazonaws.com',
          'guardduty.amazonaws.com',
          'inspector2.amazonaws.com',
          'logs.amazonaws.com',
          'macie2.amazonaws.com',
          'securityhub.amazonaws.com',
        ],
        eventName: [
          'DeleteConfigurationRecorder',
          'DeleteDeliveryChannel',
          'DeleteDetector',
          'DeleteFlowLogs',
          'DeleteLogGroup',
          'DeleteLogStream',
          'DeletePublishingDestination',
          'DeleteTrail',
          'Disable',
          'DisableMacie',
          'DisableSecurityHub',
          'DisableSecurityHubV2',
          'DisassociateFromAdministratorAccount',
          'PutEventSelectors',
          'StopConfigurationRecorder',
          'StopLogging',
          'StopMonitoringMembers',
          'UpdateDetector',
          'UpdateTrail',
        ],
      }),
  },
  Credentials: {
    source: AlertSource.CREDENTIALS,
    description: 'Keys, passwords and second factors that are made or taken away',
    pattern: () =>
      calls({
        eventSource: ['iam.amazonaws.com'],
        eventName: [
          'CreateAccessKey',
          'CreateLoginProfile',
          'CreateUser',
          'DeactivateMFADevice',
          'DeleteAccountPasswordPolicy',
          'DeleteVirtualMFADevice',
          'UpdateAccountPasswordPolicy',
          'UpdateLoginProfile',
        ],
      }),
  },
  LoginInformation: {
    source: AlertSource.CREDENTIALS,
    description: 'Refused attempts to read login information',
    readsToo: true,
    pattern: () =>
      calls({
        eventSource: ['ec2.amazonaws.com', 'secretsmanager.amazonaws.com', 'ssm.amazonaws.com'],
        eventName: [
          'BatchGetSecretValue',
          'GetParameter',
          'GetParameters',
          'GetParametersByPath',
          'GetPasswordData',
          'GetSecretValue',
        ],
        errorCode: [{ prefix: 'AccessDenied' }, { suffix: 'UnauthorizedOperation' }],
      }),
  },
  Deletions: {
    source: AlertSource.DELETIONS,
    description: 'Data, backups and keys that are deleted',
    pattern: () =>
      calls({
        eventSource: [
          'backup.amazonaws.com',
          'dynamodb.amazonaws.com',
          'elasticfilesystem.amazonaws.com',
          'kms.amazonaws.com',
          'rds.amazonaws.com',
          's3.amazonaws.com',
          'secretsmanager.amazonaws.com',
        ],
        eventName: [
          'DeleteBackupVault',
          'DeleteBackupVaultLockConfiguration',
          'DeleteBucket',
          'DeleteDBCluster',
          'DeleteDBClusterSnapshot',
          'DeleteDBInstance',
          'DeleteDBSnapshot',
          'DeleteFileSystem',
          'DeleteRecoveryPoint',
          'DeleteSecret',
          'DeleteTable',
          'DisableKey',
          'ScheduleKeyDeletion',
        ],
      }),
  },
};
