import type { Hit } from './alert';
import { isFields, list, text } from './fields';

/** Names of the tags that say what a person wants to know of a resource, in the order in which they count. */
const NAMES: Readonly<Record<'owner' | 'environment' | 'dataClassification' | 'stack' | 'name', readonly string[]>> = {
  owner: ['owner', 'team', 'contact', 'application-owner'],
  environment: ['environment', 'env', 'stage'],
  dataClassification: ['dataclassification', 'data-classification', 'classification', 'confidentiality'],
  stack: ['aws:cloudformation:stack-name'],
  name: ['name'],
};

/** A resource, with what its tags say where it is not said otherwise. */
export function hitOf(hit: Hit, tags?: unknown): Hit {
  const byName = tagsIn(tags);
  const said = Object.entries(NAMES).flatMap(([member, names]) => {
    const name = names.find((each) => byName.has(each));
    return name ? [[member, byName.get(name)] as const] : [];
  });
  return {
    ...Object.fromEntries(said),
    ...Object.fromEntries(Object.entries(hit).filter(([, value]) => value !== undefined)),
  } as Hit;
}

/** Tags by their names in lower case: `Key` and `Value`, `key` and `value`, or an object. */
function tagsIn(tags: unknown): ReadonlyMap<string, string> {
  const pairs = Array.isArray(tags)
    ? list({ tags }, 'tags').map((tag) => [text(tag, 'Key', 'key'), text(tag, 'Value', 'value')] as const)
    : isFields(tags)
      ? Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : undefined] as const)
      : [];
  return new Map(pairs.flatMap(([key, value]) => (key && value ? [[key.toLowerCase(), value] as const] : [])));
}
