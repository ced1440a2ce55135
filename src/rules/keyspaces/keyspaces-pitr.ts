import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Keyspaces.1',
  slug: 'keyspaces-pitr',
  title: 'Keyspaces tables can be restored to any point in time',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::Cassandra::Table'],
  rationale: 'Keyspaces has no other backups: without recovery, what a faulty deployment overwrites is gone.',
  remediation: 'Set `pointInTimeRecoveryEnabled: true` on `cassandra.CfnTable`.',
  references: ['ElectricEye Keyspaces.3', 'NIST 800-53 CP-9'],
  check: (resource) => resource.at('PointInTimeRecoveryEnabled').mustBe(true),
  examples: flagExamples({ type: 'AWS::Cassandra::Table', path: 'PointInTimeRecoveryEnabled' }),
});
