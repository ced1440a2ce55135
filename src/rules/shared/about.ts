import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { ResourceRule } from '../rule';
import type { Ternary } from './ternary';

/** `applies` and `check` of a rule about some resources of its types, where deployment may decide which. */
export function about(
  isMeant: (resource: Resource) => Ternary,
  check: ResourceRule['check'],
): Required<Pick<ResourceRule, 'applies' | 'check'>> {
  return {
    applies: (resource) => isMeant(resource) !== false,
    check: (resource) => when(isMeant(resource), check(resource)),
  };
}

/** What is wrong if something holds. */
export function when(answer: Ternary, observations: readonly Observation[]): Observation[] {
  return answer === false ? [] : answer ? [...observations] : inDoubt(observations);
}

/** What is wrong only if something holds that only deployment knows. */
export function inDoubt(observations: readonly Observation[]): Observation[] {
  return observations.map((each) =>
    each.kind === 'fail' || each.kind === 'missing'
      ? { ...each, kind: 'undetermined', problem: `${each.problem}; only deployment knows whether it must be` }
      : each,
  );
}
