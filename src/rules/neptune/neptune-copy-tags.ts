import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Neptune.6',
  slug: 'neptune-copy-tags',
  title: 'Snapshots carry the tags of their Neptune cluster',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'A snapshot without tags belongs to nobody: access by tag, classification and retention do not reach it.',
  remediation: 'Set `copyTagsToSnapshot: true`.',
  references: [
    'Security Hub Neptune.8',
    'AWS Config NEPTUNE_CLUSTER_COPY_TAGS_TO_SNAPSHOT_ENABLED',
    'Prowler neptune_cluster_copy_tags_to_snapshots',
  ],
  check: (resource) => resource.at('CopyTagsToSnapshot').mustBe(true),
  examples: flagExamples({ type: 'AWS::Neptune::DBCluster', path: 'CopyTagsToSnapshot' }),
});
