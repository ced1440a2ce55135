import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { completed } from '../defaults/completed';
import { encryptedVolumes } from '../defaults/encrypted-volumes';
import { instanceDefaults } from '../defaults/instance';
import { rootDeviceOf } from '../defaults/root-device';
import { withDefaults } from '../defaults/with-defaults';
import { Soc2Environment } from '../environment/soc2-environment';
import { type HostAlarmThresholds, hostAlarms } from './host-alarms';
import { HostMetricsAgent } from './host-metrics-agent';
import { checkPlacement, mustRefuseAddress } from './host-placement';
import { letBeManaged } from './host-role';
import { UNKNOWN_ROOT } from './unknown-root';

/** Options of `SecureInstance`: those of `ec2.Instance`, every one of which comes before a default. */
export interface SecureInstanceProps extends ec2.InstanceProps {
  /**
   * What the root device of the image is called, such as `/dev/sda1`. Look it up with `aws ec2 describe-images`. Under another name a
   * second disk would be made, and the root would not be encrypted.
   *
   * @default - known for Amazon Linux, Windows, Ubuntu, Debian, SUSE and Bottlerocket where the image is told by a parameter of AWS
   */
  readonly rootDeviceName?: string;

  /**
   * Whether the server is deployed already, as a plain `ec2.Instance` for example. Set it when this class takes the place of another
   * one, and leave it there. Never set it for what this class has made: CloudFormation would make a new server in its place.
   *
   * Then its disks, its subnet and its address stay as they are, and rules report what is open. Its role gets the rights that
   * Session Manager and the agent need.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Whether the agent of CloudWatch is installed and publishes memory and disks. Each server then has some ten metrics of its own,
   * which are billed.
   *
   * @default - true, unless `ssmSessionPermissions` is false
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
 * A server that nobody reaches by a port: administered by sessions that are logged, with encrypted disks, and watched.
 *
 * Takes every property of `ec2.Instance` and can take its place, with `alreadyDeployed`: the logical id stays the same.
 *
 * - It has no SSH key, no open port and no public address, and stands in private subnets. Session Manager reaches it; make a
 *   `SessionLogging` once for each account and Region, so that sessions are logged and encrypted.
 * - Its disks are encrypted with the data key, the root as well.
 * - Metadata, and with it the credentials of its role, are given only to requests with a token (IMDSv2).
 * - Its role lets Systems Manager manage it and the agent publish metrics, and nothing else: it cannot read parameters.
 * - Production protects it from termination. To replace it, switch `disableApiTermination` off in a deployment of its own.
 * - Alarms tell of status checks, processor, memory and disks, where there is somewhere to send them.
 *
 * A server keeps what is on its disks, so its image must not change under it. `MachineImage.latestAmazonLinux2023()` without
 * `cachedInContext` looks up the newest image in every deployment, and CloudFormation then makes a new server: take it for servers
 * that may go at any time, or make a `SecureAutoScalingGroup`. `PatchProgram` keeps a single server up to date.
 *
 * What it creates beside the server: a role and a security group; four alarms; once for each stack a KMS key for data, and a document
 * and an association of Systems Manager that install the agent.
 * What it costs in kind: the server and its disks, detailed monitoring, some ten metrics of the agent, the alarms, the key.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureInstance(this, 'Server', {
 *   vpc,
 *   instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE),
 *   machineImage: ec2.MachineImage.latestAmazonLinux2023({ cachedInContext: true }),
 * });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-security.html
 */
export class SecureInstance extends ec2.Instance {
  /**
   * @param scope where the server is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the network has public subnets only, when the root device of the image is not known, or when a threshold is no
   * percentage; it says what to change.
   */
  constructor(scope: Construct, id: string, props: SecureInstanceProps) {
    const { alreadyDeployed = false, rootDeviceName, memoryAndDiskMetrics, alarmTopic, alarmThresholds, ...own } = props;
    const blockDevices = alreadyDeployed ? own.blockDevices : volumesOf(scope, rootDeviceName, own);
    if (!alreadyDeployed) checkPlacement(own.vpc, own.vpcSubnets);
    const complete = instanceDefaults({ ...own, blockDevices }, { scope, id, mayBeDeployed: alreadyDeployed });
    super(
      scope,
      id,
      completed(
        withDefaults(complete, {
          ...(Soc2Environment.of(scope).isProduction ? { disableApiTermination: true } : {}),
          ...(!alreadyDeployed && mustRefuseAddress(own.vpc, own.vpcSubnets) ? { associatePublicIpAddress: false } : {}),
        }),
      ),
    );
    const isManaged = own.ssmSessionPermissions !== false;
    const hasAgent = memoryAndDiskMetrics ?? isManaged;
    if (isManaged) letBeManaged(this, this.role);
    if (hasAgent) HostMetricsAgent.installOn(this);
    hostAlarms(this, {
      dimensions: { InstanceId: this.instanceId },
      isWindows: this.osType === ec2.OperatingSystemType.WINDOWS,
      hasAgent,
      alarmTopic,
      thresholds: alarmThresholds,
    });
  }
}

/** The disks of a new server. Where an app lists disks and says nothing of the root, it is taken to list the root as well. */
function volumesOf(scope: Construct, rootDeviceName: string | undefined, props: ec2.InstanceProps) {
  const root = rootDeviceName ?? rootDeviceOf(props.machineImage);
  if (root === undefined && props.blockDevices === undefined) throw new Error(UNKNOWN_ROOT);
  return encryptedVolumes(scope, root, props.blockDevices);
}
