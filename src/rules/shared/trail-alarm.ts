import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { EnvironmentRule } from '../rule';
import { isWatched, type Watch } from './watched-events';

interface TrailAlarm extends Omit<Watch, 'pace'> {
  /** A filter pattern that picks the events. */
  readonly pattern: string;
  /** Whether one event has to be enough. @default 'first' */
  readonly pace?: Watch['pace'];
}

type Part = 'criteria' | 'control' | 'severity' | 'scope' | 'resourceTypes' | 'remediation' | 'check' | 'examples';

/** What rules about alarms on a trail have in common. */
export function trailAlarm({ pattern, ...watched }: TrailAlarm): Pick<EnvironmentRule, Part> {
  const watch: Watch = { pace: 'first', ...watched };
  return {
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC4_1],
    control: 'threat-detection',
    // A security account provides these for all accounts as a rule.
    severity: 'warning',
    scope: 'environment',
    resourceTypes: ['AWS::Logs::MetricFilter'],
    remediation:
      `Add a \`logs.MetricFilter\` with the pattern \`${pattern}\` to the log group of the trail, and call ` +
      '`filter.metric({ statistic: Stats.SUM }).createAlarm(…)` and `alarm.addAlarmAction(new SnsAction(topic))`. ' +
      `Where another team provides the alarm, declare it: \`inherited: [{ rule: '${watch.slug}', owner: '…', pointer: '…' }]\`.`,
    check: (environment) => isWatched(environment, watch),
    examples: {
      pass: { 'an alarm on a metric filter tells somebody': watching(pattern) },
      fail: {
        'there is no metric filter': { ...watching(pattern), Filter: { Type: 'AWS::SNS::Topic' } },
        'the metric filter picks something else': watching('{ $.eventName = "CreateTags" }'),
        'the alarm tells nobody': watching(pattern, { AlarmActions: [] }),
      },
      undetermined: {
        'the pattern is a parameter': {
          Parameters: { Pattern: { Type: 'String' } },
          Resources: watching({ Ref: 'Pattern' }),
        },
      },
    },
  };
}

/** A trail, a filter of its log group, an alarm on the metric, and a topic. */
export function watching(pattern: Json, alarm: JsonObject = {}, filter: JsonObject = {}) {
  return {
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Properties: {
        S3BucketName: 'trail-logs',
        IsLogging: true,
        CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['TrailLogs', 'Arn'] },
      },
    },
    TrailLogs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: 'TrailLogs' },
        FilterPattern: pattern,
        MetricTransformations: [{ MetricNamespace: 'Trail', MetricName: 'Watched', MetricValue: '1' }],
        ...filter,
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'Trail',
        MetricName: 'Watched',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmActions: [{ Ref: 'OnCall' }],
        ...alarm,
      },
    },
    OnCall: { Type: 'AWS::SNS::Topic' },
  };
}

/** A filter pattern that picks some calls of a service. */
export function patternOfCalls(service: string, ...names: string[]): string {
  const calls = names.map((name) => `($.eventName = "${name}")`).join(' || ');
  return `{ ($.eventSource = "${service}.amazonaws.com") && (${calls}) }`;
}
