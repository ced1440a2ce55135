import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { PermissionSetOptions } from './permission-set-options';

/** Names of the standard permission sets. */
export const READ_ONLY = 'ReadOnly';
export const POWER_USER = 'PowerUser';
export const AUDITOR = 'Auditor';
export const BREAK_GLASS = 'BreakGlass';

/** What reads data and secrets, of which an auditor needs none. */
const READS_DATA = [
  'athena:GetQueryResults',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ebs:GetSnapshotBlock',
  'kinesis:GetRecords',
  'kms:Decrypt',
  'rds-data:ExecuteStatement',
  'redshift-data:GetStatementResult',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
];

/** What switches off what watches over an account, or takes away what it can be restored from. */
const UNDOES_CONTROLS = [
  'access-analyzer:DeleteAnalyzer',
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:PutBackupVaultAccessPolicy',
  'backup:UpdateRecoveryPointLifecycle',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:StopConfigurationRecorder',
  'ec2:DeleteFlowLogs',
  'ec2:DisableEbsEncryptionByDefault',
  'ec2:DisableSnapshotBlockPublicAccess',
  'guardduty:DeleteDetector',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:StopMonitoringMembers',
  'guardduty:UpdateDetector',
  'inspector2:Disable',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
  'macie2:DisableMacie',
  'macie2:UpdateMacieSession',
  's3:BypassGovernanceRetention',
  's3:PutAccountPublicAccessBlock',
  'securityhub:BatchDisableStandards',
  'securityhub:DisableSecurityHub',
  'securityhub:DisassociateFromAdministratorAccount',
];

/** The standard permission sets. */
export function standardPermissionSets(auditorAccessEnds?: Date): PermissionSetOptions[] {
  return [
    {
      name: READ_ONLY,
      description:
        'For everyone who builds or runs a system: look at everything, secrets and what a key protects aside; change nothing',
      managedPolicies: [ofAws('ReadOnlyAccess')],
      inlinePolicy: denying('kms:Decrypt', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'),
    },
    {
      name: POWER_USER,
      description:
        'For those who operate a system: everything but who has access, and but switching off what watches over the account',
      managedPolicies: [ofAws('PowerUserAccess')],
      inlinePolicy: denying('iam:*', 'identitystore:*', 'sso:*', 'sso-directory:*', ...UNDOES_CONTROLS),
    },
    {
      name: AUDITOR,
      description: 'For auditors: look at how everything is set up; read no data, change nothing',
      managedPolicies: [ofAws('SecurityAudit')],
      inlinePolicy: auditorPolicy(auditorAccessEnds),
    },
    {
      name: BREAK_GLASS,
      description: 'For emergencies only: everything, for an hour. Every use is told at once and reviewed afterwards',
      managedPolicies: [ofAws('AdministratorAccess')],
      sessionDuration: Duration.hours(1),
    },
  ];
}

function ofAws(name: string): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromAwsManagedPolicyName(name);
}

function denying(...actions: string[]): iam.PolicyDocument {
  return new iam.PolicyDocument({ statements: [deny(actions)] });
}

function auditorPolicy(end?: Date): iam.PolicyDocument {
  const over = end && deny(['*'], { DateGreaterThan: { 'aws:CurrentTime': `${end.toISOString().slice(0, 19)}Z` } });
  return new iam.PolicyDocument({ statements: [deny(READS_DATA), ...(over ? [over] : [])] });
}

function deny(actions: string[], conditions?: iam.Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources: ['*'], conditions });
}
