import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::MemoryDB::Cluster', Properties: { ...properties } } });

export default defineRule({
  id: 'MemoryDB.8',
  slug: 'memorydb-snapshots',
  title: 'MemoryDB clusters keep automated snapshots for 7 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale:
    'A log across zones protects against failures, but not against a faulty deployment: only snapshots lead back before it.',
  remediation: 'Set `snapshotRetentionLimit: 7` or more on `memorydb.CfnCluster`.',
  references: ['NIST 800-53 CP-9', 'AWS documentation: MemoryDB, SnapshotRetentionLimit'],
  check: (cluster) => cluster.at('SnapshotRetentionLimit').mustBeAtLeast(7),
  examples: {
    pass: {
      'they are kept for 7 days': cluster({ SnapshotRetentionLimit: 7 }),
      'the number is text': cluster({ SnapshotRetentionLimit: '35' }),
    },
    fail: {
      'the number of days is not mentioned': cluster({}),
      'they are kept for too short': cluster({ SnapshotRetentionLimit: 1 }),
      'they are kept for too short in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ SnapshotRetentionLimit: { 'Fn::If': ['IsProduction', 7, 1] } }),
      },
    },
    undetermined: {
      'the number of days is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: cluster({ SnapshotRetentionLimit: { Ref: 'Days' } }),
      },
    },
  },
});
