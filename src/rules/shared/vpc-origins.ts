import type { JsonObject } from '../../model/json';

/** An origin of CloudFront in a private subnet; its settings are its own, not those of the distribution. */
export const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';

/** A VPC origin, for examples. */
export function vpcOrigin(config: JsonObject): JsonObject {
  return { Origin: { Type: VPC_ORIGIN, Properties: { VpcOriginEndpointConfig: { Arn: 'arn', Name: 'app', ...config } } } };
}
