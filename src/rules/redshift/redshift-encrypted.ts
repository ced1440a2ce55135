import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { originOf } from '../shared/database-origin';
import { flagExamples } from '../shared/flag-examples';

const ORIGINS = ['SnapshotIdentifier', 'SnapshotClusterIdentifier'];

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { ...properties } } });
const { pass, fail, undetermined } = flagExamples({ type: 'AWS::Redshift::Cluster', path: 'Encrypted', safeByDefault: true });

export default defineRule({
  id: 'Redshift.1',
  slug: 'redshift-encrypted',
  /** The second half of it, the audit log, is a rule of its own. */
  aliases: ['redshift-encrypted-and-logged'],
  title: 'Redshift clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale:
    'A warehouse brings the data of all other databases together; a copied disk or a leaked snapshot must show none of it.',
  remediation:
    'Set `encrypted: true`, with `kmsKeyId` for a key of your own. A deployed cluster moves its data to do so, and is read-only meanwhile.',
  references: [
    'Security Hub Redshift.10',
    'AWS Config REDSHIFT_CLUSTER_CONFIGURATION_CHECK',
    'cdk-nag RedshiftClusterEncryptionAtRest',
    'Checkov CKV_AWS_64',
  ],
  check: (cluster) => {
    const encrypted = cluster.at('Encrypted');
    if (!encrypted.isAbsent) return encrypted.mustBe(true);
    const origin = originOf(cluster, ORIGINS);
    if (origin) return [encrypted.undetermined('true', `it may be inherited from what '${origin}' names`)];
    return [
      encrypted.undetermined('true', 'Redshift encrypts by itself only the clusters that were created since 10 January 2025'),
    ];
  },
  examples: {
    pass: { 'it is on': pass['it is on'], 'it is on, as text': pass['it is on, as text'] },
    fail,
    undetermined: {
      ...undetermined,
      'encryption is left to the age of the cluster': pass['it is not mentioned'],
      'encryption is left to the snapshot': cluster({ SnapshotIdentifier: 'orders' }),
    },
  },
});
