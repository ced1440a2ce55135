import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { isClusterMember } from '../shared/database-kinds';
import { declaredKind } from '../shared/environment-kind';

const instance = (properties: JsonObject): JsonObject => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});
const unprotectedIn = (kind: string): JsonObject => ({
  Metadata: { 'cdk-soc2': { environment: { kind } } },
  Resources: instance({ DeletionProtection: false }),
});

const cluster = (properties: object) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ...properties } },
  Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
});

export default defineRule({
  id: 'RDS.5',
  slug: 'rds-deletion-protection',
  title: 'RDS instances and clusters cannot be deleted by accident',
  criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
  control: 'deletion-protection',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database),
  rationale: 'One wrong call or one removed stack would end the service; with protection, deleting takes two deliberate steps.',
  remediation: 'Set `deletionProtection: true` on the instance or the cluster.',
  references: [
    'Security Hub RDS.7',
    'Security Hub RDS.8',
    'AWS Config RDS_INSTANCE_DELETION_PROTECTION_ENABLED',
    'cdk-nag RDSInstanceDeletionProtectionEnabled',
  ],
  check: (database) =>
    declaredKind(database.environment) === 'non-production'
      ? [{ kind: 'note', resource: database, text: 'the environment is declared not to be production, and is meant to go away' }]
      : database.at('DeletionProtection').mustBe(true),
  examples: {
    pass: {
      'the instance is protected': instance({ DeletionProtection: true }),
      'the cluster is protected, and its members with it': cluster({ DeletionProtection: 'true' }),
      'the environment is not production': unprotectedIn('STAGING'),
    },
    fail: {
      'protection is not mentioned': instance({}),
      'protection is off': instance({ DeletionProtection: false }),
      'the cluster is not protected': cluster({}),
      'protection is off in production': unprotectedIn('PRODUCTION'),
      'protection is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: instance({ DeletionProtection: { 'Fn::If': ['IsProduction', true, { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'protection is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: instance({ DeletionProtection: { Ref: 'Protected' } }),
      },
    },
  },
});
