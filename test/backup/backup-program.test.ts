import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  BackupProgram,
  type BackupProgramProps,
  EnvironmentKind,
  SecureBackupVault,
  SecureTopic,
  Soc2Environment,
} from '../../src';
import { NOT_MADE } from '../e2e/emulated.gaps';
import { build, type CloudFormationTemplate, ENV, objections } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { unaccepted } from '../helpers/nag.accepted';
import { describeWithTool } from '../helpers/optional';
import { keepsItsPromises } from '../helpers/promises';

const COPIES = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:copies';
const elsewhere = (stack: Stack) => backup.BackupVault.fromBackupVaultArn(stack, 'Copies', COPIES);

const program = (stack: Stack, props: Partial<BackupProgramProps> = {}) =>
  new BackupProgram(stack, 'Backups', {
    rpo: Duration.hours(24),
    rto: Duration.hours(4),
    copyTo: [elsewhere(stack)],
    ...props,
  });

/** The template of a stack in an environment of a kind, judged by nobody: `build` takes its time. */
function synthesized(make: (stack: Stack) => void, kind = EnvironmentKind.PRODUCTION): CloudFormationTemplate {
  const app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } });
  Soc2Environment.declare(app, { kind, owner: 'platform team' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  return Template.fromStack(stack).toJSON() as CloudFormationTemplate;
}

function all({ Resources }: CloudFormationTemplate, type: string) {
  return Object.entries(Resources).flatMap(([id, resource]) => (resource.Type === type ? [Object.assign({ id }, resource)] : []));
}

const rulesOf = (template: CloudFormationTemplate, plan = /^BackupsPlan/) =>
  all(template, 'AWS::Backup::BackupPlan').find(({ id }) => plan.test(id))?.Properties.BackupPlan.BackupPlanRule;

const table = (stack: Stack, id = 'Orders') =>
  new dynamodb.TableV2(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });

// The first one loads the packs of cdk-nag, on a machine that may be busy.
jest.setTimeout(300_000);

keepsItsPromises({ make: (stack) => program(stack) });

