import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';
import type { Ternary } from './ternary';

/** The type of CDK's `AwsCustomResource`, which does what CloudFormation has no resource for. */
export const SDK_CALL = 'Custom::AWS';

/** When a custom resource makes its calls; CDK gives the one for the update to the creation when there is no other. */
export type CallEvent = 'Create' | 'Update';

/** Whether a custom resource makes a call; its names are of any SDK version. */
export function makesCall(resource: Resource, service: string, action: string, event: CallEvent = 'Create'): Ternary {
  const call = callOf(resource, event);
  if (call.isUnknown) return undefined;
  const [ofService, ofAction] = [call.at('service'), call.at('action')];
  if (ofService.isUnknown || ofAction.isUnknown) return undefined;
  return plain(ofService.text) === plain(service) && plain(ofAction.text) === plain(action);
}

/** What the call of a custom resource is given. */
export function callParameters(resource: Resource, event: CallEvent = 'Create'): Value {
  return callOf(resource, event).at('parameters');
}

function callOf(resource: Resource, event: CallEvent): Value {
  return resource.at(event).once(fromJsonText);
}

const DECORATION = /^@aws-sdk\/client-|command$|-/g;

/** `@aws-sdk/client-inspector2` is `Inspector2`, `EnableCommand` is `enable`. */
function plain(name: string): string {
  return name.toLowerCase().replace(DECORATION, '');
}
