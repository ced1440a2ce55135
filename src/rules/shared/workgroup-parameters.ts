import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { byParameter, byStage } from './deciding-examples';

/** Expect a parameter of a workgroup of Redshift Serverless to be true; what applies without it depends on the workgroup. */
export function mustHaveConfigParameter(workgroup: Resource, name: string): Observation[] {
  const parameters = workgroup.at('ConfigParameters');
  const value = parameters.pick('ParameterKey', name).at('ParameterValue');
  if (!value.isAbsent) return value.mustBe(true);
  return [parameters.undetermined(`'${name}' is true`, `'${name}' is left to the default of the workgroup`)];
}

/** Examples of a rule that expects a parameter of a workgroup to be true. */
export function configParameterExamples(name: string) {
  const workgroup = (...parameters: (readonly [name: string, value: Json])[]): JsonObject => ({
    Workgroup: {
      Type: 'AWS::RedshiftServerless::Workgroup',
      Properties: { ConfigParameters: parameters.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })) },
    },
  });
  const saying = (value: Json) => workgroup([name, value]);
  return {
    pass: { 'the workgroup says so': saying('true'), 'the workgroup says more': workgroup(['datestyle', 'ISO'], [name, 'true']) },
    fail: {
      'the workgroup says otherwise': saying('false'),
      'the workgroup says otherwise in one branch of a condition': byStage(saying, 'true', 'false'),
    },
    undetermined: {
      'the workgroup leaves it to the default': workgroup(['datestyle', 'ISO']),
      'a parameter decides': byParameter(saying),
    },
  };
}
