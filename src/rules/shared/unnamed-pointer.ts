import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** The finding that a resource of a type may be meant for this one: what it names is known only at deployment. */
export function unnamedPointer(resource: Resource, type: string, path: string, expected: string): Observation[] {
  const open = resource.mayBePointedAtBy(type, path);
  return open ? [open.undetermined(expected)] : [];
}
