import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** The finding that a resource of a type may be meant for this one: what it names is known only at deployment. */
export function unnamedPointer(resource: Resource, type: string, path: string, expected: string): Observation[] {
  const open = resource
    .peers(type)
    .map((peer) => peer.at(path))
    .find((value) => value.isUnknown && value.mentions().length === 0);
  return open ? [open.undetermined(expected)] : [];
}
