import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { retentionExamples } from '../shared/retention-examples';

export default defineRule({
  id: 'Neptune.10',
  slug: 'neptune-backup-retention',
  title: 'Neptune clusters keep automated backups for 7 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale:
    'Automated backups are what allows a return to any minute; damage that is noticed after a weekend needs more than the one day of the default.',
  remediation: 'Set `backupRetention: Duration.days(7)` or longer.',
  references: [
    'Security Hub Neptune.5',
    'AWS Config NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK',
    'cdk-nag NeptuneClusterBackupRetentionPeriod',
    'Checkov CKV_AWS_361',
  ],
  check: (cluster) => cluster.at('BackupRetentionPeriod').mustBeAtLeast(7),
  examples: retentionExamples((BackupRetentionPeriod) => ({
    Cluster: { Type: 'AWS::Neptune::DBCluster', Properties: { BackupRetentionPeriod } },
  })),
});
