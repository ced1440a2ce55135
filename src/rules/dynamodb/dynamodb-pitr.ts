import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const ENABLED = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

const table = (properties: object) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties } } });

const globalTable = (...Replicas: JsonObject[]) => ({ Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas } } });

const recovery = (on: Json) => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: on } });

export default defineRule({
  id: 'DynamoDB.1',
  slug: 'dynamodb-pitr',
  title: 'DynamoDB tables can be restored to any point in time',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  rationale: 'A faulty deployment can overwrite a whole table within minutes; a daily backup is then up to a day too old.',
  remediation: 'Set `pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true }`, on each replica of a global table.',
  references: [
    'Security Hub DynamoDB.2',
    'AWS Config DYNAMODB_PITR_ENABLED',
    'cdk-nag DynamoDBPITREnabled',
    'Checkov CKV_AWS_28',
    'NIST 800-53 CP-9',
  ],
  check: (table) => {
    if (table.type === 'AWS::DynamoDB::Table') return table.at(ENABLED).mustBe(true);
    const replicas = table.at('Replicas');
    return [...replicas.mustBeSet('replicas'), ...replicas.items().flatMap((replica) => replica.at(ENABLED).mustBe(true))];
  },
  examples: {
    pass: {
      'recovery is on': table(recovery(true)),
      'recovery is on in every replica': globalTable(
        { Region: 'eu-west-1', ...recovery(true) },
        { Region: 'eu-central-1', ...recovery('true') },
      ),
    },
    fail: {
      'recovery is not mentioned': table({}),
      'recovery is off': table(recovery(false)),
      'recovery is off in one replica': globalTable(
        { Region: 'eu-west-1', ...recovery(true) },
        { Region: 'eu-central-1', ...recovery(false) },
      ),
      'recovery is not mentioned in the only replica': globalTable({ Region: 'eu-west-1' }),
      'recovery is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: table(recovery({ 'Fn::If': ['IsProduction', true, false] })),
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Recovery: { Type: 'String' } },
        Resources: table(recovery({ Ref: 'Recovery' })),
      },
    },
  },
});
