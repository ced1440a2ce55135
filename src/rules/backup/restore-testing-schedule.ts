import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { longestGap } from '../../model/schedule';
import { defineRule } from '../rule';

/** The longest quarter has 92 days. */
const QUARTER = 92;

const plan = (ScheduleExpression?: Json) => ({
  Plan: {
    Type: 'AWS::Backup::RestoreTestingPlan',
    Properties: {
      RestoreTestingPlanName: 'plan',
      RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW', IncludeVaults: ['*'], RecoveryPointTypes: ['SNAPSHOT'] },
      ...(ScheduleExpression !== undefined && { ScheduleExpression }),
    },
  },
});

export default defineRule({
  id: 'Backup.13',
  slug: 'restore-testing-schedule',
  title: 'Restores are tested at least once a quarter',
  criteria: [Criterion.A1_3, Criterion.CC7_5],
  control: 'restore-testing',
  severity: 'warning',
  resourceTypes: ['AWS::Backup::RestoreTestingPlan'],
  rationale: 'An audit looks at months, not at years: each period needs tests of its own, and the first one may fail.',
  remediation:
    "Set `scheduleExpression` of the `CfnRestoreTestingPlan` to run every month, as in 'cron(0 5 1 * ? *)', or at least every quarter.",
  references: ['NIST 800-53 CP-4', 'NIST 800-53 CP-9(1)'],
  check: (plan) =>
    plan
      .at('ScheduleExpression')
      .must('a run in every quarter', ({ string = '' }) => (longestGap(string) ?? Number.POSITIVE_INFINITY) <= QUARTER, {
        absent: 'AWS Backup then tests every day at 5:00 UTC',
      }),
  examples: {
    pass: {
      'tests run every month': plan('cron(0 5 1 * ? *)'),
      'tests run every quarter': plan('cron(0 5 1 JAN/3 ? *)'),
      'tests run every 30 days': plan('rate(30 days)'),
      'the schedule is that of AWS Backup': plan(),
    },
    fail: {
      'tests run every half year': plan('cron(0 5 1 1,7 ? *)'),
      'tests run every 120 days': plan('rate(120 days)'),
      'tests run in one year only': plan('cron(0 5 1 * ? 2026)'),
    },
    undetermined: {
      'the schedule is a parameter': { Parameters: { When: { Type: 'String' } }, Resources: plan({ Ref: 'When' }) },
    },
  },
});
