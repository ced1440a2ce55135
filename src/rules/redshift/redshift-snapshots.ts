import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { ...properties } } });

export default defineRule({
  id: 'Redshift.3',
  slug: 'redshift-snapshots',
  title: 'Redshift clusters keep automated snapshots for 7 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale:
    'Automated snapshots are the way back; damage that is noticed after a weekend needs more than the one day of the default.',
  remediation: 'Set `automatedSnapshotRetentionPeriod: 7` or more on `redshift.CfnCluster`.',
  references: [
    'Security Hub Redshift.3',
    'AWS Config REDSHIFT_BACKUP_ENABLED',
    'cdk-nag RedshiftBackupEnabled',
    'Checkov CKV_AWS_343',
  ],
  check: (cluster) => cluster.at('AutomatedSnapshotRetentionPeriod').mustBeAtLeast(7),
  examples: {
    pass: {
      'they are kept for 7 days': cluster({ AutomatedSnapshotRetentionPeriod: 7 }),
      'the number is text': cluster({ AutomatedSnapshotRetentionPeriod: '35' }),
    },
    fail: {
      'the number of days is not mentioned': cluster({}),
      'they are kept for too short': cluster({ AutomatedSnapshotRetentionPeriod: 1 }),
      'they are kept for too short in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ AutomatedSnapshotRetentionPeriod: { 'Fn::If': ['IsProduction', 7, 1] } }),
      },
    },
    undetermined: {
      'the number of days is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: cluster({ AutomatedSnapshotRetentionPeriod: { Ref: 'Days' } }),
      },
    },
  },
});
