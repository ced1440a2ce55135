import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustBeEncrypted, originOf } from '../shared/database-origin';

/** Where an instance may come from; it is then encrypted as its origin is. */
const ORIGINS = [
  'SourceDBInstanceIdentifier',
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBClusterIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];

const instance = (properties: object) => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', DBInstanceClass: 'db.t4g.small', AllocatedStorage: '20', ...properties },
  },
});
const copy = (properties: object) => ({ Copy: { Type: 'AWS::RDS::DBInstance', Properties: { ...properties } } });

export default defineRule({
  id: 'RDS.1',
  slug: 'rds-instance-encrypted',
  title: 'RDS instances are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance'],
  rationale: 'A copied disk or a leaked snapshot of an encrypted database shows nothing without the key.',
  remediation:
    'Set `storageEncrypted: true`. A deployed database is replaced by that change: restore an encrypted copy of its snapshot instead.',
  references: ['Security Hub RDS.3', 'AWS Config RDS_STORAGE_ENCRYPTED', 'NIST 800-53 SC-28'],
  check: (instance) => {
    const cluster = instance.at('DBClusterIdentifier');
    if (!cluster.isAbsent)
      return [{ kind: 'note', resource: instance, path: cluster.path, text: 'the cluster decides about encryption' }];
    const encrypted = instance.at('StorageEncrypted');
    const origin = originOf(instance, ORIGINS);
    if (origin === undefined || encrypted.boolean !== true) return mustBeEncrypted(instance, ORIGINS);
    return [
      { kind: 'note', resource: instance, path: encrypted.path, text: `what '${origin}' names has to be encrypted for it` },
    ];
  },
  examples: {
    pass: {
      'storage is encrypted': instance({ StorageEncrypted: true }),
      'the instance is a member of a cluster': {
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-postgresql', DBClusterIdentifier: 'orders' } },
      },
      'a replica is encrypted as its source is': {
        ...instance({ StorageEncrypted: true }),
        ...copy({ SourceDBInstanceIdentifier: { Ref: 'Database' } }),
      },
      'a copy is as encrypted as its source was at some time': {
        ...instance({ StorageEncrypted: true }),
        ...copy({ SourceDBInstanceIdentifier: { Ref: 'Database' }, UseLatestRestorableTime: true }),
      },
      'encryption of a restored snapshot is confirmed': copy({ DBSnapshotIdentifier: 'orders', StorageEncrypted: true }),
    },
    fail: {
      'encryption is not mentioned': instance({}),
      'encryption is off': instance({ StorageEncrypted: 'false' }),
      'an empty snapshot is none': instance({ DBSnapshotIdentifier: '' }),
      'the source of a replica is not encrypted': {
        ...instance({}),
        ...copy({ SourceDBInstanceIdentifier: { Ref: 'Database' } }),
      },
    },
    undetermined: {
      'encryption is a parameter': {
        Parameters: { Encrypted: { Type: 'String' } },
        Resources: instance({ StorageEncrypted: { Ref: 'Encrypted' } }),
      },
      'encryption is left to the snapshot': copy({ DBSnapshotIdentifier: 'orders' }),
      'encryption is left to the source of a replica that is elsewhere': copy({ SourceDBInstanceIdentifier: 'orders' }),
      'encryption is left to what is restored to a point in time': copy({
        SourceDbiResourceId: 'db-ABCDEFGHIJKL',
        UseLatestRestorableTime: true,
      }),
    },
  },
});
