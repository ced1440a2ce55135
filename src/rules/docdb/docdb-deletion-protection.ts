import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'DocDB.5',
  slug: 'docdb-deletion-protection',
  title: 'DocumentDB clusters cannot be deleted by accident',
  criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
  control: 'deletion-protection',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'One wrong call or one removed stack would end the service; with protection, deleting takes two deliberate steps.',
  remediation: 'Set `deletionProtection: true`.',
  references: ['Security Hub DocumentDB.5', 'ElectricEye DocumentDB.5'],
  check: (resource) => resource.at('DeletionProtection').mustBe(true),
  examples: flagExamples({ type: 'AWS::DocDB::DBCluster', path: 'DeletionProtection' }),
});
