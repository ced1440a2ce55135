import { Duration, type Environment, Stack, type StackProps } from 'aws-cdk-lib';
import { BackupProgram, SecureBackupVault } from 'cdk-soc2';
import type { Construct } from 'constructs';

export interface BackupStackProps extends StackProps {
  /** Where copies go: another Region. */
  readonly elsewhere: Environment;
}

/** Backups every day, week and month, with a copy of each in another Region. */
export class BackupStack extends Stack {
  /** Takes what is to be backed up. */
  public readonly program: BackupProgram;

  constructor(scope: Construct, id: string, { elsewhere, ...props }: BackupStackProps) {
    super(scope, id, props);
    const copyStack = new Stack(scope, `${id}Elsewhere`, { env: elsewhere });
    const copies = new SecureBackupVault(copyStack, 'Vault', { backupVaultName: 'copies-of-production' });

    this.program = new BackupProgram(this, 'Backups', {
      rpo: Duration.hours(24),
      rto: Duration.hours(4),
      copyTo: [copies],
    });
  }
}
