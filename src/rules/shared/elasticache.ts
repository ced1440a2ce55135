import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Memcached keeps nothing, and has no users. */
export function isMemcached(cache: Resource): boolean {
  return cache.at('Engine').string?.toLowerCase() === 'memcached';
}

/** Expect a setting that a member of a global datastore takes over from the primary when it does not say. */
export function unlessOfPrimary(group: Resource, path: string, expect: () => Observation[]): Observation[] {
  const value = group.at(path);
  if (!value.isAbsent || group.at('GlobalReplicationGroupId').isAbsent) return expect();
  return [value.undetermined('as it is in the primary', 'it is that of the primary of the global datastore')];
}
