import type { Json, JsonObject } from '../../model/json';
import type { Example } from '../rule';

export const WORKSPACE = 'AWS::WorkSpaces::Workspace';

const workspace = (properties: JsonObject) => ({ Desktop: { Type: WORKSPACE, Properties: { UserName: 'anna', ...properties } } });

/** Examples of a volume that is encrypted when a property is true. */
export function volumeExamples(property: string): Record<'pass' | 'fail' | 'undetermined', Record<string, Example>> {
  const volume = (value: Json) => workspace({ [property]: value });
  return {
    pass: { 'it is encrypted': volume(true), 'true is written as text': volume('true') },
    fail: { 'encryption is not mentioned': workspace({}), 'encryption is off': volume(false) },
    undetermined: {
      'encryption is a parameter': { Parameters: { On: { Type: 'String' } }, Resources: volume({ Ref: 'On' }) },
    },
  };
}
