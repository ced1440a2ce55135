import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isClusterMember } from '../shared/database-kinds';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.9',
  slug: 'rds-copy-tags',
  title: 'Snapshots carry the tags of their RDS database',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database),
  rationale: 'A snapshot without tags belongs to nobody: access by tag, classification and retention do not reach it.',
  remediation: 'Leave `copyTagsToSnapshot` at its default of `true`, or set it.',
  references: ['Security Hub RDS.16', 'Security Hub RDS.17', 'Control Tower CT.RDS.PR.9', 'Control Tower CT.RDS.PR.10'],
  check: (database) => database.at('CopyTagsToSnapshot').mustBe(true),
  examples: {
    pass: {
      'tags are copied': instance({ CopyTagsToSnapshot: true }),
      'the cluster copies tags for its members': {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', CopyTagsToSnapshot: 'true' } },
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
      },
    },
    fail: {
      'copying is not mentioned': instance({}),
      'copying is off': instance({ CopyTagsToSnapshot: false }),
      'the cluster does not copy tags': { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } } },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Copy: { Type: 'String' } },
        Resources: instance({ CopyTagsToSnapshot: { Ref: 'Copy' } }),
      },
    },
  },
});