test('with everything on, in production, no rule objects, and cdk-nag finds nothing that is not accepted', () => {
  const built = build((stack) => {
    const topic = new SecureTopic(stack, 'Alerts');
    topic.addSubscription({
      bind: () => ({ protocol: sns.SubscriptionProtocol.EMAIL, endpoint: 'a@example.com', subscriberId: 'A' }),
    });
    const breakGlassRole = iam.Role.fromRoleArn(stack, 'BreakGlass', `arn:aws:iam::${ENV.account}:role/break-glass`);
    program(stack, {
      alarmTopic: topic,
      breakGlassRole,
      malwareScan: true,
      airGappedVault: { iUnderstandThatItIsIrreversible: true },
      complianceLock: { iUnderstandThatItIsIrreversible: true, coolingOff: Duration.days(7) },
    });
  });
  expect(objections(built)).toEqual([]);
  expect(unaccepted(built.nag).filter((finding) => / at Stack\/Backups\//.test(finding))).toEqual([]);
  expect(built.validation).toEqual([]);
  expect(built.ledger.declarations).toEqual([
    expect.objectContaining({ template: 'Stack.template.json', kind: 'backup', at: 'Stack/Backups' }),
  ]);
});

describe('plans', () => {
  test('in production back up every day, week and month, and keep backups as declared', () => {
    const rules = rulesOf(synthesized((stack) => program(stack)));
    const said = rules.map(({ RuleName, ScheduleExpression, Lifecycle }: Record<string, unknown>) => [
      RuleName,
      ScheduleExpression,
      Lifecycle,
    ]);
    expect(said).toEqual([
      ['daily', 'cron(0 5 * * ? *)', { DeleteAfterDays: 35 }],
      ['weekly', 'cron(0 5 ? * SUN *)', { DeleteAfterDays: 90 }],
      [
        'monthly',
        'cron(0 5 1 * ? *)',
        { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 90, OptInToArchiveForSupportedResources: true },
      ],
    ]);
  });

  test.each([EnvironmentKind.STAGING, EnvironmentKind.DEVELOPMENT])('in %s back up every day, and copy nothing', (kind) => {
    const template = synthesized((stack) => program(stack, { copyTo: undefined }), kind);
    const rules = rulesOf(template);
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({ RuleName: 'daily', Lifecycle: { DeleteAfterDays: 35 }, CopyActions: [] });
    for (const type of ['Framework', 'ReportPlan', 'LogicallyAirGappedBackupVault'])
      expect(all(template, `AWS::Backup::${type}`)).toEqual([]);
    expect(all(template, 'AWS::Backup::BackupPlan')).toHaveLength(1);
  });

  test('copy every backup to every vault that is named, for as long', () => {
    const [daily, , monthly] = rulesOf(synthesized((stack) => program(stack)));
    expect(daily.CopyActions).toEqual([{ DestinationBackupVaultArn: COPIES, Lifecycle: { DeleteAfterDays: 35 } }]);
    expect(monthly.CopyActions[0].Lifecycle).toEqual({ DeleteAfterDays: 365, MoveToColdStorageAfterDays: 90 });
  });

  test('return what can be to any second of 35 days, in a plan of their own that takes nothing else', () => {
    const template = synthesized((stack) => program(stack));
    expect(rulesOf(template, /Continuous/)).toEqual([
      expect.objectContaining({ EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } }),
    ]);
    const selection = all(template, 'AWS::Backup::BackupSelection').find(({ id }) => /Continuous/.test(id));
    expect(selection?.Properties.BackupSelection).toMatchObject({
      Resources: ['arn:aws:rds:*:*:db:*', 'arn:aws:rds:*:*:cluster:*', 'arn:aws:s3:::*'],
      Conditions: {
        StringEquals: [{ ConditionKey: 'aws:ResourceTag/BackupProgram', ConditionValue: 'production' }],
      },
    });
    expect(
      rulesOf(
        synthesized((stack) => program(stack, { continuous: false })),
        /Continuous/,
      ),
    ).toBeUndefined();
  });

  test('have the backups scanned where that is asked for: changes often, everything now and then', () => {
    const template = synthesized((stack) => program(stack, { malwareScan: true }));
    const plan = all(template, 'AWS::Backup::BackupPlan').find(({ id }) => /^BackupsPlan/.test(id))!.Properties.BackupPlan;
    expect(plan.ScanSettings).toEqual([
      {
        MalwareScanner: 'GUARDDUTY',
        ResourceTypes: ['EBS', 'EC2', 'S3'],
        ScannerRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/ScannerRole/), 'Arn'] },
      },
    ]);
    expect(plan.BackupPlanRule.map((rule: { ScanActions: unknown }) => rule.ScanActions)).toEqual(
      ['INCREMENTAL_SCAN', 'INCREMENTAL_SCAN', 'FULL_SCAN'].map((ScanMode) => [{ MalwareScanner: 'GUARDDUTY', ScanMode }]),
    );
    expect(JSON.stringify(synthesized((stack) => program(stack)))).not.toMatch(/GUARDDUTY/);
  });

  test('of the app come before those of the library', () => {
    const schedules = [
      { name: 'often', schedule: events.Schedule.cron({ minute: '0', hour: '*/4' }), retention: Duration.days(40) },
    ];
    const template = synthesized((stack) => program(stack, { schedules, rpo: Duration.hours(4) }));
    expect(rulesOf(template)).toMatchObject([{ RuleName: 'often', ScheduleExpression: 'cron(0 */4 * * ? *)' }]);
  });
});

