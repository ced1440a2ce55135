import { type Finding, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { allAre, type Ternary } from './ternary';

/** Expect a subscription to the events of RDS to be about a source, and about certain categories of its events. */
export function mustBeSubscribed(source: Resource, sourceType: string, categories: readonly string[]): Observation[] {
  const expected = `an event subscription about ${categories.map((category) => `'${category}'`).join(', ')}`;
  const subscriptions = source.peers('AWS::RDS::EventSubscription');
  const answers = subscriptions.map((subscription) => covers(subscription, source, sourceType, categories));
  const chosen = subscriptions.filter((_, index) => answers[index] === true);
  if (chosen.length > 0) return chosen.map((subscription) => metBy(subscription, 'this subscription tells of its events'));
  const finding: Finding = { ...source.fails('no event subscription of the environment covers it', expected), kind: 'missing' };
  const open = subscriptions[answers.indexOf(undefined)];
  if (!open) return [finding];
  const problem = `only deployment knows whether the event subscription '${open.logicalId}' covers it`;
  return [{ ...finding, kind: 'undetermined', problem }];
}

function covers(subscription: Resource, source: Resource, sourceType: string, categories: readonly string[]): Ternary {
  return allAre([
    isEnabled(subscription),
    holds(subscription, 'SourceType', (types) => types.includes(sourceType)),
    holds(subscription, 'EventCategories', (names) => categories.every((category) => names.includes(category))),
    isAbout(subscription, source),
  ]);
}

function isEnabled(subscription: Resource): Ternary {
  const enabled = subscription.at('Enabled');
  return enabled.isUnknown ? undefined : enabled.boolean !== false;
}

/** What is left out means all. */
function holds(subscription: Resource, path: string, test: (names: string[]) => boolean): Ternary {
  const names = subscription.at(path).items();
  if (names.length === 0 || test(names.flatMap((name) => name.string?.toLowerCase() ?? []))) return true;
  return names.some((name) => name.isUnknown) ? undefined : false;
}

function isAbout(subscription: Resource, source: Resource): Ternary {
  const ids = subscription.at('SourceIds').items();
  if (ids.length === 0 || ids.some((id) => id.pointsTo(source))) return true;
  return ids.some((id) => id.isUnknown && id.mentions().length === 0) ? undefined : false;
}
