import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { longestGap } from '../../model/schedule';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const MOST_DAYS = 90;
const EXPECTED = `at most ${MOST_DAYS} days`;

const rotation = (RotationRules: JsonObject) => ({
  Rotation: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: 'orders', RotationRules } },
});

export default defineRule({
  id: 'SecretsManager.5',
  slug: 'secret-rotation-interval',
  title: 'Secrets that rotate do so every quarter at least',
  criteria: [Criterion.CC6_1],
  control: 'secret-management',
  severity: 'warning',
  resourceTypes: ['AWS::SecretsManager::RotationSchedule'],
  applies: (rotation) => !rotation.at('RotationRules').isAbsent,
  rationale: 'A secret that got out is worth something until it changes: with a rotation of a year, that is a year.',
  remediation: `Set \`automaticallyAfter: Duration.days(30)\` on the rotation, or any number of days up to ${MOST_DAYS}.`,
  references: ['Security Hub SecretsManager.4', 'AWS Config SECRETSMANAGER_SECRET_PERIODIC_ROTATION', 'NIST 800-53 IA-5(1)'],
  check: (rotation) => {
    const rules = rotation.at('RotationRules');
    const schedule = rules.at('ScheduleExpression');
    if (!schedule.isAbsent)
      return schedule.must(EXPECTED, ({ string }) => (longestGap(string ?? '') ?? Number.POSITIVE_INFINITY) <= MOST_DAYS);
    const days = rules.at('AutomaticallyAfterDays');
    return days.must(EXPECTED, ({ number }) => number !== undefined && number <= MOST_DAYS);
  },
  examples: {
    pass: {
      'every month': rotation({ AutomaticallyAfterDays: 30 }),
      'every ten hours': rotation({ ScheduleExpression: 'rate(10 hours)' }),
      'on the first of each month': rotation({ ScheduleExpression: 'cron(0 8 1 * ? *)' }),
    },
    fail: {
      'every year': rotation({ AutomaticallyAfterDays: 365 }),
      'every year, by a schedule': rotation({ ScheduleExpression: 'rate(365 days)' }),
      'in January': rotation({ ScheduleExpression: 'cron(0 8 1 1 ? *)' }),
      'it is not said when': rotation({ Duration: '2h' }),
    },
    undetermined: {
      'the number of days is a parameter': byParameter((AutomaticallyAfterDays) => rotation({ AutomaticallyAfterDays })),
    },
  },
});
