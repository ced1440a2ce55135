import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Neptune.5',
  slug: 'neptune-deletion-protection',
  title: 'Neptune clusters cannot be deleted by accident',
  criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
  control: 'deletion-protection',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'One wrong call or one removed stack would end the service; with protection, deleting takes two deliberate steps.',
  remediation: 'Set `deletionProtection: true`.',
  references: [
    'Security Hub Neptune.4',
    'AWS Config NEPTUNE_CLUSTER_DELETION_PROTECTION_ENABLED',
    'Control Tower CT.NEPTUNE.PR.2',
  ],
  check: (resource) => resource.at('DeletionProtection').mustBe(true),
  examples: flagExamples({ type: 'AWS::Neptune::DBCluster', path: 'DeletionProtection' }),
});