describe('the vault', () => {
  test('lets in what the schedules keep, and is locked so that an administrator can lift it', () => {
    const [{ Properties, DeletionPolicy }] = all(
      synthesized((stack) => program(stack)),
      'AWS::Backup::BackupVault',
    );
    expect(Properties.LockConfiguration).toEqual({ MinRetentionDays: 35, MaxRetentionDays: 365 });
    expect(Properties.EncryptionKeyArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Soc2BackupKey/), 'Arn'] });
    expect(DeletionPolicy).toBe('Retain');
  });

  test('that there is already stays as it is', () => {
    const template = synthesized((stack) =>
      program(stack, { existingVault: backup.BackupVault.fromBackupVaultName(stack, 'Old', 'old') }),
    );
    expect(all(template, 'AWS::Backup::BackupVault')).toEqual([]);
    expect(rulesOf(template)[0].TargetBackupVault).toBe('old');
    const outside = synthesized(
      (stack) => program(stack, { existingVault: backup.BackupVault.fromBackupVaultName(stack, 'Old', 'old') }),
      EnvironmentKind.STAGING,
    );
    // No key is billed that nothing is encrypted with.
    expect(all(outside, 'AWS::KMS::Key').filter(({ id }) => /Backup/.test(id))).toEqual([]);
  });

  test('that AWS keeps apart gets a copy of every backup, without cold storage, with a key that AWS owns', () => {
    const template = synthesized((stack) =>
      program(stack, { copyTo: undefined, airGappedVault: { iUnderstandThatItIsIrreversible: true } }),
    );
    const [{ id, Properties, DeletionPolicy }] = all(template, 'AWS::Backup::LogicallyAirGappedBackupVault');
    expect(Properties).toEqual({ BackupVaultName: expect.any(String), MinRetentionDays: 35, MaxRetentionDays: 365 });
    expect(DeletionPolicy).toBe('Retain');
    expect(rulesOf(template).map((rule: { CopyActions: unknown }) => rule.CopyActions)).toEqual(
      [35, 90, 365].map((DeleteAfterDays) => [
        { DestinationBackupVaultArn: { 'Fn::GetAtt': [id, 'BackupVaultArn'] }, Lifecycle: { DeleteAfterDays } },
      ]),
    );
  });

  test('nothing is locked for good unless somebody says so', () => {
    const template = synthesized((stack) => program(stack));
    expect(JSON.stringify(template)).not.toMatch(/ChangeableForDays|LogicallyAirGapped/);
  });
});

describe('copies', () => {
  test('go to a vault in a stack of another Region, which is named without a reference between the stacks', () => {
    const app = new App();
    Soc2Environment.declare(app, { kind: EnvironmentKind.PRODUCTION, owner: 'platform team' });
    const other = new Stack(app, 'Other', { env: { ...ENV, region: 'eu-central-1' } });
    const stack = new Stack(app, 'Stack', { env: ENV });
    program(stack, { copyTo: [new SecureBackupVault(other, 'Vault', { backupVaultName: 'copies' })] });
    const template = Template.fromStack(stack).toJSON() as CloudFormationTemplate;
    expect(JSON.stringify(rulesOf(template)[0].CopyActions)).toContain(`:backup:eu-central-1:${ENV.account}:backup-vault:copies`);
    expect(stack.dependencies).toEqual([]);
    // The account is its own: nobody else needs the key.
    expect(JSON.stringify(all(template, 'AWS::KMS::Key'))).not.toContain('GrantToServicesForCopies');
  });

  test('to another account let it use the key of the vault, and give grants to services only', () => {
    const [key] = all(
      synthesized((stack) => program(stack)),
      'AWS::KMS::Key',
    ).filter(({ id }) => /^Soc2BackupKey/.test(id));
    const principal = { AWS: 'arn:aws:iam::444455556666:root' };
    expect(key.Properties.KeyPolicy.Statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Sid: 'UseForCopiesInOtherAccounts', Effect: 'Allow', Principal: principal }),
        {
          Sid: 'GrantToServicesForCopies',
          Effect: 'Allow',
          Principal: principal,
          Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
          Resource: '*',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ]),
    );
  });

  test('of what keeps its own key need that key too', () => {
    const template = synthesized((stack) => program(stack).shareKeyForCopies(new kms.Key(stack, 'DatabaseKey')));
    const [key] = all(template, 'AWS::KMS::Key').filter(({ id }) => /^DatabaseKey/.test(id));
    expect(key.Properties.KeyPolicy.Statement.map(({ Sid }: { Sid?: string }) => Sid)).toContain('GrantToServicesForCopies');
  });
});

