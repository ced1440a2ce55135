import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

export const REST_STAGE = 'AWS::ApiGateway::Stage';
export const REST_DEPLOYMENT = 'AWS::ApiGateway::Deployment';
export const REST_API = 'AWS::ApiGateway::RestApi';
export const HTTP_STAGE = 'AWS::ApiGatewayV2::Stage';
export const HTTP_API = 'AWS::ApiGatewayV2::Api';

/** The types that make a stage of a REST API. */
export const REST_STAGES = [REST_STAGE, REST_DEPLOYMENT];

/** Whether a resource makes a stage; a deployment does when it names one. */
export function isStage(resource: Resource): boolean {
  return resource.type !== REST_DEPLOYMENT || !resource.at('StageName').isAbsent;
}

/** The settings of a stage. */
export function stageSettings(resource: Resource): Value {
  return resource.type === REST_DEPLOYMENT ? resource.at('StageDescription') : resource.properties;
}

/** Whether a REST API is reached through VPC endpoints only. */
export function isPrivate(api: Resource): boolean {
  return api.membersAt('EndpointConfiguration.Types').some((type) => type.string === 'PRIVATE');
}

/** Whether an API of the second kind talks over WebSockets; undefined when it is not known. */
export function isWebSocket(resource: Resource): boolean | undefined {
  const protocol = resource.at('ApiId').targets(HTTP_API)[0]?.at('ProtocolType').string;
  return protocol === undefined ? undefined : protocol === 'WEBSOCKET';
}

/** A stage of a REST API, for examples. */
export function restStage(properties: Record<string, Json>): JsonObject {
  return { Stage: { Type: REST_STAGE, Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live', ...properties } } };
}
