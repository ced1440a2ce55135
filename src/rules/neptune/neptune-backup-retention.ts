import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::Neptune::DBCluster', Properties: { ...properties } } });

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
  examples: {
    pass: {
      'they are kept for 7 days': cluster({ BackupRetentionPeriod: 7 }),
      'the number is text': cluster({ BackupRetentionPeriod: '35' }),
    },
    fail: {
      'the number of days is not mentioned': cluster({}),
      'they are kept for too short': cluster({ BackupRetentionPeriod: 1 }),
      'they are kept for too short in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ BackupRetentionPeriod: { 'Fn::If': ['IsProduction', 7, 1] } }),
      },
    },
    undetermined: {
      'the number of days is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: cluster({ BackupRetentionPeriod: { Ref: 'Days' } }),
      },
    },
  },
});
