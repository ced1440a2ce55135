import type { Json, JsonObject } from '../../model/json';
import { byParameter, byStage } from './deciding-examples';

/** What the examples are about: a parameter in the group of a cluster of DocumentDB or Neptune. */
interface Subject {
  readonly service: 'DocDB' | 'Neptune';
  readonly family: string;
  readonly name: string;
  readonly right: string;
  readonly wrong: string;
  /** Whether all is well when nothing sets the parameter. */
  readonly safeByDefault?: boolean;
}

/** Examples of a rule about a parameter of a cluster. */
export function parameterExamples({ service, family, name, right, wrong, safeByDefault = false }: Subject) {
  const cluster = (DBClusterParameterGroupName: Json = { Ref: 'AWS::NoValue' }): JsonObject => ({
    Cluster: { Type: `AWS::${service}::DBCluster`, Properties: { DBClusterParameterGroupName } },
  });
  const group = (Parameters: JsonObject): JsonObject => ({
    ...cluster({ Ref: 'Group' }),
    Group: { Type: `AWS::${service}::DBClusterParameterGroup`, Properties: { Family: family, Parameters } },
  });
  const withValue = (value: Json) => group({ [name]: value });
  const unset: JsonObject = {
    'there is no parameter group': cluster(),
    'the parameter group is the default one': cluster(`default.${family}`),
    'the parameter group leaves it out': group({}),
  };
  return {
    pass: { 'the parameter group says so': withValue(right), ...(safeByDefault && unset) } as Record<string, JsonObject>,
    fail: {
      'the parameter group says otherwise': withValue(wrong),
      ...(!safeByDefault && unset),
      'the parameter group says otherwise in one branch of a condition': byStage(withValue, right, wrong),
    } as Record<string, JsonObject>,
    undetermined: {
      'the parameter group is elsewhere': cluster('orders'),
      'the parameter group is a parameter': byParameter(cluster),
      'the value is a parameter': byParameter(withValue),
    },
  };
}
