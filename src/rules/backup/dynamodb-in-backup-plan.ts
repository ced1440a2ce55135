import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { backupExamples, selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';

const { pass, fail, undetermined } = backupExamples({
  type: 'AWS::DynamoDB::Table',
  arn: { 'Fn::GetAtt': ['Data', 'Arn'] },
  pattern: 'arn:aws:dynamodb:*:*:table/*',
});

const replica = (Region: Json, backup: string) => ({ Region, Tags: [{ Key: 'backup', Value: backup }] });

const globalTable = (selection: JsonObject) => ({
  Data: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { TableName: 'orders', Replicas: [replica('eu-central-1', 'no'), replica({ Ref: 'AWS::Region' }, 'daily')] },
  },
  ...selecting(selection),
});

const everythingTagged = (value: string) => ({
  Resources: ['*'],
  Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: value }] },
});

export default defineRule({
  id: 'Backup.7',
  slug: 'dynamodb-in-backup-plan',
  title: 'DynamoDB tables are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  inheritable: true,
  rationale:
    'Point-in-time recovery reaches back 35 days at most and ends soon after the table; a plan keeps copies in a vault with its own retention and protection.',
  remediation:
    'Add `BackupResource.fromDynamoDbTable(table)`, or a tag of the table, to a selection of a `backup.BackupPlan`. Where a backup policy of the organization covers it, declare an inherited control of this rule.',
  references: [
    'Security Hub DynamoDB.4',
    'AWS Config DYNAMODB_IN_BACKUP_PLAN',
    'AWS Config DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'cdk-nag DynamoDBInBackupPlan',
    'NIST 800-53 CP-9',
  ],
  check: inBackupPlan,
  examples: {
    pass: {
      ...pass,
      'a selection asks for the tag of a replica': globalTable(everythingTagged('daily')),
      'a selection gives the name with a wildcard': globalTable({ Resources: ['arn:aws:dynamodb:*:*:table/ord*'] }),
      'a selection leaves out only those with another tag': globalTable({
        Resources: ['*'],
        Conditions: { StringNotLike: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'n*' }] },
      }),
    },
    fail: {
      ...fail,
      'a selection asks for the tag of a replica elsewhere': globalTable(everythingTagged('no')),
      'a selection gives another name': globalTable({ Resources: ['arn:aws:dynamodb:*:*:table/customers'] }),
    },
    undetermined: {
      ...undetermined,
      'a selection gives a name that may be the generated one': {
        Data: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        ...selecting({ Resources: ['arn:aws:dynamodb:*:*:table/shop-*'] }),
      },
    },
  },
});
