import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { engineOf } from '../shared/database-kinds';

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
    if (!encrypted.isAbsent) return encrypted.mustBe(true);
    const origin = ORIGINS.find((path) => !cluster.at(path).isAbsent);
    if (origin) return [encrypted.undetermined('true', `it is inherited from what '${origin}' names`)];
    const engine = cluster.at('Engine');
    return engine.isUnknown || engineOf(cluster)?.startsWith('aurora')
      ? [encrypted.undetermined('true', 'Aurora encrypts by itself only the clusters that were created since 18 February 2026')]
      : encrypted.mustBe(true);
  },
  examples: {
    pass: {
      'storage is encrypted': cluster({ StorageEncrypted: true }),
      'a copy of a snapshot is encrypted': cluster({ SnapshotIdentifier: 'orders', StorageEncrypted: 'true' }),
    },
    fail: {
      'encryption is off': cluster({ StorageEncrypted: false }),
      'encryption of a Multi-AZ cluster is not mentioned': cluster({ Engine: 'postgres' }),
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
    },
  },
});
