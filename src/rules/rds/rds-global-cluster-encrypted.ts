import { Criterion } from '../../criteria/criterion';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { originOf } from '../shared/database-origin';
import { flagExamples } from '../shared/flag-examples';

const SOURCE = 'SourceDBClusterIdentifier';
const { pass, fail, undetermined } = flagExamples({ type: 'AWS::RDS::GlobalCluster', path: 'StorageEncrypted' });

export default defineRule({
  id: 'RDS.23',
  slug: 'rds-global-cluster-encrypted',
  title: 'Global database clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::RDS::GlobalCluster', 'AWS::DocDB::GlobalCluster', 'AWS::Neptune::GlobalCluster'],
  rationale:
    'The clusters that join in every Region have to be as the global one is: one setting decides for all copies of the data.',
  remediation:
    'Set `storageEncrypted: true` on the `CfnGlobalCluster`, and on the cluster that it starts from. A deployed global cluster is replaced by that change.',
  references: ['Checkov CKV_AWS_140', 'NIST 800-53 SC-28'],
  check: (cluster) => {
    const encrypted = cluster.at('StorageEncrypted');
    const origin = encrypted.isAbsent ? originOf(cluster, [SOURCE]) : undefined;
    if (origin === undefined) return encrypted.mustBe(true);
    const [source] = cluster.at(origin).targets(cluster.type.replace('GlobalCluster', 'DBCluster'));
    if (source) return [metBy(source, `'${cluster.logicalId}' is encrypted as this, its source, is`)];
    return [encrypted.undetermined('true', `it is inherited from what '${origin}' names`)];
  },
  examples: {
    pass: {
      ...pass,
      'the source is among the templates': {
        Global: { Type: 'AWS::Neptune::GlobalCluster', Properties: { [SOURCE]: { Ref: 'Source' } } },
        Source: { Type: 'AWS::Neptune::DBCluster', Properties: { StorageEncrypted: true } },
      },
    },
    fail: {
      ...fail,
      'encryption of documents is off': {
        Global: { Type: 'AWS::DocDB::GlobalCluster', Properties: { StorageEncrypted: false } },
      },
    },
    undetermined: {
      ...undetermined,
      'encryption is left to a source of another template': {
        Global: { Type: 'AWS::RDS::GlobalCluster', Properties: { [SOURCE]: 'orders' } },
      },
    },
  },
});
