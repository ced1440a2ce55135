import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { retentionExamples } from '../shared/retention-examples';

export default defineRule({
  id: 'DocDB.8',
  slug: 'docdb-backup-retention',
  title: 'DocumentDB clusters keep automated backups for 7 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale:
    'Automated backups are what allows a return to any minute; damage that is noticed after a weekend needs more than the one day of the default.',
  remediation: 'Set `backup: { retention: Duration.days(7) }` or longer.',
  references: [
    'Security Hub DocumentDB.2',
    'AWS Config DOCDB_CLUSTER_BACKUP_RETENTION_CHECK',
    'cdk-nag DocumentDBClusterBackupRetentionPeriod',
  ],
  check: (cluster) => cluster.at('BackupRetentionPeriod').mustBeAtLeast(7),
  examples: retentionExamples((BackupRetentionPeriod) => ({
    Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { BackupRetentionPeriod } },
  })),
});
