import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Expect a bucket to have an enabled lifecycle rule with at least one of the actions. */
export function lifecycleRule(bucket: Resource, actions: readonly string[], expected: string): Observation[] {
  const rules = bucket.at('LifecycleConfiguration.Rules');
  const attempts = rules
    .items()
    .flatMap((rule) => actions.map((action) => [...rule.at('Status').mustBe('Enabled'), ...rule.at(action).mustBeSet(expected)]));
  return anyOf(attempts, () => rules.fails(expected, `the bucket does not have ${expected}`));
}

/** Actions on versions that are not current; the singular names are the older ones. */
export const OLD_VERSION_ACTIONS = [
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransitions',
  'NoncurrentVersionTransition',
] as const;
