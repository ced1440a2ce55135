import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const secret = { Password: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'orders', GenerateSecretString: {} } } };
const schedule = (rules: object, id: Json = { Ref: 'Password' }) => ({
  Rotation: {
    Type: 'AWS::SecretsManager::RotationSchedule',
    Properties: { SecretId: id, RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate', ...rules },
  },
});

export default defineRule({
  id: 'SecretsManager.1',
  slug: 'secret-rotation-configured',
  title: 'Secrets rotate on a schedule',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  // A key that a third party issues cannot be rotated by a function: that is for a procedure, and an exception that names it.
  severity: 'warning',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  rationale: 'A secret that leaked unnoticed is of use until it changes; on a schedule it changes without anybody remembering.',
  remediation:
    'Call `secret.addRotationSchedule`, or `addRotationSingleUser` on the database; or let the database manage its password, with `manageMasterUserPassword: true`, and have no secret of your own.',
  references: [
    'Security Hub SecretsManager.1',
    'AWS Config SECRETSMANAGER_ROTATION_ENABLED_CHECK',
    'cdk-nag SecretsManagerRotationEnabled',
    'NIST 800-53 IA-5',
  ],
  check: (secret) => {
    const attached = secret.pointedAtBy('AWS::SecretsManager::SecretTargetAttachment', 'SecretId');
    const schedules = [secret, ...attached].flatMap((each) =>
      each.pointedAtBy('AWS::SecretsManager::RotationSchedule', 'SecretId'),
    );
    if (schedules.length === 0) return [secret.fails('no rotation schedule is about the secret', 'a rotation schedule')];
    const rules = schedules.map((each) => each.at('RotationRules'));
    return anyOf(
      rules.flatMap((each) => [each.at('AutomaticallyAfterDays').mustBeAtLeast(1), each.at('ScheduleExpression').mustBeSet()]),
      () => rules[0].fails('an interval or a schedule', 'the rotation schedule does not say when'),
    );
  },
  examples: {
    pass: {
      'the secret rotates every month': { ...secret, ...schedule({ RotationRules: { AutomaticallyAfterDays: 30 } }) },
      'the secret rotates by a cron expression': {
        ...secret,
        ...schedule({ RotationRules: { ScheduleExpression: 'cron(0 4 1 * ? *)' } }),
      },
      'the schedule is about the attachment to a database': {
        ...secret,
        Attachment: {
          Type: 'AWS::SecretsManager::SecretTargetAttachment',
          Properties: { SecretId: { Ref: 'Password' }, TargetId: 'orders', TargetType: 'AWS::RDS::DBInstance' },
        },
        ...schedule({ RotationRules: { ScheduleExpression: 'rate(30 days)' } }, { Ref: 'Attachment' }),
      },
      'the schedule gives the secret by its name': {
        ...secret,
        ...schedule({ RotationRules: { AutomaticallyAfterDays: '30' } }, 'orders'),
      },
    },
    fail: {
      'there is no schedule': secret,
      'the schedule is about another secret': {
        ...secret,
        ...schedule({ RotationRules: { AutomaticallyAfterDays: 30 } }, 'invoices'),
      },
      'the schedule does not say when': { ...secret, ...schedule({}) },
    },
    undetermined: {
      'the interval is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: { ...secret, ...schedule({ RotationRules: { AutomaticallyAfterDays: { Ref: 'Days' } } }) },
      },
    },
  },
});
