import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustBeEncrypted, originOf } from '../shared/database-origin';
import { flagExamples } from '../shared/flag-examples';

/** Where a cluster may come from; it is then encrypted as its origin is. */
const ORIGINS = ['SnapshotIdentifier', 'SourceDBClusterIdentifier'];

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { ...properties } } });
const { Cluster: source } = cluster({ StorageEncrypted: true });
const { pass, fail, undetermined } = flagExamples({ type: 'AWS::DocDB::DBCluster', path: 'StorageEncrypted' });

export default defineRule({
  id: 'DocDB.1',
  slug: 'docdb-encrypted',
  title: 'DocumentDB clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'The cluster holds the storage of all its instances: one setting decides whether a copied volume shows the data.',
  remediation:
    'Leave `storageEncrypted` at its default of `true`, with `kmsKey` for a key of your own. A deployed cluster is replaced by that change: restore an encrypted copy of its snapshot instead.',
  references: [
    'Security Hub DocumentDB.1',
    'AWS Config DOCDB_CLUSTER_ENCRYPTED',
    'cdk-nag DocumentDBClusterEncryptionAtRest',
    'Checkov CKV_AWS_74',
  ],
  check: (cluster) => {
    const isCopy = originOf(cluster, ORIGINS) !== undefined && !cluster.at('KmsKeyId').isAbsent;
    const absent = 'a copy is encrypted with the key that it names';
    return isCopy ? cluster.at('StorageEncrypted').mustBe(true, { absent }) : mustBeEncrypted(cluster, ORIGINS);
  },
  examples: {
    pass: {
      ...pass,
      'the source is among the templates': { ...cluster({ SourceDBClusterIdentifier: { Ref: 'Source' } }), Source: source },
      'a copy is encrypted with a key of its own': cluster({ SnapshotIdentifier: 'orders', KmsKeyId: 'alias/orders' }),
    },
    fail: { ...fail, 'a snapshot is not named after all': cluster({ SnapshotIdentifier: '' }) },
    undetermined: { ...undetermined, 'encryption is left to the snapshot': cluster({ SnapshotIdentifier: 'orders' }) },
  },
});
