import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { arnOfData, backupExamples } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';

export default defineRule({
  id: 'Backup.9',
  slug: 'ec2-in-backup-plan',
  title: 'EC2 instances are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance'],
  inheritable: true,
  rationale: 'A server that was set up by hand, or keeps data on its disks, can only come back from a backup.',
  remediation:
    'Add `BackupResource.fromEc2Instance(instance)`, or a tag of the instance, to a selection of a `backup.BackupPlan`; an instance without state is better off in an Auto Scaling group.',
  references: ['AWS Config EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN', 'NIST 800-53 CP-9'],
  check: inBackupPlan,
  examples: backupExamples({
    type: 'AWS::EC2::Instance',
    arn: arnOfData('ec2', 'instance/'),
    pattern: 'arn:aws:ec2:*:*:instance/*',
  }),
});
