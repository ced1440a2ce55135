import type { Json, JsonObject } from '../../model/json';

/** An example in which a value is a parameter without a default: only deployment decides. */
export function byParameter(make: (value: Json) => JsonObject): JsonObject {
  return { Parameters: { Choice: { Type: 'String' } }, Resources: make({ Ref: 'Choice' }) };
}

/** An example in which a value differs between production and other stages. */
export function byStage(make: (value: Json) => JsonObject, production: Json, other: Json): JsonObject {
  return {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
    Resources: make({ 'Fn::If': ['IsProduction', production, other] }),
  };
}
