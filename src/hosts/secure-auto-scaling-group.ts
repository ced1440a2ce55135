import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { autoScalingGroupDefaults, launchesByItself, makesLaunchTemplates } from '../defaults/auto-scaling-group';
import { completed } from '../defaults/completed';
import { encryptedVolumes } from '../defaults/encrypted-volumes';
import { rootDeviceOf } from '../defaults/root-device';
import { withDefaults } from '../defaults/with-defaults';
import { Soc2Environment } from '../environment/soc2-environment';
import { type HostAlarmThresholds, hostAlarms } from './host-alarms';
import { HostMetricsAgent } from './host-metrics-agent';
import { checkPlacement } from './host-placement';
import { letBeManaged } from './host-role';
import { UNKNOWN_ROOT } from './unknown-root';

/** Options of `SecureAutoScalingGroup`: those of `autoscaling.AutoScalingGroup`, every one of which comes before a default. */
export interface SecureAutoScalingGroupProps extends autoscaling.AutoScalingGroupProps {
  /**
   * What the root device of the image is called, such as `/dev/sda1`. Look it up with `aws ec2 describe-images`. Under another name a
   * second disk would be made, and the root would not be encrypted.
   *
   * @default - known for Amazon Linux, Windows, Ubuntu, Debian, SUSE and Bottlerocket where the image is told by a parameter of AWS
   */
  readonly rootDeviceName?: string;

  /**
   * Whether the group is deployed already, as a plain `autoscaling.AutoScalingGroup` for example. Set it when this class takes the place
   * of another one.
   *
   * Then no server is replaced by the deployment: those that the group launches from then on have IMDSv2, detailed monitoring and no
   * public address. Once you have started an instance refresh yourself, take it away: then disks are encrypted, and deployments
   * replace servers as this class says.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Whether the agent of CloudWatch is installed and publishes memory and disks. Each server then has some ten metrics of its own,
   * which are billed.
   *
   * @default - true, unless `ssmSessionPermissions` is false or the role of the servers is not known
   */
  readonly memoryAndDiskMetrics?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; without one there are no alarms
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * When alarms go off.
   *
   * @default - see each threshold
   */
  readonly alarmThresholds?: HostAlarmThresholds;
}

/**
 * Servers that nobody reaches by a port, all made of the same image, and made anew when there is a newer one.
 *
 * Takes every property of `autoscaling.AutoScalingGroup` and can take its place: the logical id stays the same.
 *
 * - Servers have no SSH key, no open port and no public address, and stand in private subnets. Session Manager reaches them; make a
 *   `SessionLogging` once for each account and Region, so that sessions are logged and encrypted.
 * - Without `machineImage` they run Amazon Linux 2023. Every deployment looks up the newest image. Where it is another one than before,
 *   CloudFormation refreshes the group: a new server is launched and healthy before an old one goes, and when that fails, the
 *   deployment fails and is taken back. Deploy once a week, and servers are never older than that.
 * - Disks are encrypted with the data key, the root as well. The policy of the key lets Amazon EC2 Auto Scaling launch servers with it.
 * - Metadata, and with it the credentials of the role, are given only to requests with a token (IMDSv2).
 * - The role lets Systems Manager manage the servers and the agent publish metrics, and nothing else: it cannot read parameters.
 * - In production the group cannot be deleted as long as it has servers.
 * - Alarms tell of status checks, processor, memory and disks, where there is somewhere to send them.
 *
 * A `launchTemplate` or `mixedInstancesPolicy` of your own is left as it is, and judged by the rules.
 *
 * What it creates beside the group: a launch template, a role and a security group; four alarms; once for each stack a KMS key for data,
 * and a document and an association of Systems Manager that install the agent.
 * What it costs in kind: the servers and their disks, and one server more while the group is refreshed; detailed monitoring, some ten
 * metrics of the agent for each server, the alarms, the key. Metrics of the group cost nothing.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureAutoScalingGroup(this, 'Servers', {
 *   vpc,
 *   instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
 *   minCapacity: 2,
 *   maxCapacity: 6,
 * });
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
 */
