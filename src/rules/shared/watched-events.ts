import type { EnvironmentView } from '../../model/environment-view';
import type { JsonObject } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { passesOn } from './bus-rule';
import { eventPatternOf, matchesEvent } from './event-pattern';
import { readFilterPattern } from './filter-pattern';
import { orInherited } from './or-inherited';
import type { Ternary } from './ternary';
import { isOfTrail, metricFilters, type Pace, tellsOfTrail } from './trail-filters';
import { callRecord } from './trail-records';

/** Events that somebody has to learn of. */
export interface Watch {
  /** Name of the check. */
  readonly slug: string;
  /** The events in words, as in "nobody learns of …". */
  readonly what: string;
  /** Records of CloudTrail, one for each kind of event. */
  readonly records: readonly JsonObject[];
  /** Where EventBridge passes these on: in their own Region, in us-east-1 only, or not all of them. */
  readonly bus: 'own Region' | 'us-east-1' | 'incomplete';
  readonly pace: Pace;
}

/** Something that picks events and tells somebody. */
interface Watcher {
  readonly pattern: Value;
  picks(record: JsonObject): Ternary;
  /** What is wrong with it. */
  judge(): Observation[];
}

/** Expect every kind of event to be picked, and somebody to be told. */
export function isWatched(environment: EnvironmentView, watch: Watch): Observation[] {
  const watchers = [
    ...metricFilters(environment).map((filter) => byFilter(filter, environment, watch)),
    ...(watch.bus === 'incomplete' ? [] : environment.resources('AWS::Events::Rule').map((rule) => byRule(rule, watch))),
  ].filter((each) => each.picks(HARMLESS) !== true);
  const answers = watch.records.map((record) => answerTo(record, watchers));
  const observations = distinct(answers.flat());
  const open = watch.records.filter((_, index) => answers[index].length === 0);
  if (open.length === 0) return observations;
  const expected = `a metric filter on the log group of the trail and an alarm on it that tells somebody, ${orInherited(watch.slug)}`;
  if (open.length === watch.records.length) return [missing(`nobody learns of ${watch.what}`, expected)];
  const problem = `nobody learns of ${open.map(({ eventName }) => eventName).join(', ')}`;
  const best = watchers.find((each) => watch.records.some((record) => each.picks(record) !== false));
  const place = best && { resource: best.pattern.resource, path: best.pattern.path, found: best.pattern.found };
  return [...observations, { ...missing(problem, expected), ...place }];
}

/** A call that nobody needs to know of: what picks it picks everything, and is soon ignored. */
const HARMLESS = callRecord('sts', 'GetCallerIdentity', { readOnly: true });

/** Who tells of an event; what is wrong with the best of them when none does; nothing when there is none. */
function answerTo(record: JsonObject, watchers: readonly Watcher[]): Observation[] {
  const judged = watchers.flatMap((watcher) => {
    const picks = watcher.picks(record);
    if (picks === false) return [];
    return [picks ? watcher.judge() : [watcher.pattern.undetermined('a pattern that picks the event', UNREAD)]];
  });
  const isRight = (observations: readonly Observation[]) => observations.every(({ kind }) => kind === 'note');
  const isOpen = (observations: readonly Observation[]) => !observations.some(({ kind }) => kind === 'fail');
  return judged.find(isRight) ?? judged.find(isOpen) ?? judged[0] ?? [];
}

const UNREAD = 'whether the pattern picks the event cannot be read from it';

function byFilter(filter: Resource, environment: EnvironmentView, { pace }: Watch): Watcher {
  const pattern = filter.at('FilterPattern');
  let judged: Observation[] | undefined;
  let isTrails: boolean | undefined;
  return {
    pattern,
    picks: (record) => {
      const picked = pattern.once(testOf)(record);
      if (picked !== undefined) return picked;
      // Filters of other log groups are not about calls.
      isTrails ??= isOfTrail(filter, environment);
      return isTrails ? undefined : false;
    },
    judge: () => {
      judged ??= tellsOfTrail(filter, environment, pace);
      return judged;
    },
  };
}

/** A pattern that is set at deployment may be any. */
function testOf(pattern: Value) {
  return readFilterPattern(pattern.string ?? '');
}

/** Rules on the default bus see the calls of their own Region; global services make theirs in us-east-1. */
function byRule(rule: Resource, { bus }: Watch): Watcher {
  const pattern = eventPatternOf(rule);
  return {
    pattern,
    picks: (record) => matchesEvent(pattern, asEvent(record)),
    judge: () => {
      const { region } = rule.environment;
      const findings = passesOn(rule);
      if (bus === 'us-east-1' && region === undefined)
        findings.push(pattern.undetermined('a rule in us-east-1', 'the Region of the rule is known only at deployment'));
      if (bus === 'us-east-1' && region !== undefined && region !== 'us-east-1')
        findings.push(pattern.fails('a rule in us-east-1', 'EventBridge passes calls of a global service on in us-east-1 only'));
      return findings.length > 0 ? findings : [metBy(rule, 'this rule passes them on')];
    },
  };
}

/** A record as EventBridge passes it on. */
function asEvent(record: JsonObject): JsonObject {
  const service = String(record.eventSource).replace('.amazonaws.com', '');
  return {
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    resources: [],
    detail: record,
  };
}

function distinct(observations: readonly Observation[]): Observation[] {
  const byText = new Map<string, Observation>();
  for (const each of observations) {
    const text = each.kind === 'note' ? each.text : each.problem;
    byText.set(`${each.resource?.entry.template.key} ${each.resource?.logicalId} ${each.path} ${text}`, each);
  }
  return [...byText.values()];
}
