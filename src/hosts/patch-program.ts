import { Duration, Names, Tags, Token } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import { SecureBucket } from '../data/secure-bucket';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { readDeadlines } from '../detection/finding-deadlines';
import type { FindingSeverity } from '../detection/finding-severity';
import { Soc2Environment } from '../environment/soc2-environment';
import { ImageWatch } from './image-watch';
import { approvalRules } from './patch-baselines';
import { PatchEvidence } from './patch-evidence';
import type { PatchProgramProps } from './patch-program-props';
import { INSTALL_TAG, PATCH_GROUP_TAG, PATCH_METRICS } from './patch-settings';
import { PatchWatch } from './patch-watch';
import { APPROVAL_DAYS, type PatchWindow, patchWindow, SCHEDULES } from './patch-window';
import { PatchedSystem } from './patched-system';

/**
 * Servers and images of an account and Region are kept up to date, and somebody hears of what is not.
 *
 * - Every server that Systems Manager manages is scanned once a day: which patches does it lack?
 * - On servers that `patch` names, patches are installed in a window: every night in environments that come before production, and there
 *   on the night to Sunday, what has been out for four days. As few servers at a time as the window allows; where a tenth of them fails,
 *   the rest is left alone. Servers restart where a patch needs it.
 * - Auto Scaling groups that `patch` names are scanned and not patched: a restart would make the group replace the server. They are patched
 *   by a newer image, with every deployment of a `SecureAutoScalingGroup`.
 * - Once a day a function counts the patches that are missing, remembers since when, and publishes how many are overdue. Systems Manager
 *   itself does not tell since when. Another looks how old the newest image of each repository of ECR is.
 * - What Systems Manager knows is copied to a bucket as it changes, and each look is a report there.
 *
 * Make one for each account, Region and environment. Runtimes of Lambda are judged by the rules `lambda-supported-runtime` and
 * `lambda-runtime-near-end`.
 *
 * What it creates: a baseline for each system, an association, a maintenance window, a data sync, two functions with their rules, a bucket
 * unless it is given one, keys for data and logs once for each stack, and with somewhere to send them eight alarms besides those of the
 * functions. What it costs in kind: storage, seventeen metrics, the alarms, the keys; patching of EC2 costs nothing.
 *
 * @example
 * declare const server: SecureInstance;
 *
 * const patching = new PatchProgram(this, 'Patching', { deadlines: { criticalDays: 7 } });
 * patching.patch(server);
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
 */
export class PatchProgram extends Construct {
  /** The value of the tag `PatchGroup` of servers that the baselines are for. */
  public readonly patchGroup: string;
  /** Where evidence goes. */
  public readonly evidenceBucket: s3.IBucket;
  /** The id of the maintenance window in which patches are installed. */
  public readonly maintenanceWindowId: string;
  private readonly watch: PatchWatch;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when an option is out of its bounds; it says which, and what is allowed.
   */
  constructor(scope: Construct, id: string, props: PatchProgramProps = {}) {
    super(scope, id);
    const environment = Soc2Environment.of(this);
    const by = environment.isProduction ? 'production' : 'otherwise';
    const { approveAfterDays = APPROVAL_DAYS[by], imageDays = 30, evidencePrefix: prefix = 'patches/', alarmTopic } = props;
    mustBeWhole('approveAfterDays', approveAfterDays, 0, 360);
    mustBeWhole('imageDays', imageDays, 1, 3_650);
    mustBePrefix(prefix);
    this.patchGroup = groupName(props.patchGroup ?? `soc2-${environment.kind.toLowerCase()}`);
    for (const system of props.systems ?? Object.values(PatchedSystem)) this.addBaseline(system, approveAfterDays);
    this.scan();
    const window = patchWindow(props.installSchedule ?? SCHEDULES[by], props.installDuration ?? Duration.hours(5));
    this.maintenanceWindowId = this.install(window, props.rebootIfNeeded ?? true);

    this.evidenceBucket = props.evidenceBucket ?? partOfSafeguard(new SecureBucket(this, 'Evidence'));
    const evidence = { bucket: this.evidenceBucket, prefix };
    new PatchEvidence(this, 'Inventory', evidence);
    this.watch = new PatchWatch(this, 'Patches', { ...evidence, deadlines: readDeadlines(props.deadlines), alarmTopic });
    new ImageWatch(this, 'Images', { ...evidence, days: imageDays, alarmTopic });
  }

