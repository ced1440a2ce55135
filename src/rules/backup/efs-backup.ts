import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { arnOfData, backupExamples, selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';

const { pass, fail, undetermined } = backupExamples({
  type: 'AWS::EFS::FileSystem',
  arn: arnOfData('elasticfilesystem', 'file-system/'),
  pattern: 'arn:aws:elasticfilesystem:*:*:file-system/*',
  tags: 'FileSystemTags',
});

const withPolicy = (Status: Json) => ({
  Data: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status } } },
});

export default defineRule({
  id: 'Backup.10',
  slug: 'efs-backup',
  title: 'EFS file systems are backed up',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::EFS::FileSystem'],
  inheritable: true,
  rationale:
    'EFS keeps files available, but not earlier versions of them: what is overwritten or deleted is gone without a backup.',
  remediation: 'Set `enableAutomaticBackups: true`, or add the file system to a selection of a `backup.BackupPlan`.',
  references: [
    'Security Hub EFS.2',
    'AWS Config EFS_IN_BACKUP_PLAN',
    'AWS Config EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'cdk-nag EFSInBackupPlan',
    'NIST 800-53 CP-9',
  ],
  check: (fileSystem) => {
    const status = fileSystem.at('BackupPolicy.Status');
    const policy = status.mustBe('ENABLED', { problem: status.isUnknown ? undefined : 'automatic backups are off' });
    const plan = policy.length === 0 ? [] : inBackupPlan(fileSystem);
    return anyOf([policy, plan], () => plan[0]);
  },
  examples: {
    pass: { ...pass, 'automatic backups are on': withPolicy('ENABLED') },
    fail: { ...fail, 'automatic backups are off': withPolicy('DISABLED') },
    undetermined: {
      ...undetermined,
      'automatic backups are a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: { ...withPolicy({ Ref: 'Status' }), ...selecting({ Resources: ['arn:aws:s3:::orders'] }) },
      },
    },
  },
});
