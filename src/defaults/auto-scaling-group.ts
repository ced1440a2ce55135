import { FeatureFlags, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { AUTOSCALING_GENERATE_LAUNCH_TEMPLATE } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { SharedKey } from '../environment/shared-key';
import { encryptedVolumes } from './encrypted-volumes';
import type { Defaults } from './hardening';
import { rootDeviceOf } from './root-device';
import { withDefaults } from './with-defaults';

/**
 * Metadata only with tokens, measured every minute, and the disks of new servers encrypted with the data key.
 *
 * What an app says in a launch template of its own stays as it is. A launch configuration that may be deployed stays as well: it
 * cannot be changed, only replaced.
 */
export const autoScalingGroupDefaults: Defaults<autoscaling.AutoScalingGroupProps> = (props, { scope, mayBeDeployed }) => {
  const own = props as autoscaling.AutoScalingGroupProps;
  const complete = withDefaults(own, { groupMetrics: [autoscaling.GroupMetrics.all()] });
  if (launchesByItself(own) || (mayBeDeployed && !makesLaunchTemplates(scope))) return complete;
  const launch = withDefaults(complete, { requireImdsv2: true, instanceMonitoring: autoscaling.Monitoring.DETAILED });
  if (mayBeDeployed) return launch;
  const blockDevices = encryptedVolumes(scope, rootDeviceOf(own.machineImage), own.blockDevices);
  for (const { volume } of blockDevices ?? []) letAutoScalingUse(volume.ebsDevice?.kmsKey);
  return { ...launch, blockDevices: blockDevices as autoscaling.BlockDevice[] | undefined };
};

/** Whether an app brings a launch template: the CDK takes no other properties of servers beside it. */
export function launchesByItself({ launchTemplate, mixedInstancesPolicy }: autoscaling.AutoScalingGroupProps): boolean {
  return launchTemplate !== undefined || mixedInstancesPolicy !== undefined;
}

/** Whether the CDK makes a launch template for a group, rather than a launch configuration, which new accounts cannot have. */
export function makesLaunchTemplates(scope: Construct): boolean {
  return FeatureFlags.of(scope).isEnabled(AUTOSCALING_GENERATE_LAUNCH_TEMPLATE) === true;
}

const OPEN = new WeakSet<SharedKey>();

/**
 * Let Amazon EC2 Auto Scaling launch servers whose disks are encrypted with the data key: without it no server starts. Its role
 * may not be there yet, and a policy of a key cannot name who is not there: the condition names it.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function letAutoScalingUse(key: kms.IKeyRef | undefined): void {
  if (!(key instanceof SharedKey) || OPEN.has(key)) return;
  OPEN.add(key);
  const { account } = Stack.of(key);
  const role = Stack.of(key).formatArn({
    service: 'iam',
    region: '',
    resource: 'role/aws-service-role/autoscaling.amazonaws.com',
    resourceName: 'AWSServiceRoleForAutoScaling',
  });
  const allow = (actions: string[], conditions: Record<string, Record<string, string>> = {}) =>
    key.letIn(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions,
        resources: ['*'],
        conditions: { StringEquals: { 'kms:CallerAccount': account }, ArnEquals: { 'aws:PrincipalArn': role }, ...conditions },
      }),
    );
  allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
  allow(['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
}
