import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';

/** Expect a list of names to have certain ones among them. */
export function mustInclude(list: Value, needed: readonly string[], what = 'the log'): Observation[] {
  const expected = needed.map((name) => `'${name}'`).join(' and ');
  if (list.isAbsent || list.isUnknown) return list.mustBeSet(expected);
  const names = list.items();
  const isOpen = names.some((name) => name.isUnknown);
  return needed
    .filter((name) => !names.some((each) => each.string?.toLowerCase() === name))
    .map((name) =>
      isOpen
        ? list.undetermined(expected, 'a member of the list is not known')
        : list.fails(expected, `${what} '${name}' is not in the list`),
    );
}
