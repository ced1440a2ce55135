import { Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { declare } from '../environment/declare';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { AirGappedVault, type Retention } from './air-gapped-vault';
import { BackupAlarms } from './backup-alarms';
import { BackupAudit } from './backup-audit';
import { destinationOf, mustBeElsewhere, otherAccounts, shareKey } from './backup-copies';
import { BackupCoverage } from './backup-coverage';
import { backupOptIn } from './backup-opt-in';
import { backupRole, CONTINUOUS_RETENTION, continuousPlan, scannerRole, snapshotPlan } from './backup-plans';
import type { BackupProgramProps } from './backup-program-props';
import { arnsIn, continuousPatterns, mustBeBeside, tagProtected } from './backup-resources';
import { type BackupSchedule, defaultSchedules, hoursBetween } from './backup-schedule';
import { checkProgram, targetsOf } from './backup-targets';
import { SecureBackupVault } from './secure-backup-vault';

/** Resources that a selection can name. */
const MOST_NAMED = 500;

/**
 * Backups of an account and Region: made by plan, kept from deletion, copied elsewhere, and missed when they fail to come.
 *
 * What `protect` names, and whatever else has the tag of the program, is backed up every day and kept for 35 days; in production also
 * every week for 90 days and every month for a year, and databases and buckets can be returned to any second. The vault is encrypted
 * and locked, and its policy denies deletion to everyone. In production backups are copied to vaults elsewhere, which you name. The
 * targets are written into the template, and the ledger shows them beside what the schedules can keep.
 *
 * What cannot be undone happens only where you say that you know: the lock of the vault can be lifted unless `complianceLock` is set,
 * and there is no air-gapped vault, which is always locked for good, unless `airGappedVault` is set.
 *
 * What it creates: a vault, one plan or two, a role, a function that looks for missing backups every six hours (every hour for an
 * objective below a day), settings of the Region, and a KMS key for backups, one for logs and one for data once for each stack; with
 * somewhere to send them, seven alarms beside those of the functions, and rules for events; in production the framework and five
 * reports of Backup Audit Manager with a bucket. What it costs in kind: storage of backups and copies, transfer to other Regions,
 * three metrics for the program and for each type of resource, the alarms, the keys, and evaluations of Backup Audit Manager.
 *
 * @example
 * const copies = backup.BackupVault.fromBackupVaultArn(this, 'Copies', 'arn:aws:backup:eu-central-1:444455556666:backup-vault:copies');
 * const orders = new SecureTable(this, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
 *
 * const backups = new BackupProgram(this, 'Backups', { rpo: Duration.hours(24), rto: Duration.hours(4), copyTo: [copies] });
 * backups.protect(orders);
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-considerations.html
 */
export class BackupProgram extends Construct {
  /** How much work may be lost. */
  public readonly rpo: Duration;
  /** How long a restore may take. */
  public readonly rto: Duration;
  /** Key of the tag that puts a resource into the program. */
  public readonly tagKey: string;
  /** Its value. */
  public readonly tagValue: string;
  /** Where backups are kept. */
  public readonly vault: backup.IBackupVault;
  /** The key of the vault; not set for a vault that there is already, unless it is given. */
  public readonly encryptionKey?: kms.IKey;
  /** The role that AWS Backup makes backups with. */
  public readonly role: iam.Role;
  /** The plan, by its schedules. */
  public readonly plan: backup.CfnBackupPlan;
  /** The plan for what can be returned to any second; not set without `continuous`. */
  public readonly continuousPlan?: backup.CfnBackupPlan;
  /** The vault that AWS keeps apart; not set without `airGappedVault`. */
  public readonly airGappedVault?: backup.CfnLogicallyAirGappedBackupVault;
  /** The controls of Backup Audit Manager; not set without `auditFramework`. */
  public readonly framework?: backup.CfnFramework;
  /** Where the reports of Backup Audit Manager go; not set without `auditFramework`. */
  public readonly reportBucket?: s3.IBucket;

  private readonly constructs: IConstruct[] = [];
  private readonly copyAccounts: readonly string[];

  /**
   * @param scope where the program is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the schedules cannot keep the objective, when production has nowhere to copy to, or when something that cannot be undone
   * is asked for outside production, or not in so many words.
   */
  constructor(scope: Construct, id: string, props: BackupProgramProps) {
    super(scope, id);
    const { kind, isProduction } = Soc2Environment.of(this);
    const { rpo, rto, alarmTopic, breakGlassRole, failedJobsThreshold: threshold = 1 } = props;
    const schedules = props.schedules ?? defaultSchedules(isProduction);
    checkProgram(props, schedules, isProduction);
    const isContinuous = props.continuous ?? isProduction;
    const hasAudit = props.auditFramework ?? isProduction;
    const scans = props.malwareScan ?? false;
    this.rpo = rpo;
    this.rto = rto;
    this.tagKey = props.tagKey ?? 'BackupProgram';
    this.tagValue = props.tagValue ?? kind.toLowerCase();

    const stack = Stack.of(this);
    const retention = retentionOf(schedules, isContinuous);
    this.encryptionKey = props.encryptionKey ?? (props.existingVault ? undefined : domainKey(this, 'backup'));
    this.vault = props.existingVault ?? this.makeVault(props, retention);
    const copies = (props.copyTo ?? []).map((vault) => destinationOf(vault, stack));
    for (const copy of copies) mustBeElsewhere(copy, stack);
    this.copyAccounts = otherAccounts(copies, stack);
    if (this.encryptionKey) shareKey(this.encryptionKey, this.copyAccounts);
    if (props.airGappedVault)
      this.airGappedVault = new AirGappedVault(this, 'AirGapped', props.airGappedVault, retention).resource;

    this.role = backupRole(this, 'Role', scans);
    const name = Names.uniqueResourceName(this, { maxLength: 40, separator: '-', allowedSpecialCharacters: '-' });
    const { backupVaultName: vaultName } = this.vault;
    this.plan = snapshotPlan(this, 'Plan', name, {
      vaultName,
      schedules,
      copies,
      airGappedVaultArn: this.airGappedVault?.attrBackupVaultArn,
      scannerRole: scans ? scannerRole(this, 'ScannerRole') : undefined,
    });
    const selection = this.select('Selection', this.plan, {
      listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: this.tagKey, conditionValue: this.tagValue }],
      resources: Lazy.list({ produce: () => arnsIn(this.constructs) }, { omitEmpty: true }),
    });
    if (isContinuous) {
      this.continuousPlan = continuousPlan(this, 'ContinuousPlan', `${name}-any-second`, vaultName);
      this.select('ContinuousSelection', this.continuousPlan, {
        resources: continuousPatterns(stack),
        conditions: { StringEquals: [{ ConditionKey: `aws:ResourceTag/${this.tagKey}`, ConditionValue: this.tagValue }] },
      });
    }

    if (props.serviceOptIn ?? true) this.plan.node.addDependency(backupOptIn(this, 'OptIn', alarmTopic));
    new BackupAlarms(this, 'Jobs', { vault: this.vault, alarmTopic, threshold, sendsEvents: props.failedJobEvents ?? true });
    const between = hoursBetween(schedules);
    new BackupCoverage(this, 'Coverage', {
      plan: this.plan,
      selection,
      vault: this.vault,
      rpo,
      hoursBetween: between,
      alarmTopic,
    });
    if (hasAudit) {
      const audit = new BackupAudit(this, 'Audit', {
        ...{ rpo, rto, retention, breakGlassRole, scans },
        ...{ tagKey: this.tagKey, tagValue: this.tagValue, key: this.encryptionKey, bucket: props.reportBucket },
        hoursBetween: between,
        copiesToRegions: copies.some(({ region }) => region !== stack.region),
        copiesToAccounts: this.copyAccounts.length > 0,
      });
      this.framework = audit.framework;
      this.reportBucket = audit.bucket;
    }
    declare(this, 'backup', targetsOf(props, { schedules, copies, continuous: isContinuous }));
    this.node.addValidation({ validate: () => this.problems() });
  }

  /**
   * Back up every database, table, file system, bucket, instance and volume in constructs: they are named in the plan, and get the tag
   * of the program.
   *
   * @param constructs a resource each, or something with resources below it, a stack for example.
   * @throws when a construct is in another account or Region.
   */
  public protect(...constructs: IConstruct[]): void {
    for (const construct of constructs) {
      mustBeBeside(this, construct);
      tagProtected(construct, this.tagKey, this.tagValue);
      this.constructs.push(construct);
    }
  }

  /**
   * Let the accounts that copies go to use the key of a resource. Backups of EBS, EC2, RDS, Aurora, DocumentDB and Neptune stay
   * encrypted with the key of the resource, and cannot be copied to another account without.
   *
   * @param key the key that the resource is encrypted with.
   */
  public shareKeyForCopies(key: kms.IKey): void {
    shareKey(key, this.copyAccounts);
  }

  private makeVault(props: BackupProgramProps, { shortest, longest }: Retention): SecureBackupVault {
    const { breakGlassRole, deploymentRoles, complianceLock } = props;
    return new SecureBackupVault(this, 'Vault', {
      ...{ breakGlassRole, deploymentRoles, complianceLock },
      encryptionKey: this.encryptionKey,
      lockConfiguration: { minRetention: shortest, maxRetention: longest },
    });
  }

  private select(
    id: string,
    plan: backup.CfnBackupPlan,
    what: Pick<backup.CfnBackupSelection.BackupSelectionResourceTypeProperty, 'conditions' | 'listOfTags' | 'resources'>,
  ): backup.CfnBackupSelection {
    return new backup.CfnBackupSelection(this, id, {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: { selectionName: id, iamRoleArn: this.role.roleArn, ...what },
    });
  }

  private problems(): string[] {
    const empty = this.constructs.filter((construct) => arnsIn([construct]).length === 0);
    const { length } = arnsIn(this.constructs);
    return [
      ...empty.map(
        (each) => `'${each.node.path}' of 'protect' must have a resource that AWS Backup protects, got none: leave it out`,
      ),
      ...(length > MOST_NAMED
        ? [
            `'protect' must name ${MOST_NAMED} resources or fewer, got ${length}: tag some with ${this.tagKey} = ${this.tagValue} instead`,
          ]
        : []),
    ];
  }
}

/** What the lock of the vault lets in. */
function retentionOf(schedules: readonly BackupSchedule[], isContinuous: boolean): Retention {
  const days = [...schedules.map(({ retention }) => retention), ...(isContinuous ? [CONTINUOUS_RETENTION] : [])].map((each) =>
    each.toDays(),
  );
  const shortest = Math.min(...days);
  // A lock has some room between them.
  return { shortest: Duration.days(shortest), longest: Duration.days(Math.max(...days, shortest + 1)) };
}
