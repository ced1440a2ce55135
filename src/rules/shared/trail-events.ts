import type { Observation } from '../../model/observation';
import { patternOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { recordingsOf, selectorsOf, type TrailEvents } from './trail-selectors';

/**
 * Expect a trail to record events, of all resources, or at least of those that are given.
 *
 * A trail without selectors records all management events and no data events.
 */
export function mustRecord(trail: Resource, events: TrailEvents, resources: readonly Resource[] = []): Observation[] {
  const selectors = selectorsOf(trail);
  const { category, access, type } = events;
  const what = `${access.toLowerCase()} ${type === undefined ? 'management events' : `data events of '${type}'`}`;
  const expected = `a selector that records all ${what}`;
  if (selectors.items().length === 0 && category === 'Management') return [];
  if (selectors.isUnknown) return [selectors.undetermined(expected)];

  const recordings = recordingsOf(trail, events);
  const sure = recordings.filter((each) => each.sure && each.limits.length === 0);
  const isAll = (arn: Value) => isWholeService(arn, type);
  const whole = sure
    .filter(({ only, excluded }) => (only.length === 0 || only.some(isAll)) && !excluded.some(isAll))
    .sort((a, b) => a.excluded.length - b.excluded.length);
  if (whole.length > 0) {
    const [{ excluded }] = whole;
    const open = excluded.find((arn) => patternOf(arn, 'possibly') === '*');
    if (open) return [open.undetermined(expected, 'it may leave out everything')];
    return excluded.map(({ path, text }) => ({ kind: 'note', resource: trail, path, text: `events of ${text} are left out` }));
  }
  const named = sure.flatMap(({ only }) => only);
  const left = resources.filter((resource) => !named.some((arn) => isAllOf(arn, resource)));
  if (named.length > 0 && left.length === 0) {
    const { path } = selectors;
    return [{ kind: 'note', resource: trail, path, text: `the trail records ${what} of the resources that it names` }];
  }
  const open = recordings.some((each) => !each.sure) || named.some((arn) => arn.isUnknown && arn.mentions().length === 0);
  if (open) return [selectors.undetermined(expected, 'a selector depends on what only deployment knows')];
  if (named.length === 0) return [selectors.fails(expected, `the trail records no ${what}, or only some`)];
  return [selectors.fails(expected, `the trail records no ${what} of ${left.map((each) => each.logicalId).join(', ')}`)];
}

/** Whether an ARN begins every ARN of a service: `arn:aws:s3`, `arn:aws:s3:::`. */
function isWholeService(arn: Value, type: string | undefined): boolean {
  const service = type?.split('::')[1].toLowerCase();
  return new RegExp(`^arn:(aws[a-z-]*|\\$\\{AWS::Partition\\}):${service}(:::)?$`).test(arn.text);
}

/** Whether an ARN, or its beginning, stands for all of a resource, not for a part such as the objects under a prefix. */
function isAllOf(arn: Value, resource: Resource): boolean {
  const text = arn.text.replace(/\/$/, '');
  if (text.includes('/')) return false;
  const name = resource.physicalName?.string;
  return arn.mentions().includes(resource.entry) || (name !== undefined && text.endsWith(`:${name}`));
}
