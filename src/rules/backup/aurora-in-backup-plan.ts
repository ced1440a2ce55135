import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { arnOfData, backupExamples } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';
import { isMultiAzCluster } from '../shared/database-kinds';

export default defineRule({
  id: 'Backup.6',
  slug: 'aurora-in-backup-plan',
  title: 'Aurora clusters are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBCluster'],
  inheritable: true,
  applies: (cluster) => !isMultiAzCluster(cluster),
  rationale:
    'Continuous backups of Aurora reach back 35 days at most and end with the cluster; a plan keeps copies in a vault with its own retention and protection.',
  remediation:
    'Add `BackupResource.fromRdsDatabaseCluster(cluster)`, or a tag of the cluster, to a selection of a `backup.BackupPlan`. Where a backup policy of the organization covers it, declare an inherited control of this rule.',
  references: ['AWS Config AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN', 'Security Hub RDS.26', 'NIST 800-53 CP-9'],
  check: inBackupPlan,
  examples: backupExamples({
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql' },
    arn: arnOfData('rds', 'cluster:'),
    pattern: 'arn:aws:rds:*:*:cluster:*',
  }),
});
