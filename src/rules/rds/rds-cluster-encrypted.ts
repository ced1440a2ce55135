import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { engineOf } from '../shared/database-kinds';
import { encryptedAs, originOf } from '../shared/database-origin';

/** Where a cluster may come from; it is then encrypted as its origin is. */
const ORIGINS = ['SnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDbClusterResourceId', 'ReplicationSourceIdentifier'];

const cluster = (properties: object) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', ...properties } },
});

export default defineRule({
  id: 'RDS.2',
  slug: 'rds-cluster-encrypted',
  title: 'RDS clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBCluster'],
  rationale: 'The cluster holds the storage of all its instances: one setting decides whether a copied volume shows the data.',
  remediation:
    'Set `storageEncrypted: true`, with `storageEncryptionKey` for a key of your own. A deployed cluster is replaced by that change: restore an encrypted copy of its snapshot instead.',
  references: ['Security Hub RDS.27', 'AWS Config RDS_CLUSTER_ENCRYPTED_AT_REST', 'Checkov CKV_AWS_96', 'NIST 800-53 SC-28'],
  check: (cluster) => {
    const encrypted = cluster.at('StorageEncrypted');
    const origin = originOf(cluster, ORIGINS);
    // A snapshot is encrypted anew only with a key that the cluster names.
    if (origin === 'SnapshotIdentifier' && encrypted.boolean === true && cluster.at('KmsKeyId').isAbsent)
      return [encrypted.undetermined('true, with a key', 'without KmsKeyId, a restored cluster is as encrypted as its snapshot')];
    if (!encrypted.isAbsent) return encrypted.mustBe(true);
    if (origin) return encryptedAs(cluster, origin);
    const engine = cluster.at('Engine');
    return engine.isUnknown || engineOf(cluster)?.startsWith('aurora')
      ? [encrypted.undetermined('true', 'Aurora encrypts by itself only the clusters that were created since 18 February 2026')]
      : encrypted.mustBe(true);
  },
  examples: {
    pass: {
      'storage is encrypted': cluster({ StorageEncrypted: true }),
      'a copy of a snapshot is encrypted with a key': cluster({
        SnapshotIdentifier: 'orders',
        StorageEncrypted: 'true',
        KmsKeyId: 'alias/orders',
      }),
      'a copy is as encrypted as its source': {
        ...cluster({ StorageEncrypted: true }),
        Copy: {
          Type: 'AWS::RDS::DBCluster',
          Properties: {
            Engine: 'aurora-postgresql',
            SourceDBClusterIdentifier: { Ref: 'Cluster' },
            RestoreType: 'copy-on-write',
          },
        },
      },
    },
    fail: {
      'encryption is off': cluster({ StorageEncrypted: false }),
      'encryption of a Multi-AZ cluster is not mentioned': cluster({ Engine: 'postgres' }),
      'an empty snapshot is none': cluster({ Engine: 'postgres', SnapshotIdentifier: '' }),
      'encryption is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ StorageEncrypted: { 'Fn::If': ['IsProduction', true, false] } }),
      },
    },
    undetermined: {
      'encryption is a parameter': {
        Parameters: { Encrypted: { Type: 'String' } },
        Resources: cluster({ StorageEncrypted: { Ref: 'Encrypted' } }),
      },
      'encryption is left to the age of the Aurora cluster': cluster({}),
      'encryption is left to the snapshot': cluster({ SnapshotIdentifier: 'orders' }),
      'encryption is asked for without a key for what a snapshot holds': cluster({
        SnapshotIdentifier: 'orders',
        StorageEncrypted: true,
      }),
      'encryption is left to the source of a replica': cluster({ ReplicationSourceIdentifier: 'orders' }),
    },
  },
});
