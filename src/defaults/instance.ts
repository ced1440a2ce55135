import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { encryptedVolumes } from './encrypted-volumes';
import type { Defaults } from './hardening';
import { rootDeviceOf } from './root-device';
import { withDefaults } from './with-defaults';

/**
 * Metadata only with tokens, measured every minute, and the disks of a new server encrypted with the data key.
 *
 * Nothing of it replaces or restarts a server that is deployed. Addresses, subnets and protection from termination are left as the
 * app has them: NAT instances and bastion hosts are servers as well.
 */
export const instanceDefaults: Defaults<ec2.InstanceProps> = (props, { scope, mayBeDeployed }) => {
  const own = props as ec2.InstanceProps;
  const complete = withDefaults(own, {
    detailedMonitoring: true,
    // The CDK takes either the one or the others.
    ...(own.requireImdsv2 === undefined ? { httpTokens: ec2.HttpTokens.REQUIRED } : {}),
  });
  if (mayBeDeployed) return complete;
  const blockDevices = encryptedVolumes(scope, rootDeviceOf(own.machineImage), own.blockDevices);
  return { ...complete, propagateTagsToVolumeOnCreation: own.propagateTagsToVolumeOnCreation ?? true, blockDevices };
};
