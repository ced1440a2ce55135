import type { JsonObject } from '../../model/json';

export const USER_POOL = 'AWS::Cognito::UserPool';

/** A user pool, for examples. */
export function userPool(properties: JsonObject): JsonObject {
  return { Users: { Type: USER_POOL, Properties: { ...properties } } };
}
