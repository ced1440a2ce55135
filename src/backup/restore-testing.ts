import { Duration, Names, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SecureBucket } from '../data/secure-bucket';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { declare } from '../environment/declare';
import { domainKey } from '../environment/domain-keys';
import { BundledFunction } from '../functions/bundled-function';
import { addRestoreAlarms } from './restore-alarms';
import { designOf } from './restore-design';
import { RestoreFunctions } from './restore-functions';
import { type Settings, VARIABLES } from './restore-messages';
import { RestoreNetwork } from './restore-network';
import type { TestParts } from './restore-parts';
import { RIGHTS } from './restore-rights';
import { RestoreRole } from './restore-role';
import { type Selection, selectionsOf } from './restore-selections';
import { hooksOf, RestoreStateMachine, targetsOf } from './restore-state-machine';
import { type CheckedProps, checkProps } from './restore-testing-checks';
import type { RestoreTestingProps } from './restore-testing-props';
import { compareEveryDay, startOnEvents, testSelfHosted } from './restore-triggers';

/**
 * Restores backups as a test, looks whether the data came back, and leaves a ticket for each test.
 *
 * A restore testing plan of AWS Backup restores the newest recovery point of each resource, into a network without a way out. A
 * workflow then checks that the restore is one of the plan, validates what came back by its type, reports the result to AWS Backup
 * exactly once, which deletes what was restored, and writes a ticket: JSON, and a page for people, with every check, what was expected
 * and observed, RPO and RTO against their targets, the clean-up, and a digest. Restores that fail get a ticket as well.
 *
 * Twice a day, what is protected is compared with the tickets, since AWS Backup skips resources without a recovery point in silence.
 *
 * Databases of PostgreSQL, MySQL and MariaDB are looked into from inside of the network: TLS with a verified certificate, sign-in,
 * tables, rows, age of data, statements of your own, all in transactions that can only read. Restored file systems are mounted there,
 * and their files are counted, read and compared with checksums.
 *
 * What it creates: a plan with its selections and a role; a workflow with a function for each step, a role each, and one for each test
 * of file systems; where databases, instances or files are tested, a network with flow logs, and an endpoint for Secrets Manager where
 * a secret is used; a bucket for tickets; alarms where there is somewhere to send them; once for each stack keys for backups, data and
 * logs.
 * What it costs in kind: every test restores at full size, and is billed by AWS Backup by volume, and for the restored resource by
 * hour until it is checked; a few hundred steps of the workflow; endpoints by hour, if any; keys, logs and alarms.
 *
 * Best placed in an account of its own, to which recovery points are copied.
 *
 * @example
 * declare const orders: rds.DatabaseInstance;
 * declare const carts: dynamodb.Table;
 * new RestoreTesting(this, 'RestoreTesting', {
 *   rpo: Duration.hours(24),
 *   rto: Duration.hours(4),
 *   tests: [
 *     RestoreTest.database(orders, { databaseName: 'shop', tables: [{ name: 'orders', freshnessColumn: 'updated_at' }] }),
 *     RestoreTest.table(carts, { minimumItems: 100 }),
 *     RestoreTest.tagged(RestorableType.S3, { backup: 'daily' }),
 *   ],
 * });
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RestoreTesting extends Construct {
  /** The plan. */
  public readonly plan: backup.CfnRestoreTestingPlan;
  /** What the plan restores. */
  public readonly selections: backup.CfnRestoreTestingSelection[];
  /** The role that AWS Backup restores with. */
  public readonly restoreRole: iam.Role;
  /** The workflow that validates. */
  public readonly stateMachine: sfn.StateMachine;
  /** Where tickets are, below `restore-tests/`. */
  public readonly ticketBucket: s3.IBucket;
  /** The network of restored databases and instances; not set where there are none. */
  public readonly vpc?: ec2.IVpc;
  /** The security group of restored databases and instances, which lets nothing out; not set where there are none. */
  public readonly restoredSecurityGroup?: ec2.ISecurityGroup;
  /** The key of restored resources that can have one chosen. */
  public readonly encryptionKey: kms.IKey;
  /** The alarms; none where there is nowhere to send them. */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props what is tested, and options.
   * @throws when there are no tests or too many, or an option is out of range.
   */
  constructor(scope: Construct, id: string, props: RestoreTestingProps) {
    super(scope, id);
    const checked = checkProps(props);
    const { validationHours, rpoSeconds, rtoSeconds, overdueHours, alarmTopic } = checked;
    const stack = Stack.of(this);
    const tests = props.tests.map(({ _parts: parts }) => parts);
    this.encryptionKey = props.encryptionKey ?? domainKey(this, 'backup');
    this.ticketBucket = props.ticketBucket ?? partOfSafeguard(new SecureBucket(this, 'Tickets'));
    const network = needsNetwork(tests) ? this.makeNetwork(props, tests) : undefined;
    this.vpc = network?.vpc;
    this.restoredSecurityGroup = network?.restored;
    const planName =
      props.planName ?? Names.uniqueResourceName(this, { maxLength: 50, separator: '_', allowedSpecialCharacters: '_' });
    this.plan = this.makePlan(planName, props, checked);
    const planArn = this.plan.attrRestoreTestingPlanArn;
    const keyArn = this.encryptionKey.keyArn;
    this.restoreRole = new RestoreRole(this, 'RestoreRole', { tests, key: this.encryptionKey });
    const selections = selectionsOf(tests, { keyArn, network }, (value) => JSON.stringify(stack.resolve(value)));
    this.selections = selections.map((selection, index) => this.select(index, selection, validationHours));

    const context = {
      stack,
      planArn,
      keyArn,
      tests,
      ticketBucketArn: this.ticketBucket.bucketArn,
      ticketKeyArns: this.ticketBucket.encryptionKey ? [this.ticketBucket.encryptionKey.keyArn] : [],
      hasOpsItems: props.opsItems ?? false,
      network,
    };
    const { bucketName } = this.ticketBucket;
    const functions = new RestoreFunctions(this, 'Functions', {
      ...context,
      planName,
      bucketName,
      alarmTopic,
    });
    const settings: Settings = {
      planArn,
      rpoSeconds,
      rtoSeconds,
      validationHours,
      keyArn,
      ...(network && {
        vpcId: network.vpc.vpcId,
        securityGroupId: network.restored.securityGroupId,
        subnetIds: network.zones.subnetIds,
      }),
    };
    const hooks = hooksOf(tests);
    const { all, readers } = functions;
    const targets = targetsOf(tests, hooks, readers, rpoSeconds);
    const machine = new RestoreStateMachine(this, 'Workflow', { functions: all, readers, settings, targets, hooks });
    this.stateMachine = machine.stateMachine;
    startOnEvents(this, this.stateMachine, alarmTopic);
    testSelfHosted(this, this.stateMachine, { tests, schedule: checked.schedule, timeZone: checked.timeZone });
    const absence = new BundledFunction(this, 'AbsenceFunction', {
      handler: 'restore-absence',
      description: 'find resources that were not restored and checked for too long',
      statements: RIGHTS.absence({ ...context, readerArns: [] }),
      timeout: Duration.minutes(15),
      deadLetters: true,
      alarmTopic,
      environment: {
        [VARIABLES.bucket]: bucketName,
        [VARIABLES.plan]: planName,
        [VARIABLES.overdueHours]: String(overdueHours),
      },
    });
    compareEveryDay(this, absence, tests);
    declare(this, 'restore testing', designOf(tests, checked));
    this.alarms = addRestoreAlarms(this, {
      planName,
      rpoSeconds,
      rtoSeconds,
      overdueHours,
      stateMachine: this.stateMachine,
      alarmTopic,
    });
  }

  private makeNetwork({ vpc }: RestoreTestingProps, tests: readonly TestParts[]): RestoreNetwork {
    return new RestoreNetwork(this, 'Network', {
      vpc,
      hasDatabases: tests.some(({ kind }) => kind === 'RDS' || kind === 'Aurora'),
      hasFiles: tests.some(({ expect }) => expect.files !== undefined),
      hasSecrets: tests.some(({ secret }) => secret !== undefined),
      hasHealthCommands: tests.some(({ expect }) => expect.healthCommand !== undefined),
    });
  }

  private makePlan(name: string, { vaults }: RestoreTestingProps, checked: CheckedProps): backup.CfnRestoreTestingPlan {
    return new backup.CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: name,
      scheduleExpression: checked.schedule,
      scheduleExpressionTimezone: checked.timeZone,
      startWindowHours: checked.startHours,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: vaults?.map(({ backupVaultArn }) => backupVaultArn) ?? ['*'],
        recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        selectionWindowDays: checked.selectionDays,
      },
    });
  }

  private select(index: number, selection: Selection, validationWindowHours: number): backup.CfnRestoreTestingSelection {
    const made = new backup.CfnRestoreTestingSelection(this, `Selection${index + 1}`, {
      restoreTestingPlanName: this.plan.ref,
      restoreTestingSelectionName: `selection_${index + 1}_${selection.protectedResourceType}`,
      iamRoleArn: this.restoreRole.roleArn,
      validationWindowHours,
      ...selection,
    });
    // AWS Backup looks whether the role may restore, and its rights are resources of their own.
    made.node.addDependency(this.restoreRole);
    return made;
  }
}

/** What is restored into a network. */
const NETWORKED: readonly string[] = ['RDS', 'Aurora', 'EC2'];

function needsNetwork(tests: readonly TestParts[]): boolean {
  return tests.some(({ kind, expect }) => NETWORKED.includes(kind) || expect.files !== undefined);
}
