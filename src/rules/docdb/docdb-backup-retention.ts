import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { ...properties } } });

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
