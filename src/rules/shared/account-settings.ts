import type { Json } from '../../model/json';
import type { Resource } from '../../model/resource';

/** What `IamBaseline` makes: a function sets what its properties say, and makes nothing weaker. */
export const ACCOUNT_SETTINGS = 'Custom::Soc2AccountSettings';

/** Whether a resource sets something of an account by that function. */
export function setsByFunction(resource: Resource, property: string): boolean {
  return resource.type === ACCOUNT_SETTINGS && !resource.at(property).isAbsent;
}

/** An example of it. */
export function accountSettings(properties: Record<string, Json>) {
  return {
    Settings: { Type: ACCOUNT_SETTINGS, Properties: { ServiceToken: 'handler', Account: '111122223333', ...properties } },
  };
}
