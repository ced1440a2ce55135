import type { Resource } from '../../model/resource';
import { makesCall } from './sdk-call';
import type { Ternary } from './ternary';

/** Whether a custom resource switches EBS encryption by default on; CloudFormation itself has nothing for it. */
export function enablesEncryption(resource: Resource): Ternary {
  return makesCall(resource, 'EC2', 'enableEbsEncryptionByDefault');
}

/** Whether a custom resource switches EBS encryption by default off. */
export function disablesEncryption(resource: Resource): Ternary {
  return makesCall(resource, 'EC2', 'disableEbsEncryptionByDefault');
}
