import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isClusterMember, isReadReplica } from '../shared/database-kinds';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.4',
  slug: 'rds-backup-enabled',
  title: 'RDS databases keep automated backups for 7 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database) && !isReadReplica(database),
  rationale:
    'Automated backups are what allows a return to any minute; damage that is noticed after a weekend needs more than the one day of the default.',
  remediation:
    'Set `backupRetention: Duration.days(7)` or longer on an instance, or `backup: { retention: Duration.days(7) }` on a cluster.',
  references: [
    'Security Hub RDS.11',
    'AWS Config DB_INSTANCE_BACKUP_ENABLED',
    'cdk-nag RDSInstanceBackupEnabled',
    'NIST 800-53 CP-9',
  ],
  check: (database) =>
    database.at('BackupRetentionPeriod').mustBeAtLeast(7, {
      problem: database.at('BackupRetentionPeriod').isAbsent
        ? 'automated backups are kept for the one day of the default'
        : undefined,
    }),
  examples: {
    pass: {
      'backups are kept for 7 days': instance({ BackupRetentionPeriod: 7 }),
      'the number is text': instance({ BackupRetentionPeriod: '35' }),
      'the cluster keeps the backups of its members': {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', BackupRetentionPeriod: 14 } },
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
      },
      'a replica has no backups of its own': {
        ...instance({ BackupRetentionPeriod: 7 }),
        Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
      },
    },
    fail: {
      'backups are off': instance({ BackupRetentionPeriod: 0 }),
      'backups are kept for one day by default': instance({}),
      'backups are kept for less than a week': instance({ BackupRetentionPeriod: 3 }),
      'a database restored to a point in time is no replica': instance({
        SourceDBInstanceIdentifier: 'orders',
        UseLatestRestorableTime: true,
      }),
      'the cluster leaves it to the default': {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
      },
    },
    undetermined: {
      'the number of days is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: instance({ BackupRetentionPeriod: { Ref: 'Days' } }),
      },
    },
  },
});