describe('protect', () => {
  const selectionOf = (template: CloudFormationTemplate) =>
    all(template, 'AWS::Backup::BackupSelection').find(({ id }) => /^BackupsSelection/.test(id))!.Properties.BackupSelection;

  test('names and tags every kind of resource, and no member of a cluster', () => {
    const template = synthesized((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
      const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
      const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 });
      const clusterEngine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 });
      program(stack).protect(
        table(stack),
        new s3.Bucket(stack, 'Uploads'),
        new efs.FileSystem(stack, 'Files', { vpc, vpcSubnets }),
        new rds.DatabaseInstance(stack, 'Ledger', { engine, vpc, vpcSubnets }),
        new rds.DatabaseCluster(stack, 'Shop', {
          engine: clusterEngine,
          vpc,
          vpcSubnets,
          writer: rds.ClusterInstance.serverlessV2('writer'),
        }),
        new ec2.Volume(stack, 'Disk', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(8) }),
      );
    });
    const selection = selectionOf(template);
    expect(selection.ListOfTags).toEqual([
      { ConditionType: 'STRINGEQUALS', ConditionKey: 'BackupProgram', ConditionValue: 'production' },
    ]);
    const ids = selection.Resources.map(
      (each: object) => JSON.stringify(each).match(/(Orders|Uploads|Files|Ledger|Shop|Disk)/)?.[1],
    );
    expect(ids.sort()).toEqual(['Disk', 'Files', 'Ledger', 'Orders', 'Shop', 'Uploads']);
    const tagged = Object.values(template.Resources).filter(({ Properties }) =>
      JSON.stringify(Properties?.Tags ?? Properties?.FileSystemTags ?? Properties?.Replicas ?? []).includes('BackupProgram'),
    );
    expect([...new Set(tagged.map(({ Type }) => Type))].sort()).toEqual([
      'AWS::DynamoDB::GlobalTable',
      'AWS::EC2::Volume',
      'AWS::EFS::FileSystem',
      'AWS::RDS::DBCluster',
      'AWS::RDS::DBInstance',
      'AWS::S3::Bucket',
    ]);
  });

  test('takes in what is added to a construct later', () => {
    const template = synthesized((stack) => {
      program(stack).protect(stack);
      table(stack, 'Later');
    });
    expect(JSON.stringify(selectionOf(template).Resources)).toContain('Later');
  });

  test('the tag may be one that the app has', () => {
    const template = synthesized((stack) => program(stack, { tagKey: 'Environment', tagValue: 'live' }));
    expect(selectionOf(template).ListOfTags[0]).toMatchObject({ ConditionKey: 'Environment', ConditionValue: 'live' });
  });

  test('stops at another Region, and says what to do', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const other = new Stack(app, 'Other', { env: { ...ENV, region: 'us-east-1' } });
    const backups = program(stack);
    expect(() => backups.protect(table(other))).toThrow(
      "'Other/Orders' must be in the region of the backup program 'Stack/Backups', eu-west-1, got us-east-1: make a program there as well",
    );
  });

  test('of nothing that can be backed up is an error, and so are more resources than a selection can name', () => {
    expect(() => synthesized((stack) => program(stack).protect(new sns.Topic(stack, 'Topic')))).toThrow(
      "'Stack/Topic' of 'protect' must have a resource that AWS Backup protects, got none: leave it out",
    );
    const many = (stack: Stack) => {
      const data = new Construct(stack, 'Data');
      for (let index = 0; index < 501; index++) new s3.CfnBucket(data, `Bucket${index}`);
      program(stack).protect(data);
    };
    expect(() => synthesized(many)).toThrow(
      "'protect' must name 500 resources or fewer, got 501: tag some with BackupProgram = production instead",
    );
  });
});

