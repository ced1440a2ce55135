import type { Resource } from '../../model/resource';
import type { Ternary } from './address-block';

/** The type of CDK's `AwsCustomResource`; CloudFormation has none for EBS encryption by default. */
export const SDK_CALL = 'Custom::AWS';

/** Whether a custom resource switches EBS encryption by default on when it is created. */
export function enablesEncryption(resource: Resource): Ternary {
  return calls(resource, 'enableEbsEncryptionByDefault');
}

/** Whether a custom resource switches EBS encryption by default off when it is created. */
export function disablesEncryption(resource: Resource): Ternary {
  return calls(resource, 'disableEbsEncryptionByDefault');
}

/** The call is JSON in a text, in pieces when it holds values of other resources; its names are of any SDK version. */
function calls(resource: Resource, action: string): Ternary {
  const call = resource.at('Create');
  const names = (key: string, wanted: string) => new RegExp(`"${key}"\\s*:\\s*"${wanted}"`, 'i').test(call.text);
  if (names('service', '(?:@aws-sdk/client-)?ec2') && names('action', `${action}(?:Command)?`)) return true;
  return call.isUnknown && !/"action"\s*:/.test(call.text) ? undefined : false;
}
