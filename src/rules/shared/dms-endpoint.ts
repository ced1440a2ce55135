import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';

export const DMS_ENDPOINT = 'AWS::DMS::Endpoint';

/** The kind of database behind an endpoint, in lower case; nothing when only deployment knows. */
export function endpointEngine(endpoint: Resource): string | undefined {
  return endpoint.at('EngineName').string?.toLowerCase();
}

/** For the examples of rules: an endpoint. */
export function dmsEndpoint(EngineName: string, properties: object): JsonObject {
  return { Endpoint: { Type: DMS_ENDPOINT, Properties: { EndpointType: 'source', EngineName, ...properties } } };
}
