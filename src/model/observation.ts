import type { Resource } from './resource';
import type { ResourceEntry } from './template';

/** What a check saw. A check that saw nothing found everything as it should be. */
export type Observation = Finding | Note;

/** Which resource an observation is about. */
export interface Place {
  readonly entry: ResourceEntry;
  readonly logicalId: string;
}

/** Something is wrong, or might be. */
export interface Finding {
  /** `undetermined`: only deployment knows. `missing`: nothing in these templates does it; another template may. */
  readonly kind: 'fail' | 'undetermined' | 'missing';
  /** The resource that the finding is about; none when something is missing altogether. */
  readonly resource?: Place;
  /** Dotted path from the resource, for example `Properties.StorageEncrypted`. */
  readonly path?: string;
  readonly problem: string;
  readonly found: string;
  readonly expected: string;
}

/** A reason why it is right that a reader of the evidence would not guess, or the resource that makes it so. */
export interface Note {
  readonly kind: 'note';
  readonly resource?: Place;
  readonly path?: string;
  readonly text: string;
}

/** The finding that something an environment needs is not there. */
export function missing(problem: string, expected: string): Finding {
  return { kind: 'missing', problem, found: 'nothing', expected };
}

/** The note that a resource is what meets a requirement. */
export function metBy(resource: Resource, text: string): Note {
  return { kind: 'note', resource, text };
}

/** How alternatives compare: nothing wrong is better than unknown, unknown is better than wrong. */
function rank(observations: readonly Observation[]): number {
  if (observations.some((each) => each.kind === 'fail' || each.kind === 'missing')) return 2;
  return observations.some((each) => each.kind === 'undetermined') ? 1 : 0;
}

/** It is enough that one alternative holds: answers with the best of them, and with what `otherwise` says when all are wrong. */
export function anyOf(alternatives: readonly (readonly Observation[])[], otherwise: () => Observation): Observation[] {
  const best = [...alternatives].sort((a, b) => rank(a) - rank(b))[0];
  return best && rank(best) < 2 ? [...best] : [otherwise()];
}
