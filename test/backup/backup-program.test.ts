import { Duration, type Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { BackupProgram, type BackupProgramProps } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const COPIES = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:copies';

const program = (stack: Stack, props: Partial<BackupProgramProps> = {}) =>
  new BackupProgram(stack, 'Backups', {
    rpo: Duration.hours(24),
    rto: Duration.hours(4),
    copyTo: [backup.BackupVault.fromBackupVaultArn(stack, 'Copies', COPIES)],
    ...props,
  });

keepsItsPromises({ make: (stack) => program(stack) });
