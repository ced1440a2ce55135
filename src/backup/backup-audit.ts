import { type Duration, Names, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SecureBucket } from '../data/secure-bucket';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { domainKey } from '../environment/domain-keys';
import type { Retention } from './air-gapped-vault';

/** What backups are held against. */
export interface BackupAuditProps {
  readonly tagKey: string;
  readonly tagValue: string;
  readonly rpo: Duration;
  readonly rto: Duration;
  readonly hoursBetween: number;
  readonly retention: Retention;
  readonly copiesToRegions: boolean;
  readonly copiesToAccounts: boolean;
  readonly breakGlassRole?: iam.IRole;
  readonly scans: boolean;
  /** Where reports go; a bucket of its own when it is not given. */
  readonly bucket?: s3.IBucket;
  /** The key of that bucket; the one for backups when it is not given. */
  readonly key?: kms.IKey;
}

/** What AWS Backup reports every day. */
const JOB_REPORTS = ['BACKUP_JOB_REPORT', 'COPY_JOB_REPORT', 'RESTORE_JOB_REPORT'];

/** Backup Audit Manager: a framework of controls, and daily reports of jobs and of controls. */
export class BackupAudit extends Construct {
  public readonly framework: backup.CfnFramework;
  public readonly reportPlans: backup.CfnReportPlan[];
  public readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: BackupAuditProps) {
    super(scope, id);
    this.framework = new backup.CfnFramework(this, 'Framework', {
      frameworkName: this.nameOf('controls'),
      frameworkDescription: `What ${scope.node.path} promises, held against what is there`,
      frameworkControls: controls(props),
    });
    this.bucket = props.bucket ?? this.makeBucket(props.key ?? domainKey(this, 'backup'));
    const plan = (template: string, more: object = {}) =>
      new backup.CfnReportPlan(this, template, {
        reportPlanName: this.nameOf(template.toLowerCase()),
        reportDeliveryChannel: { S3BucketName: this.bucket.bucketName, S3KeyPrefix: 'backup-audit', Formats: ['CSV', 'JSON'] },
        reportSetting: { ReportTemplate: template, ...more },
      });
    const frameworks = { FrameworkArns: [this.framework.attrFrameworkArn] };
    this.reportPlans = [
      ...[...JOB_REPORTS, ...(props.scans ? ['SCAN_JOB_REPORT'] : [])].map((template) => plan(template)),
      ...['RESOURCE_COMPLIANCE_REPORT', 'CONTROL_COMPLIANCE_REPORT'].map((template) => plan(template, frameworks)),
    ];
    // AWS Backup makes the role that the policy names when it makes the framework.
    if (props.bucket === undefined) this.bucket.policy?.node.addDependency(this.framework);
  }

  private nameOf(what: string): string {
    const name = Names.uniqueResourceName(this, { maxLength: 200, separator: '_', allowedSpecialCharacters: '_' });
    return `${name}_${what}`;
  }

  /**
   * A bucket that the role of the reports may write to. No key could be made with a policy that names the role before there is one,
   * so that the policy of the key has it in a condition.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-report-plan-api.html
   */
  private makeBucket(encryptionKey: kms.IKey): s3.Bucket {
    const bucket = partOfSafeguard(new SecureBucket(this, 'Reports', { encryptionKey }));
    const role = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: 'aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports',
    });
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Reports',
        principals: [new iam.ArnPrincipal(role)],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('backup-audit/*')],
        conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ReportsOfBackups',
        principals: [new iam.AnyPrincipal()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { ArnEquals: { 'aws:PrincipalArn': role } },
      }),
    );
    return bucket;
  }
}

type Parameters = Readonly<Record<string, string | number>>;

/**
 * Controls with their parameters.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html
 */
function controls(props: BackupAuditProps): backup.CfnFramework.FrameworkControlProperty[] {
  const { tagKey, tagValue, rpo, rto, hoursBetween, retention, breakGlassRole } = props;
  const [shortest, longest] = [retention.shortest.toDays(), retention.longest.toDays()];
  const protectedResources = { Tags: [{ Key: tagKey, Value: tagValue }] };
  const control = (controlName: string, parameters: Parameters = {}, controlScope: object = {}) => ({
    controlName,
    controlInputParameters: Object.entries(parameters).map(([parameterName, value]) => ({
      parameterName,
      parameterValue: String(value),
    })),
    controlScope,
  });
  return [
    control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', {}, protectedResources),
    control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', {
      ...frequency('requiredFrequency', hoursBetween),
      requiredRetentionDays: shortest,
    }),
    control('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', { requiredRetentionDays: shortest }),
    control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', breakGlassRole ? { principalArnList: breakGlassRole.roleArn } : {}),
    control('BACKUP_RECOVERY_POINT_ENCRYPTED'),
    control(
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      { minRetentionDays: Math.min(shortest, 35), maxRetentionDays: longest },
      protectedResources,
    ),
    control(
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      frequency('recoveryPointAge', rpo.toHours({ integral: false })),
      protectedResources,
    ),
    control('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', { maxRestoreTime: rto.toMinutes() }, protectedResources),
    ...(props.copiesToRegions ? [control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', {}, protectedResources)] : []),
    ...(props.copiesToAccounts ? [control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT', {}, protectedResources)] : []),
  ];
}

/** Hours in the units of a control: whole hours below a day, whole days from there on. */
function frequency(name: string, hours: number): Parameters {
  const isHours = hours < 24;
  return { [`${name}Unit`]: isHours ? 'hours' : 'days', [`${name}Value`]: Math.ceil(isHours ? hours : hours / 24) };
}
