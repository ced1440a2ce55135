import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { arnOfData, backupExamples, selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';
import { isClusterMember, isMultiAzCluster, isReadReplica } from '../shared/database-kinds';

const { pass, fail, undetermined } = backupExamples({
  type: 'AWS::RDS::DBInstance',
  properties: { Engine: 'postgres' },
  arn: arnOfData('rds', 'db:'),
  pattern: 'arn:aws:rds:*:*:db:*',
});

export default defineRule({
  id: 'Backup.5',
  slug: 'rds-in-backup-plan',
  title: 'RDS databases are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  inheritable: true,
  applies: (database) =>
    database.type === 'AWS::RDS::DBCluster'
      ? isMultiAzCluster(database) === true
      : !isClusterMember(database) && !isReadReplica(database),
  rationale:
    'Automated backups of RDS end with the instance and stay in its account; a plan keeps copies in a vault with its own retention and protection.',
  remediation:
    'Add `BackupResource.fromRdsDatabaseInstance(database)`, or a tag of the database, to a selection of a `backup.BackupPlan`. Where a backup policy of the organization covers it, declare an inherited control of this rule.',
  references: [
    'Security Hub RDS.26',
    'AWS Config RDS_IN_BACKUP_PLAN',
    'AWS Config RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'cdk-nag RDSInBackupPlan',
    'NIST 800-53 CP-9',
  ],
  check: inBackupPlan,
  examples: {
    pass: {
      ...pass,
      'a selection gives the ARN of its name': {
        Data: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', DBInstanceIdentifier: 'Orders' } },
        ...selecting({ Resources: [{ 'Fn::Sub': 'arn:aws:rds:${AWS::Region}:${AWS::AccountId}:db:orders' }] }),
      },
      'a Multi-AZ cluster is covered': {
        Data: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'mysql' } },
        ...selecting({ Resources: ['arn:aws:rds:*:*:cluster:*'] }),
      },
    },
    fail: {
      ...fail,
      'only clusters are covered': {
        Data: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', DBInstanceIdentifier: 'orders' } },
        ...selecting({ Resources: ['arn:aws:rds:*:*:cluster:orders'] }),
      },
    },
    undetermined,
  },
});
