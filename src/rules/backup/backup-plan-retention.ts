import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf, type Observation } from '../../model/observation';
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
    return anyOf(attempts, rules.fails(expected, 'no rule of the plan both runs daily and keeps backups for 35 days'));
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
  return rule.at('ScheduleExpression').must('daily or more often', ({ string = '' }) => runsDaily(string), {
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
  return anyOf([own, ...copies], own[0]);
}

function runsDaily(expression: string): boolean {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return Number(rate[1]) * { minute: 1, hour: 60, day: 1440 }[rate[2] as 'minute' | 'hour' | 'day'] <= 1440;
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1].trim().split(/\s+/) ?? [];
  const [, , day, month, weekday, year = '*'] = fields;
  return fields.length >= 5 && isAll(day, 31) && isAll(month, 12, MONTHS) && isAll(weekday, 7, DAYS) && year === '*';
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Whether a field of a cron expression stands for all numbers from 1 to `last`. */
function isAll(field: string, last: number, names: readonly string[] = []): boolean {
  const numberOf = (text: string) => names.indexOf(text.toUpperCase()) + 1 || Number(text);
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range, step = '1'] = part.split('/');
    const [first, end = part.includes('/') ? String(last) : first] = /^[*?]$/.test(range)
      ? ['1', String(last)]
      : range.split('-');
    const [from, to] = [numberOf(first), numberOf(end)];
    if (!(Number(step) >= 1) || Number.isNaN(from + to)) continue;
    // A range such as FRI-MON goes on from the beginning.
    const length = ((to - from + last) % last) + 1;
    for (let offset = 0; offset < length; offset += Number(step)) found.add(((from - 1 + offset) % last) + 1);
  }
  return found.size === last;
}