export class SecureAutoScalingGroup extends autoscaling.AutoScalingGroup {
  /**
   * @param scope where the group is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the network has public subnets only, when the root device of the image is not known, when the app makes launch
   * configurations instead of launch templates, or when a threshold is no percentage; it says what to change.
   */
  constructor(scope: Construct, id: string, props: SecureAutoScalingGroupProps) {
    const { alreadyDeployed = false, rootDeviceName, memoryAndDiskMetrics, alarmTopic, alarmThresholds, ...own } = props;
    const hardening = { scope, id, mayBeDeployed: alreadyDeployed };
    if (!alreadyDeployed) checkPlacement(own.vpc, own.vpcSubnets);
    const launch = launchesByItself(own) ? own : launchedBy(scope, own, rootDeviceName, alreadyDeployed);
    super(scope, id, completed(withDefaults(autoScalingGroupDefaults(launch, hardening), groupDefaults(scope, props))));

    const role = roleOf(this, own);
    const isManaged = own.ssmSessionPermissions !== false && role !== undefined;
    const hasAgent = memoryAndDiskMetrics ?? isManaged;
    if (isManaged) letBeManaged(this, role);
    if (hasAgent) HostMetricsAgent.installOn(this);
    hostAlarms(this, {
      dimensions: { AutoScalingGroupName: this.autoScalingGroupName },
      isWindows: this.osType === ec2.OperatingSystemType.WINDOWS,
      hasAgent,
      alarmTopic,
      thresholds: alarmThresholds,
    });
  }
}

/** What is set on the group itself. A deployed group is not refreshed by the way. */
function groupDefaults(scope: Construct, props: SecureAutoScalingGroupProps): Partial<autoscaling.AutoScalingGroupProps> {
  const { UpdatePolicy, InstanceRefreshStrategy, DeletionProtection } = autoscaling;
  // A rolling update waits for the signals that an app has its servers send; a refresh does not.
  const waitsForSignals = props.signals !== undefined || props.init !== undefined;
  const updatePolicy = waitsForSignals
    ? UpdatePolicy.rollingUpdate()
    : UpdatePolicy.instanceRefresh({ strategy: InstanceRefreshStrategy.ROLLING });
  return {
    ...(props.alreadyDeployed ? {} : { updatePolicy }),
    ...(Soc2Environment.of(scope).isProduction ? { deletionProtection: DeletionProtection.PREVENT_FORCE_DELETION } : {}),
  };
}

/** What servers are launched with, as far as this class adds to the defaults that plain groups get. */
function launchedBy(
  scope: Construct,
  own: autoscaling.AutoScalingGroupProps,
  rootDeviceName: string | undefined,
  alreadyDeployed: boolean,
): autoscaling.AutoScalingGroupProps {
  if (!makesLaunchTemplates(scope)) {
    if (alreadyDeployed) return own;
    throw new Error(
      "the context '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig' must be true, got false: new accounts cannot " +
        'have launch configurations, and their disks take no key. Set it in cdk.json',
    );
  }
  const machineImage = own.machineImage ?? newestAmazonLinux(own.instanceType);
  const complete = withDefaults(own, { machineImage, associatePublicIpAddress: false });
  if (alreadyDeployed) return complete;
  const root = rootDeviceName ?? rootDeviceOf(machineImage);
  if (root === undefined && own.blockDevices === undefined) throw new Error(UNKNOWN_ROOT);
  const blockDevices = encryptedVolumes(scope, root, own.blockDevices) as autoscaling.BlockDevice[] | undefined;
  return { ...complete, blockDevices };
}

/** The image of Amazon Linux 2023 for the processors of an instance type; CloudFormation looks up the newest in each deployment. */
function newestAmazonLinux(instanceType: ec2.InstanceType | undefined): ec2.IMachineImage {
  const isArm = instanceType?.architecture === ec2.InstanceArchitecture.ARM_64;
  const cpuType = isArm ? ec2.AmazonLinuxCpuType.ARM_64 : ec2.AmazonLinuxCpuType.X86_64;
  return new ec2.AmazonLinux2023ImageSsmParameter({ cpuType, kernel: ec2.AmazonLinux2023Kernel.DEFAULT, cachedInContext: false });
}

/** The role of the servers; a launch template that was made elsewhere does not tell it. */
function roleOf(group: autoscaling.AutoScalingGroup, own: autoscaling.AutoScalingGroupProps): iam.IRole | undefined {
  const template = own.launchTemplate ?? own.mixedInstancesPolicy?.launchTemplate;
  if (template === undefined) return group.role;
  return template instanceof ec2.LaunchTemplate ? template.role : undefined;
}
