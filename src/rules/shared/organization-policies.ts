import type { EnvironmentView } from '../../model/environment-view';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';
import { anyIs, isOneOf, type Ternary } from './ternary';

export const ORGANIZATION_POLICY = 'AWS::Organizations::Policy';

/**
 * Policies of the organization of a type, for example `INSPECTOR_POLICY`, that may reach the account of an environment.
 *
 * One of another environment has to reach it for sure: what its units hold, an inherited control has to say.
 */
export function organizationPolicies(environment: EnvironmentView, type: string): Resource[] {
  const isOfType = (policy: Resource) => isOneOf(policy.at('Type'), [type]);
  const { account } = environment.environment;
  const elsewhere = environment
    .others()
    .filter(({ environment: other }) => other.account === undefined || other.account !== account)
    .flatMap((other) => other.resources(ORGANIZATION_POLICY));
  return [
    ...environment
      .accountResources(ORGANIZATION_POLICY)
      .filter((each) => isOfType(each) !== false && reaches(each, environment) !== false),
    ...elsewhere.filter((each) => isOfType(each) && reaches(each, environment)),
  ];
}

/** What a policy of the organization says; CDK gives it as a mapping or as JSON text. */
export function contentOf(policy: Resource): Value {
  return policy.at('Content').once(fromJsonText);
}

/** Whether a policy is attached to the account, or to the root of the organization; what units hold is not in a template. */
export function reaches(policy: Resource, { environment: { account } }: EnvironmentView): Ternary {
  const targets = policy.at('TargetIds');
  if (targets.isUnknown) return undefined;
  return anyIs(
    targets.items().map((target): Ternary => {
      const { string: id } = target;
      if (id === undefined) return target.target?.type === 'AWS::Organizations::Organization' ? true : undefined;
      if (id.startsWith('r-') || id === account) return true;
      return id.startsWith('ou-') || account === undefined ? undefined : false;
    }),
  );
}

/** What a setting of a management policy says: plainly, or by an operator of inheritance such as `@@assign`. */
export function settingOf(value: Value): Value {
  const assigned = value.at('@@assign');
  if (!assigned.isAbsent) return assigned;
  const appended = value.at('@@append');
  return appended.isAbsent ? value : appended;
}
