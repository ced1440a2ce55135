import { type Finding, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Expect one of some resources to be right: what is wrong with them when none is, and `otherwise` when there are none. */
export function oneIsRight(
  resources: readonly Resource[],
  judge: (resource: Resource) => Observation[],
  met: string,
  otherwise: Finding,
): Observation[] {
  const judged = resources.map((resource) => ({ resource, observations: judge(resource) }));
  const right = judged.filter(({ observations }) => observations.every(({ kind }) => kind === 'note'));
  if (right.length > 0) return right.map(({ resource }) => metBy(resource, met));
  const open = judged.find(({ observations }) => !observations.some(({ kind }) => kind === 'fail'));
  if (open) return open.observations;
  return judged.length > 0 ? judged.flatMap(({ observations }) => observations) : [otherwise];
}
