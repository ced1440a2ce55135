import type { Resource } from '../../model/resource';
import { ACCOUNT_SETTINGS, setsByFunction } from './account-settings';
import { makesCall, SDK_CALL } from './sdk-call';
import type { Ternary } from './ternary';

/** Custom resources that may say whether volumes are encrypted by default. */
export const EBS_DEFAULTS = [SDK_CALL, ACCOUNT_SETTINGS];

/** Whether a custom resource switches EBS encryption by default on; CloudFormation itself has nothing for it. */
export function enablesEncryption(resource: Resource): Ternary {
  if (resource.type === ACCOUNT_SETTINGS) return setsByFunction(resource, 'VolumeEncryption');
  return makesCall(resource, 'EC2', 'enableEbsEncryptionByDefault');
}

/** Whether a custom resource switches EBS encryption by default off. */
export function disablesEncryption(resource: Resource): Ternary {
  if (resource.type === ACCOUNT_SETTINGS) return false;
  return makesCall(resource, 'EC2', 'disableEbsEncryptionByDefault');
}
