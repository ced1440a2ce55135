import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { declaredKind } from '../shared/environment-kind';
import { flagExamples } from '../shared/flag-examples';

const PATH = 'DeletionProtectionEnabled';

const { pass, fail, undetermined } = flagExamples({ type: 'AWS::DynamoDB::Table', path: PATH });
const globalTable = (...Replicas: JsonObject[]): JsonObject => ({
  Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas } },
});
const unprotectedIn = (kind: string): JsonObject => ({
  Metadata: { 'cdk-soc2': { environment: { kind } } },
  Resources: globalTable({ Region: 'eu-west-1' }),
});

/** A warning: many tables hold sessions, locks and caches, and a template does not say which. */
export default defineRule({
  id: 'DynamoDB.3',
  slug: 'dynamodb-deletion-protection',
  title: 'DynamoDB tables cannot be deleted by accident',
  criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
  control: 'deletion-protection',
  severity: 'warning',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  rationale: 'A deleted table takes its point-in-time recovery with it; with protection, deleting takes two deliberate steps.',
  remediation: 'Set `deletionProtection: true`, on each replica of a global table.',
  references: ['Security Hub DynamoDB.6', 'AWS Config DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED'],
  check: (table) => {
    if (declaredKind(table.environment) === 'non-production')
      return [
        { kind: 'note', resource: table, text: 'the environment is declared not to be production, and is meant to go away' },
      ];
    if (table.type === 'AWS::DynamoDB::Table') return table.at(PATH).mustBe(true);
    const replicas = table.at('Replicas');
    return [...replicas.mustBeSet('replicas'), ...replicas.items().flatMap((replica) => replica.at(PATH).mustBe(true))];
  },
  examples: {
    pass: {
      ...pass,
      'the only replica is protected': globalTable({ Region: 'eu-west-1', DeletionProtectionEnabled: true }),
      'the environment is not production': unprotectedIn('STAGING'),
    },
    fail: {
      ...fail,
      'it is not mentioned, in production': unprotectedIn('PRODUCTION'),
      'one of two replicas is not protected': globalTable(
        { Region: 'eu-west-1', DeletionProtectionEnabled: true },
        { Region: 'eu-central-1' },
      ),
    },
    undetermined,
  },
});
