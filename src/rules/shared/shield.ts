import type { JsonObject } from '../../model/json';

export const PROTECTION = 'AWS::Shield::Protection';

/** An example of a protection that names something. */
export function protection(resourceArn: JsonObject | string) {
  return { Protection: { Type: PROTECTION, Properties: { Name: 'protection', ResourceArn: resourceArn } } };
}