describe('alarms', () => {
  const named = (template: CloudFormationTemplate) =>
    all(template, 'AWS::CloudWatch::Alarm').map(({ Properties: { MetricName, ...rest } }) => ({ MetricName, ...rest }));

  test('are made where there is somewhere to send them', () => {
    const template = synthesized((stack) => program(stack, { alarmTopic: new sns.Topic(stack, 'Alerts') }));
    expect(named(template).map(({ MetricName }) => MetricName)).toEqual(
      expect.arrayContaining([
        'HoursSinceLastRecoveryPoint',
        'NumberOfBackupJobsAborted',
        'NumberOfBackupJobsExpired',
        'NumberOfBackupJobsFailed',
        'NumberOfCopyJobsFailed',
        'ResourcesToProtect',
        'UnprotectedResources',
      ]),
    );
    expect(named(synthesized((stack) => program(stack)))).toEqual([]);
  });

  test('go off when a backup is older than the objective, and when a resource has none, nobody looked or there is none', () => {
    const template = synthesized((stack) =>
      program(stack, { alarmTopic: new sns.Topic(stack, 'Alerts'), rpo: Duration.hours(30) }),
    );
    const alarm = (metric: string) => named(template).find(({ MetricName }) => MetricName === metric);
    expect(alarm('HoursSinceLastRecoveryPoint')).toMatchObject({
      Namespace: 'Soc2/Backup',
      Dimensions: [{ Name: 'Program', Value: 'Stack/Backups' }],
      Threshold: 30,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 6 * 3600,
      EvaluationPeriods: 2,
    });
    expect(alarm('UnprotectedResources')).toMatchObject({ Threshold: 1, TreatMissingData: 'breaching', EvaluationPeriods: 6 });
    expect(alarm('ResourcesToProtect')).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 6,
    });
  });

  test('look every hour for an objective below a day, and back for a week at most', () => {
    const schedule = (expression: string) => [
      { name: 'own', schedule: events.Schedule.expression(expression), retention: Duration.days(35) },
    ];
    const look = (rpo: Duration, expression: string) => {
      const template = synthesized(
        (stack) => program(stack, { alarmTopic: new sns.Topic(stack, 'A'), rpo, schedules: schedule(expression), copyTo: [] }),
        EnvironmentKind.DEVELOPMENT,
      );
      const { Period, EvaluationPeriods } = named(template).find(({ MetricName }) => MetricName === 'UnprotectedResources')!;
      return Period * EvaluationPeriods;
    };
    expect(look(Duration.hours(4), 'cron(0 */4 * * ? *)')).toBe(16 * 3600);
    expect(look(Duration.days(31), 'cron(0 5 1 * ? *)')).toBe(7 * 24 * 3600);
  });

  test('the events of jobs that failed are told of: backups and copies by state, restores by status', () => {
    const template = synthesized((stack) => program(stack, { alarmTopic: new sns.Topic(stack, 'Alerts') }));
    const patterns = all(template, 'AWS::Events::Rule').flatMap(({ Properties: { EventPattern } }) => EventPattern ?? []);
    expect(patterns).toEqual([
      {
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change', 'Copy Job State Change'],
        detail: { state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] },
      },
      { source: ['aws.backup'], 'detail-type': ['Restore Job State Change'], detail: { status: ['ABORTED', 'FAILED'] } },
    ]);
    const routed = synthesized((stack) => program(stack, { alarmTopic: new sns.Topic(stack, 'A'), failedJobEvents: false }));
    expect(all(routed, 'AWS::Events::Rule').filter(({ Properties }) => Properties.EventPattern)).toEqual([]);
  });

  test('their threshold is an option', () => {
    const template = synthesized((stack) =>
      program(stack, { alarmTopic: new sns.Topic(stack, 'Alerts'), failedJobsThreshold: 3 }),
    );
    expect(named(template).find(({ MetricName }) => MetricName === 'NumberOfBackupJobsFailed')).toMatchObject({ Threshold: 3 });
  });
});

