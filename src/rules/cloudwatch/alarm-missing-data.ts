import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { byParameter, byStage } from '../shared/deciding-examples';
import { allAre, isOneOf, type Ternary } from '../shared/ternary';

/** Comparisons that a count of nothing meets, and the thresholds with which no other count does. */
const COMPARISONS: Readonly<Record<string, (threshold: number) => boolean>> = {
  LessThanThreshold: (threshold) => threshold > 0 && threshold <= 1,
  LessThanOrEqualToThreshold: (threshold) => threshold >= 0 && threshold < 1,
};

/** Whether an alarm goes off when nothing was counted: its sum is below one. */
function reportsAbsence(alarm: Resource): Ternary {
  const [threshold, comparison] = [alarm.at('Threshold'), alarm.at('ComparisonOperator')];
  const { number } = threshold;
  const fitting = Object.entries(COMPARISONS).flatMap(([name, fits]) => (number === undefined || fits(number) ? name : []));
  return allAre([
    isOneOf(alarm.at('Statistic'), ['Sum', 'SampleCount']),
    threshold.isUnknown ? undefined : number !== undefined,
    isOneOf(comparison, fitting),
  ]);
}

const alarm = (missing: Json, more: JsonObject = {}) => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Statistic: 'Sum',
      Period: 86400,
      EvaluationPeriods: 1,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: missing,
      ...more,
    },
  },
});

export default defineRule({
  id: 'CloudWatch.19',
  slug: 'alarm-missing-data',
  title: 'Alarms on something that did not happen go off when there is no data',
  criteria: [Criterion.CC7_2, Criterion.CC4_2, Criterion.A1_2],
  control: 'alert-routing',
  severity: 'warning',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  rationale:
    'What does not run writes no metric: an alarm that waits for "less than one" then waits for data, and a missed backup stays unnoticed.',
  remediation: 'Set `treatMissingData: TreatMissingData.BREACHING` on the alarm.',
  references: ['NIST 800-53 SI-4', 'NIST 800-53 AU-5'],
  ...about(reportsAbsence, (alarm) => alarm.at('TreatMissingData').mustBe('breaching')),
  examples: {
    pass: {
      'missing data counts as a breach': alarm('breaching'),
      'missing data counts as a breach, with the other comparison': alarm('breaching', {
        ComparisonOperator: 'LessThanOrEqualToThreshold',
        Threshold: 0,
        Statistic: 'SampleCount',
      }),
    },
    fail: {
      'missing data is not mentioned': alarm({ Ref: 'AWS::NoValue' }),
      'missing data counts as no breach': alarm('notBreaching'),
      'missing data is ignored in one branch of a condition': byStage(alarm, 'breaching', 'ignore'),
    },
    undetermined: { 'how missing data counts is a parameter': byParameter(alarm) },
  },
});
