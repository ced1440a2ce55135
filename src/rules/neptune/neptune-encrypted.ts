import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustBeEncrypted } from '../shared/database-origin';
import { flagExamples } from '../shared/flag-examples';

/** Where a cluster may come from; it is then encrypted as its origin is. */
const ORIGINS = ['SnapshotIdentifier', 'SourceDBClusterIdentifier'];

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::Neptune::DBCluster', Properties: { ...properties } } });
const { Cluster: source } = cluster({ StorageEncrypted: true });
const { pass, fail, undetermined } = flagExamples({ type: 'AWS::Neptune::DBCluster', path: 'StorageEncrypted' });

export default defineRule({
  id: 'Neptune.1',
  slug: 'neptune-encrypted',
  title: 'Neptune clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'The cluster holds the storage of all its instances: one setting decides whether a copied volume shows the data.',
  remediation:
    'Set `storageEncrypted: true`, with `kmsKey` for a key of your own. A deployed cluster is replaced by that change: restore an encrypted copy of its snapshot instead.',
  references: [
    'Security Hub Neptune.1',
    'AWS Config NEPTUNE_CLUSTER_ENCRYPTED',
    'cdk-nag NeptuneClusterEncryptionAtRest',
    'Checkov CKV_AWS_44',
  ],
  check: (cluster) => mustBeEncrypted(cluster, ORIGINS),
  examples: {
    pass: {
      ...pass,
      'the source is among the templates': { ...cluster({ SourceDBClusterIdentifier: { Ref: 'Source' } }), Source: source },
    },
    fail: { ...fail, 'a snapshot is not named after all': cluster({ SnapshotIdentifier: '' }) },
    undetermined: { ...undetermined, 'encryption is left to the snapshot': cluster({ SnapshotIdentifier: 'orders' }) },
  },
});
