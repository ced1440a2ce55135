import { Criterion } from '../../criteria/criterion';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';
import { selecting } from '../shared/backup-examples';

/** Whoever has one of these has something that a plan must save. */
const DATABASES = [
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
];

const table = { Data: { Type: 'AWS::DynamoDB::Table', Properties: {} } };

const plan = { Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanName: 'daily' } } } };

export default defineRule({
  id: 'Backup.1',
  slug: 'backup-plan-exists',
  title: 'A backup plan covers the databases of the environment',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  scope: 'environment',
  resourceTypes: ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection'],
  rationale:
    'A plan is what an auditor asks for first: one place that says what is backed up, how often, for how long, and where the copies are.',
  remediation:
    'Create a `backup.BackupPlan` and give it resources with `addSelection`, or declare the plan that the organization applies as an inherited control of `backup-plan-exists`.',
  references: ['Prowler backup_plans_exist', 'AWS Config BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', 'NIST 800-53 CP-9'],
  check: (environment) => {
    const selections = environment.resources('AWS::Backup::BackupSelection');
    if (selections.length > 0) return selections.map((each) => metBy(each, 'this selection gives a backup plan its resources'));
    const plans = environment.resources('AWS::Backup::BackupPlan');
    if (plans.length > 0)
      return plans.map((each) => each.fails('the plan covers no resources', 'a backup selection for the plan'));
    return DATABASES.some((type) => environment.resources(type).length > 0)
      ? [missing('databases, but no backup plan', 'a backup plan with a selection')]
      : [{ kind: 'note', text: 'the environment has no database that a plan would save' }];
  },
  examples: {
    pass: {
      'a plan has a selection': { ...table, ...selecting({ Resources: ['*'] }) },
      'a selection is for a plan of somebody else': {
        ...table,
        Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: { 'Fn::ImportValue': 'plan' } } },
      },
      'there is nothing to back up': { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
    },
    fail: {
      'there is a table, and no plan': table,
      'a plan covers nothing': { ...table, ...plan },
      'the selection is missing in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: {
          ...table,
          ...plan,
          Selection: { Type: 'AWS::Backup::BackupSelection', Condition: 'IsProduction', Properties: {} },
        },
      },
    },
  },
});
