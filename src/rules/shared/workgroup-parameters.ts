import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Expect a parameter of a workgroup of Redshift Serverless to be true; what applies without it depends on the workgroup. */
export function mustHaveConfigParameter(workgroup: Resource, name: string): Observation[] {
  const parameters = workgroup.at('ConfigParameters');
  const value = parameters.pick('ParameterKey', name).at('ParameterValue');
  if (!value.isAbsent) return value.mustBe(true);
  return [parameters.undetermined(`'${name}' is true`, `'${name}' is left to the default of the workgroup`)];
}
