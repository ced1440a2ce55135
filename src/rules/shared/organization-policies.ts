import type { EnvironmentView } from '../../model/environment-view';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import type { Ternary } from './address-block';
import { fromJsonText } from './json-text';
import { anyIs } from './ternary';

export const ORGANIZATION_POLICY = 'AWS::Organizations::Policy';

/** Policies of the organization of a type, for example `INSPECTOR_POLICY`, that may reach the account of an environment. */
export function organizationPolicies(environment: EnvironmentView, type: string): Resource[] {
  return environment
    .accountResources(ORGANIZATION_POLICY)
    .filter((policy) => policy.at('Type').string === type && reaches(policy, environment) !== false);
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
