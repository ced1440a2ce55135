import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const instance = (properties: object) => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', DBInstanceClass: 'db.t4g.small', AllocatedStorage: '20', ...properties },
  },
});

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
    if (!instance.at('DBClusterIdentifier').isAbsent)
      return [
        {
          kind: 'note',
          resource: instance,
          path: 'Properties.DBClusterIdentifier',
          text: 'the cluster decides about encryption',
        },
      ];
    if (!instance.at('SourceDBInstanceIdentifier').isAbsent)
      return instance.at('StorageEncrypted').mustBe(true, { absent: 'a read replica is encrypted as its source is' });
    return instance.at('StorageEncrypted').mustBe(true);
  },
  examples: {
    pass: {
      'storage is encrypted': instance({ StorageEncrypted: true }),
      'the instance is a member of a cluster': {
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-postgresql', DBClusterIdentifier: 'orders' } },
      },
    },
    fail: { 'encryption is not mentioned': instance({}), 'encryption is off': instance({ StorageEncrypted: 'false' }) },
    undetermined: {
      'encryption is a parameter': {
        Parameters: { Encrypted: { Type: 'String' } },
        Resources: instance({ StorageEncrypted: { Ref: 'Encrypted' } }),
      },
    },
  },
});