describe('Backup Audit Manager', () => {
  test('holds backups against what is declared', () => {
    const [{ Properties }] = all(
      synthesized((stack) =>
        program(stack, { breakGlassRole: iam.Role.fromRoleArn(stack, 'Glass', `arn:aws:iam::${ENV.account}:role/glass`) }),
      ),
      'AWS::Backup::Framework',
    );
    const tags = { Tags: [{ Key: 'BackupProgram', Value: 'production' }] };
    const parameters = (values: Record<string, string>) =>
      Object.entries(values).map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue }));
    const control = (ControlName: string, values: Record<string, string> = {}, ControlScope: object = {}) => ({
      ControlName,
      ControlInputParameters: parameters(values),
      ControlScope,
    });
    expect(Properties.FrameworkControls).toEqual([
      control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', {}, tags),
      control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', {
        requiredFrequencyUnit: 'days',
        requiredFrequencyValue: '1',
        requiredRetentionDays: '35',
      }),
      control('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', { requiredRetentionDays: '35' }),
      control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', { principalArnList: `arn:aws:iam::${ENV.account}:role/glass` }),
      control('BACKUP_RECOVERY_POINT_ENCRYPTED'),
      control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK', { minRetentionDays: '35', maxRetentionDays: '365' }, tags),
      control('BACKUP_LAST_RECOVERY_POINT_CREATED', { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: '1' }, tags),
      control('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', { maxRestoreTime: '240' }, tags),
      control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', {}, tags),
      control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT', {}, tags),
    ]);
    expect(Properties.FrameworkName).toMatch(/^[a-zA-Z]\w{0,255}$/);
  });

  test('reports jobs and controls every day, into a bucket that only its role writes to', () => {
    const template = synthesized((stack) => program(stack));
    const reports = all(template, 'AWS::Backup::ReportPlan').map(({ Properties }) => Properties);
    expect(reports.map(({ ReportSetting }) => ReportSetting.ReportTemplate)).toEqual([
      'BACKUP_JOB_REPORT',
      'COPY_JOB_REPORT',
      'RESTORE_JOB_REPORT',
      'RESOURCE_COMPLIANCE_REPORT',
      'CONTROL_COMPLIANCE_REPORT',
    ]);
    for (const { ReportPlanName } of reports) expect(ReportPlanName).toMatch(/^[a-zA-Z]\w{0,255}$/);
    const policy = all(template, 'AWS::S3::BucketPolicy').find(({ id }) => /BackupsAuditReports/.test(id))!;
    const role = `arn:aws:iam::${ENV.account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Action: 's3:PutObject',
        Principal: { AWS: role },
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    // There is no such role before there is a framework.
    expect(policy.DependsOn).toEqual([expect.stringMatching(/^BackupsAuditFramework/)]);
  });

  test('can be left to somebody else, or write to a bucket that there is', () => {
    expect(
      all(
        synthesized((stack) => program(stack, { auditFramework: false })),
        'AWS::Backup::Framework',
      ),
    ).toEqual([]);
    const reportBucket = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Reports', 'reports');
    const template = synthesized((stack) => program(stack, { reportBucket: reportBucket(stack), malwareScan: true }));
    expect(all(template, 'AWS::S3::Bucket')).toEqual([]);
    expect(JSON.stringify(all(template, 'AWS::Backup::ReportPlan'))).toContain('SCAN_JOB_REPORT');
  });
});

describe('rights', () => {
  /** What each role of the program may do, beside what AWS lists in policies of its own, and what in the code needs it. */
  const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    CoverageFunction: {
      'logs:CreateLogStream': 'Lambda writes the log',
      'logs:PutLogEvents': 'Lambda writes the log',
      'backup:GetBackupSelection': 'backup-coverage/population.ts: GetBackupSelectionCommand',
      'backup:ListRecoveryPointsByBackupVault': 'backup-coverage/recovery-points.ts: paginateListRecoveryPointsByBackupVault',
      'rds:DescribeDBInstances': 'backup-coverage/population.ts: paginateDescribeDBInstances',
      'tag:GetResources': 'backup-coverage/population.ts: paginateGetResources',
      'sqs:SendMessage': 'Lambda keeps events that failed',
    },
    OptInHandler: {
      'logs:CreateLogStream': 'Lambda writes the log',
      'logs:PutLogEvents': 'Lambda writes the log',
      'backup:DescribeRegionSettings': 'backup-opt-in/handler.ts: DescribeRegionSettingsCommand',
      'backup:UpdateRegionSettings': 'backup-opt-in/handler.ts: UpdateRegionSettingsCommand',
    },
  };

  const template = synthesized((stack) => program(stack));
  const statementsOf = (name: string) =>
    all(template, 'AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(`Backups${name}Role`))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[]);

  test.each(Object.entries(RIGHTS))('%s may do what its code calls, and nothing else', (name, rights) => {
    const actions = statementsOf(name).flatMap(({ Action }) => Action);
    const own = actions.filter((action) => !action.startsWith('kms:'));
    expect([...new Set(own)].sort()).toEqual(Object.keys(rights).sort());
    expect(actions.filter((action) => action.endsWith(':*') || action === '*')).toEqual([]);
  });

  test('only what takes no resource is for all of them', () => {
    const open = Object.keys(RIGHTS).flatMap((name) =>
      statementsOf(name)
        .filter(({ Resource }) => Resource === '*')
        .flatMap(({ Action }) => Action),
    );
    expect(open.sort()).toEqual(['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings', 'tag:GetResources']);
  });

  test('AWS Backup and GuardDuty have the policies that AWS wrote for them, each its own', () => {
    const roles = all(
      synthesized((stack) => program(stack, { malwareScan: true })),
      'AWS::IAM::Role',
    );
    const policiesOf = (id: RegExp) =>
      JSON.stringify(roles.find((role) => id.test(role.id))!.Properties.ManagedPolicyArns).match(/AWSBackup\w+/g);
    expect(policiesOf(/^BackupsRole/)).toEqual([
      'AWSBackupServiceRolePolicyForBackup',
      'AWSBackupServiceRolePolicyForS3Backup',
      'AWSBackupServiceRolePolicyForScans',
    ]);
    expect(policiesOf(/^BackupsScannerRole/)).toEqual(['AWSBackupGuardDutyRolePolicyForScans']);
  });

  test('the settings of the Region are left alone where somebody else keeps them', () => {
    const left = synthesized((stack) => program(stack, { serviceOptIn: false }));
    expect(Object.values(left.Resources).filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });
});

test('targets are declared beside what the schedules are designed for', () => {
  const template = synthesized((stack) => program(stack));
  expect(template.Metadata['cdk-soc2'].declarations).toEqual([
    {
      kind: 'backup',
      at: 'Stack/Backups',
      says: {
        declared: { rpoHours: 24, rtoHours: 4 },
        designed: {
          hoursBetweenBackups: 24,
          continuous: true,
          schedules: [
            { name: 'daily', schedule: 'cron(0 5 * * ? *)', retentionDays: 35 },
            { name: 'weekly', schedule: 'cron(0 5 ? * SUN *)', retentionDays: 90 },
            { name: 'monthly', schedule: 'cron(0 5 1 * ? *)', retentionDays: 365, coldStorageAfterDays: 90 },
          ],
          copies: [{ account: '444455556666', region: 'eu-central-1' }],
          airGapped: false,
          lock: 'governance',
        },
      },
    },
  ]);
});

describe('stops', () => {
  const cron = events.Schedule.cron({ hour: '5', minute: '0' });
  const schedule = (more: object) => ({ schedules: [{ name: 'own', schedule: cron, retention: Duration.days(35), ...more }] });
  const sure = { iUnderstandThatItIsIrreversible: true };

  test.each<[string, Partial<BackupProgramProps>, string]>([
    [
      'schedules that cannot keep the objective',
      { rpo: Duration.hours(12) },
      "'rpo' must be met by 'schedules', got 12 hours and up to 24 hours between backups",
    ],
    [
      'schedules that end',
      schedule({ schedule: events.Schedule.expression('cron(0 5 1 1 ? 2026)') }),
      "'rpo' must be met by 'schedules', got 24 hours and up to any time between backups",
    ],
    ['no schedules', { schedules: [] }, "'schedules' must have one or more, got none"],
    ['an objective of nothing', { rto: Duration.hours(0) }, "'rto' must be more than 0, got"],
    ['a name of blanks', schedule({ name: 'every day' }), "'name' of a schedule must be 1 to 50 letters"],
    [
      'what is no schedule',
      schedule({ schedule: events.Schedule.expression('daily') }),
      "'schedule' of the schedule 'own' must be cron(…) or rate(…), got 'daily'",
    ],
    [
      'half days',
      schedule({ retention: Duration.hours(36) }),
      "'retention' of the schedule 'own' must be whole days, 1 or more, got 1.5",
    ],
    [
      'too short a stay in cold storage',
      schedule({ coldStorageAfter: Duration.days(30) }),
      "'retention' of the schedule 'own' must be 120 days or more, got 35",
    ],
    [
      'half days before cold storage',
      schedule({ retention: Duration.days(365), coldStorageAfter: Duration.hours(12) }),
      "'coldStorageAfter' of the schedule 'own' must be whole days, 1 or more, got 0.5",
    ],
    [
      'production with nowhere to copy to',
      { copyTo: undefined },
      "'copyTo' or 'airGappedVault' must be set in production, got neither: backups beside the data are lost with it",
    ],
    [
      'an air-gapped vault that is not understood',
      { airGappedVault: { iUnderstandThatItIsIrreversible: false } },
      "'iUnderstandThatItIsIrreversible' of 'airGappedVault' must be true, got false",
    ],
    [
      'a lock for good that is not understood',
      { complianceLock: { iUnderstandThatItIsIrreversible: false, coolingOff: Duration.days(3) } },
      "'iUnderstandThatItIsIrreversible' of 'complianceLock' must be true, got false",
    ],
    [
      'a lock for good without time to think',
      { complianceLock: { ...sure, coolingOff: Duration.days(2) } },
      "'coolingOff' of 'complianceLock' must be whole days, 3 or more, got 2",
    ],
    [
      'too short a retention for an air-gapped vault',
      { airGappedVault: sure, continuous: false, ...schedule({ retention: Duration.days(3) }) },
      "'schedules' must keep backups for 7 days or more with 'airGappedVault', got 3",
    ],
    ['a threshold of nothing', { failedJobsThreshold: 0 }, "'failedJobsThreshold' must be 1 or more, got 0"],
  ])('%s', (_, props, message) => {
    expect(() => synthesized((stack) => program(stack, props))).toThrow(message);
  });

  test('two schedules of one name', () => {
    const twice = [...schedule({}).schedules, ...schedule({}).schedules];
    expect(() => synthesized((stack) => program(stack, { schedules: twice }))).toThrow(
      "'schedules' must have a name each, got 'own' twice: rename one",
    );
  });

  test('a lock for good on a vault of somebody else', () => {
    const props = (stack: Stack) => ({
      existingVault: backup.BackupVault.fromBackupVaultName(stack, 'Old', 'old'),
      complianceLock: { ...sure, coolingOff: Duration.days(3) },
    });
    expect(() => synthesized((stack) => program(stack, props(stack)))).toThrow(
      "'complianceLock' must be left out with 'existingVault', got both",
    );
  });

  test('copies that stay in the account and Region', () => {
    const beside = `arn:aws:backup:${ENV.region}:${ENV.account}:backup-vault:beside`;
    const copyTo = (stack: Stack) => [backup.BackupVault.fromBackupVaultArn(stack, 'Beside', beside)];
    expect(() => synthesized((stack) => program(stack, { copyTo: copyTo(stack) }))).toThrow(
      `'copyTo' must name vaults in another account or Region, got '${beside}' in the account and Region of the program`,
    );
    expect(() => synthesized((stack) => program(stack, { copyTo: [new SecureBackupVault(stack, 'Beside')] }))).toThrow(
      "'copyTo' must name vaults in another account or Region, got one in the account and Region of the program",
    );
  });

  test.each([EnvironmentKind.STAGING, EnvironmentKind.DEVELOPMENT])('what cannot be undone, in %s', (kind) => {
    expect(() => synthesized((stack) => program(stack, { airGappedVault: sure }), kind)).toThrow(
      `'airGappedVault' must be left out outside production, got it for ${kind}`,
    );
    const complianceLock = { ...sure, coolingOff: Duration.days(3) };
    expect(() => synthesized((stack) => program(stack, { complianceLock }), kind)).toThrow(
      `'complianceLock' must be left out outside production, got it for ${kind}`,
    );
  });
});

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  /** The emulator knows no type of AWS Backup, and deploys nothing that refers to what it does not know. */
  const withoutBackup = ({ Resources, ...rest }: CloudFormationTemplate): CloudFormationTemplate => {
    const isBackup = (id: string) => Resources[id]?.Type.startsWith('AWS::Backup::');
    const others = Object.fromEntries(Object.entries(Resources).filter(([id]) => !isBackup(id)));
    const replaced = JSON.stringify(others, (_, value) =>
      isBackup(value?.['Fn::GetAtt']?.[0]) ? 'arn:aws:backup:eu-west-1:111122223333:emulated' : value,
    );
    return { ...rest, Resources: JSON.parse(replaced) };
  };

  test('the function, its schedule, its rights, its log and its keys are deployed', async () => {
    const template = withoutBackup(
      synthesized((stack) => program(stack, { serviceOptIn: false, copyTo: [] }), EnvironmentKind.DEVELOPMENT),
    );
    const { options } = emulator;
    const [{ Properties: deployed }] = all(template, 'AWS::Lambda::Function');
    const { S3Bucket: Bucket, S3Key: Key } = deployed.Code;
    const assets = new S3Client(options);
    await assets.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    await assets.send(new PutObjectCommand({ Bucket, Key, Body: 'the code' }));
    const { types } = await emulator.deploy('Backups', template);
    const wanted = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
    expect(wanted.filter((type) => !types.includes(type) && !(type in NOT_MADE))).toEqual([]);
    const { Functions: functions = [] } = await new LambdaClient(options).send(new ListFunctionsCommand({}));
    expect(functions).toMatchObject([
      { Runtime: 'nodejs24.x', Environment: { Variables: { RPO_HOURS: '24', PROGRAM: 'Stack/Backups' } } },
    ]);
  });
});
