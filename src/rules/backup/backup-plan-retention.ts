import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf, type Observation } from '../../model/observation';
import { longestGap } from '../../model/schedule';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';

const plan = (...BackupPlanRule: JsonObject[]) => ({
  Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanName: 'plan', BackupPlanRule } } },
});

const rule = (schedule?: Json, DeleteAfterDays?: Json): JsonObject => ({
  RuleName: 'rule',
  TargetBackupVault: 'vault',
  ...(schedule !== undefined && { ScheduleExpression: schedule }),
  ...(DeleteAfterDays !== undefined && { Lifecycle: { DeleteAfterDays } }),
});

const DAILY = 'cron(0 5 * * ? *)';

export default defineRule({
  id: 'Backup.2',
  slug: 'backup-plan-retention',
  title: 'Backup plans run daily and keep backups for 35 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  rationale: 'How often decides how much work is lost, and how long decides whether slow damage is noticed in time to go back.',
  remediation:
    'Add `BackupPlanRule.daily()`, which keeps backups for 35 days, or a rule with your own schedule and `deleteAfter`.',
  references: ['AWS Config BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', 'NIST 800-53 CP-9', 'NIST 800-53 SI-12'],
  check: (plan) => {
    const rules = plan.at('BackupPlan.BackupPlanRule');
    const attempts = rules.items().map((rule) => [...isDaily(rule), ...isKept(rule)]);
    if (attempts.length === 1) return attempts[0];
    const expected = 'a rule that runs daily or more often and keeps backups for 35 days or more';
    return anyOf(attempts, () => rules.fails(expected, 'no rule of the plan both runs daily and keeps backups for 35 days'));
  },
  examples: {
    pass: {
      'backups are daily and kept for 35 days': plan(rule(DAILY, 35)),
      'backups are made every 12 hours and never deleted': plan(rule('cron(0 0/12 ? * SUN-SAT *)')),
      'the schedule is that of AWS Backup': plan(rule(undefined, '90')),
      'one of several rules is daily': plan(rule('cron(0 5 1 * ? *)', 365), rule(DAILY, 35)),
      'copies are kept for longer': plan({ ...rule(DAILY, 7), CopyActions: [{ Lifecycle: { DeleteAfterDays: 35 } }] }),
    },
    fail: {
      'backups are kept for a week': plan(rule(DAILY, 7)),
      'backups are weekly': plan(rule('cron(0 5 ? * MON *)', 35)),
      'backups are made on workdays': plan(rule('cron(0 5 ? * MON-FRI *)', 35)),
      'backups are made every second day': plan(rule('cron(0 5 */2 * ? *)', 35), rule('rate(2 days)', 35)),
      'one rule is daily and another keeps backups': plan(rule(DAILY, 7), rule('cron(0 5 1 * ? *)', 365)),
      'there are no rules': plan(),
    },
    undetermined: {
      'the schedule is a parameter': {
        Parameters: { When: { Type: 'String' } },
        Resources: plan(rule({ Ref: 'When' }, 35)),
      },
    },
  },
});

function isDaily(rule: Value): Observation[] {
  return rule.at('ScheduleExpression').must('daily or more often', ({ string = '' }) => (longestGap(string) ?? 2) <= 1, {
    absent: 'AWS Backup then runs the rule at 5:00 UTC every day',
  });
}

/** It is enough that the copies are kept. */
function isKept(rule: Value): Observation[] {
  const own = rule.at('Lifecycle.DeleteAfterDays').mustBeAtLeast(35, { absent: 'backups are kept until somebody deletes them' });
  const copies = rule
    .at('CopyActions')
    .items()
    .map((copy) => copy.at('Lifecycle.DeleteAfterDays').mustBeAtLeast(35, { absent: '' }));
  return anyOf([own, ...copies], () => own[0]);
}