  /**
   * Put servers and Auto Scaling groups into the program: those that are below the constructs, or are the constructs themselves.
   *
   * Servers that are not of this app get the tags `PatchGroup` and `Soc2InstallPatches`, both with the value of `patchGroup`.
   *
   * @param hosts constructs with servers or groups.
   * @throws when a construct has neither.
   */
  public patch(...hosts: IConstruct[]): void {
    for (const host of hosts) {
      const all = host.node.findAll();
      const isGroup = all.some((each) => each instanceof autoscaling.CfnAutoScalingGroup);
      const isServer = all.some((each) => each instanceof ec2.CfnInstance);
      if (!isGroup && !isServer)
        throw new Error(`'${host.node.path}' of 'patch' must have a server or an Auto Scaling group, got none: leave it out`);
      const servers = ['AWS::EC2::Instance'];
      Tags.of(host).add(PATCH_GROUP_TAG, this.patchGroup, {
        includeResourceTypes: [...servers, 'AWS::AutoScaling::AutoScalingGroup'],
      });
      Tags.of(host).add(INSTALL_TAG, this.patchGroup, { includeResourceTypes: servers });
    }
  }

  /**
   * How many patches of a severity servers lack. It is published once a day.
   *
   * @param severity of which patches.
   * @param options what else to say of the metric.
   */
  public metricMissingPatches(severity: FindingSeverity, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.watch.metric(PATCH_METRICS.missing, severity, options);
  }

  /**
   * How many patches of a severity servers lack for longer than they may. It is published once a day.
   *
   * @param severity of which patches.
   * @param options what else to say of the metric.
   */
  public metricOverduePatches(severity: FindingSeverity, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.watch.metric(PATCH_METRICS.overdue, severity, options);
  }

  /** A name that no other program has. */
  private named(what: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 96, separator: '-' })}-${what}`;
  }

  private addBaseline(system: PatchedSystem, approveAfterDays: number): void {
    new ssm.CfnPatchBaseline(this, `Baseline${system}`, {
      name: this.named(system),
      description: `What is installed on ${system} in patch group ${this.patchGroup}, and how severe it is when it is missing`,
      operatingSystem: system,
      approvalRules: approvalRules(system, approveAfterDays),
      patchGroups: [this.patchGroup],
    });
  }

  /** Every server is scanned, also one that nobody put into the program: it lacks patches all the same. */
  private scan(): void {
    new ssm.CfnAssociation(this, 'Scan', {
      name: 'AWS-RunPatchBaseline',
      associationName: this.named('Scan'),
      parameters: { Operation: ['Scan'] },
      targets: [{ key: 'InstanceIds', values: ['*'] }],
      scheduleExpression: 'cron(0 6 * * ? *)',
      maxConcurrency: '25%',
      maxErrors: '100%',
      complianceSeverity: 'HIGH',
    });
  }

  /** Make the window, and return its id. */
  private install({ schedule, durationHours, cutoffHours, atOnce, failures }: PatchWindow, reboots: boolean): string {
    const name = this.named('Window');
    const window = new ssm.CfnMaintenanceWindow(this, 'Window', {
      name,
      description: `Installs patches on servers of patch group ${this.patchGroup}`,
      schedule,
      scheduleTimezone: 'UTC',
      duration: durationHours,
      cutoff: cutoffHours,
      allowUnassociatedTargets: false,
    });
    const target = new ssm.CfnMaintenanceWindowTarget(this, 'Servers', {
      windowId: window.ref,
      resourceType: 'INSTANCE',
      targets: [{ key: `tag:${INSTALL_TAG}`, values: [this.patchGroup] }],
    });
    new ssm.CfnMaintenanceWindowTask(this, 'Install', {
      windowId: window.ref,
      targets: [{ key: 'WindowTargetIds', values: [target.ref] }],
      taskType: 'RUN_COMMAND',
      taskArn: 'AWS-RunPatchBaseline',
      taskInvocationParameters: {
        maintenanceWindowRunCommandParameters: {
          parameters: { Operation: ['Install'], RebootOption: [reboots ? 'RebootIfNeeded' : 'NoReboot'] },
          timeoutSeconds: 600,
        },
      },
      maxConcurrency: `${atOnce}%`,
      maxErrors: `${failures}%`,
      priority: 1,
      cutoffBehavior: 'CONTINUE_TASK',
    });
    return window.ref;
  }
}

function groupName(name: string): string {
  if (!Token.isUnresolved(name) && !/^[\w.-]{1,64}$/.test(name))
    throw new Error(`'patchGroup' must be 1 to 64 letters, digits, '.', '_' and '-', got '${name}'`);
  return name;
}

function mustBeWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`'${name}' must be whole days from ${least} to ${most}, got ${value}`);
}

function mustBePrefix(prefix: string): void {
  if (!Token.isUnresolved(prefix) && !/^[\w!\-.*'()/]{1,128}\/$/.test(prefix))
    throw new Error(`'evidencePrefix' must be letters, digits and !-_.*'()/ with a slash at the end, got '${prefix}'`);
}
