import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { arnOfData, backupExamples, selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';

const examples = backupExamples({
  type: 'AWS::DocDB::DBCluster',
  arn: arnOfData('rds', 'cluster:'),
  pattern: 'arn:aws:rds:*:*:cluster:*',
});

export default defineRule({
  id: 'DocDB.7',
  slug: 'docdb-in-backup-plan',
  title: 'DocumentDB clusters are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  inheritable: true,
  rationale:
    'Automated backups of DocumentDB reach back 35 days at most and stay in the account; a plan keeps copies in a vault with its own retention and protection.',
  remediation:
    'Add `BackupResource.fromArn` with the ARN of the cluster (`arn:aws:rds:…:cluster:…`), or a tag of the cluster, to a selection of a `backup.BackupPlan`. Where a backup policy of the organization covers it, declare an inherited control of this rule.',
  references: ['ElectricEye Backup.7', 'NIST 800-53 CP-9'],
  check: inBackupPlan,
  examples: {
    ...examples,
    pass: {
      ...examples.pass,
      'a selection gives the ARN of its name': {
        Data: { Type: 'AWS::DocDB::DBCluster', Properties: { DBClusterIdentifier: 'Orders' } },
        ...selecting({ Resources: [{ 'Fn::Sub': 'arn:aws:rds:${AWS::Region}:${AWS::AccountId}:cluster:orders' }] }),
      },
    },
  },
});
