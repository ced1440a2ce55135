import type { EnvironmentView } from '../../model/environment-view';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { reachesSomebody } from './alarm-reach';

/** How soon an alarm has to go off: at the first event, or when there are many. */
export type Pace = 'first' | 'many';

/** Metric filters of the account; those of another Region count, for trails there may record this one too. */
export function metricFilters(environment: EnvironmentView): Resource[] {
  return environment.accountResources('AWS::Logs::MetricFilter');
}

/** Whether a metric filter reads what a trail records, as far as these templates show. */
export function isOfTrail(filter: Resource, environment: EnvironmentView): boolean {
  return readsTrail(filter, environment).length === 0;
}

/** Expect a metric filter to read what a trail records, and an alarm on its metric to tell somebody. */
export function tellsOfTrail(filter: Resource, environment: EnvironmentView, pace: Pace): Observation[] {
  return [...readsTrail(filter, environment), ...hasAlarm(filter, pace)];
}

function readsTrail(filter: Resource, environment: EnvironmentView): Observation[] {
  const name = filter.at('LogGroupName');
  const groups = name.targets('AWS::Logs::LogGroup');
  const trails = environment
    .accountResources('AWS::CloudTrail::Trail')
    .filter((trail) => trail.environment === environment.environment || trail.at('IsMultiRegionTrail').boolean === true);
  const destinations = trails.map((trail) => trail.at('CloudWatchLogsLogGroupArn'));
  if (destinations.some((arn) => groups.some((group) => arn.pointsTo(group)) || isArnOf(arn, name))) return [];
  const expected = 'the log group that a trail delivers to';
  const isOpen =
    groups.length === 0 || trails.length === 0 || destinations.some((arn) => arn.isUnknown && !arn.mentions().length);
  if (!isOpen) return [name.fails(expected, 'the filter reads a log group that no trail delivers to')];
  return [name.undetermined(expected, 'no trail among these templates delivers to the log group that it names')];
}

/** Both may be written out, in the same words. */
function isArnOf(arn: Value, name: Value): boolean {
  return name.text !== '' && name.isKnown && (arn.text.endsWith(`:${name.text}`) || arn.text.endsWith(`:${name.text}:*`));
}

function hasAlarm(filter: Resource, pace: Pace): Observation[] {
  const transformations = filter.at('MetricTransformations');
  const judged = transformations.items().flatMap((metric) => alarmsOn(metric, filter).map((alarm) => judge(alarm, metric, pace)));
  const right = judged.find((observations) => observations.every(({ kind }) => kind === 'note'));
  if (right) return right;
  const open = judged.find((observations) => !observations.some(({ kind }) => kind === 'fail'));
  return open ?? judged[0] ?? [transformations.fails('an alarm on the metric', 'no alarm watches the metric of the filter')];
}

const ALARM = 'AWS::CloudWatch::Alarm';

function alarmsOn(metric: Value, filter: Resource): Resource[] {
  const [name, namespace] = [metric.at('MetricName'), metric.at('MetricNamespace')];
  return filter
    .peers(ALARM)
    .filter((alarm) =>
      [alarm.properties, ...alarm.properties.all('Metrics.*.MetricStat.Metric')].some(
        (each) => isSame(each.at('MetricName'), name) && isSame(each.at('Namespace'), namespace),
      ),
    );
}

/** What only deployment knows is the same where the same template says it in the same words. */
function isSame(a: Value, b: Value): boolean {
  const isSaidHere = a.resource.entry.template === b.resource.entry.template;
  return a.text !== '' && a.text === b.text && ((a.isKnown && b.isKnown) || isSaidHere);
}

function judge(alarm: Resource, metric: Value, pace: Pace): Observation[] {
  const findings = [
    ...reachesSomebody(alarm),
    ...alarm.at('ActionsEnabled').mustBe(true, { absent: '' }),
    ...(pace === 'first' ? goesOffAtOnce(alarm, metric) : []),
  ];
  return findings.some(({ kind }) => kind !== 'note') ? findings : [...findings, metBy(alarm, 'this alarm watches for it')];
}

/** Expect one event in a period to be enough. */
function goesOffAtOnce(alarm: Resource, metric: Value): Observation[] {
  const operator = alarm.at('ComparisonOperator');
  const wrongWay = operator.mustBe(['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold']);
  if (wrongWay.length > 0) return wrongWay;
  const [limit, isEnough] =
    operator.string === 'GreaterThanThreshold'
      ? ['less than 1', (value: number) => value < 1]
      : ['at most 1', (value: number) => value <= 1];
  const wanted = alarm.at('DatapointsToAlarm').isAbsent ? 'EvaluationPeriods' : 'DatapointsToAlarm';
  return [
    ...alarm.at('Threshold').must(limit, ({ number }) => number !== undefined && isEnough(number)),
    ...alarm.at(wanted).mustBe(1),
    // Zeros between the events pull any other statistic below the limit.
    ...(metric.at('DefaultValue').isAbsent ? [] : alarm.at('Statistic').mustBe(['Sum', 'Maximum'], { absent: '' })),
  ];
}
