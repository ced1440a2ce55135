import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import type { Ternary } from './address-block';
import { fromJsonText } from './json-text';

/** The type of CDK's `AwsCustomResource`, which does what CloudFormation has no resource for. */
export const SDK_CALL = 'Custom::AWS';

/** Whether a custom resource makes a call when it is created; its names are of any SDK version. */
export function makesCall(resource: Resource, service: string, action: string): Ternary {
  const call = callOf(resource);
  if (call.isUnknown) return undefined;
  const [ofService, ofAction] = [call.at('service'), call.at('action')];
  if (ofService.isUnknown || ofAction.isUnknown) return undefined;
  return plain(ofService.text) === plain(service) && plain(ofAction.text) === plain(action);
}

/** What the call of a custom resource is given. */
export function callParameters(resource: Resource): Value {
  return callOf(resource).at('parameters');
}

function callOf(resource: Resource): Value {
  return resource.at('Create').once(fromJsonText);
}

const DECORATION = /^@aws-sdk\/client-|command$|-/g;

/** `@aws-sdk/client-inspector2` is `Inspector2`, `EnableCommand` is `enable`. */
function plain(name: string): string {
  return name.toLowerCase().replace(DECORATION, '');
}
