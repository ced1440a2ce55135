import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { ResourceRule } from '../rule';
import { inDoubt } from './about';

export const DMS_ENDPOINT = 'AWS::DMS::Endpoint';

type Check = ResourceRule['check'];

/** `applies` and `check` of a rule that looks elsewhere for each kind of database; deployment may decide the kind. */
export function byEndpointEngine(checks: ReadonlyMap<string, Check>): Required<Pick<ResourceRule, 'applies' | 'check'>> {
  const checkOf = (endpoint: Resource) => checks.get(endpoint.at('EngineName').string?.toLowerCase() ?? '');
  const all = [...new Set(checks.values())];
  return {
    applies: (endpoint) => endpoint.at('EngineName').isUnknown || checkOf(endpoint) !== undefined,
    check: (endpoint) => checkOf(endpoint)?.(endpoint) ?? inDoubt(all.flatMap((check) => check(endpoint))),
  };
}

/** For the examples of rules: an endpoint. */
export function dmsEndpoint(EngineName: string, properties: object): JsonObject {
  return { Endpoint: { Type: DMS_ENDPOINT, Properties: { EndpointType: 'source', EngineName, ...properties } } };
}
