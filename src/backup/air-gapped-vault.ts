import { type Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { mustBeUnderstood } from './backup-vault-lock';

/** A vault that AWS keeps apart from the account, and locks for good. */
export interface AirGappedVaultOptions {
  /**
   * That you know what it means: every backup in the vault is kept, and billed, until its retention is over, and nobody can delete it
   * before, AWS included. An empty vault can be deleted. Must be true.
   */
  readonly iUnderstandThatItIsIrreversible: boolean;

  /**
   * The key that backups are encrypted with. Take one of another account: whoever can delete the key can make the backups useless.
   *
   * @default - a key that AWS owns, as AWS advises
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * ARN of the team of multi-party approval that can give access to the vault when the account is lost. It cannot be changed later.
   *
   * @default - access is by the account, and by those that it shares the vault with
   */
  readonly approvalTeamArn?: string;
}

/** The shortest and the longest retention of what comes into a vault. */
export interface Retention {
  readonly shortest: Duration;
  readonly longest: Duration;
}

/** A logically air-gapped vault: its backups are in an account of AWS, and locked for good. */
export class AirGappedVault extends Construct {
  public readonly resource: backup.CfnLogicallyAirGappedBackupVault;

  constructor(scope: Construct, id: string, options: AirGappedVaultOptions, { shortest, longest }: Retention) {
    super(scope, id);
    mustBeUnderstood(this, 'airGappedVault', options.iUnderstandThatItIsIrreversible);
    const minRetentionDays = shortest.toDays();
    if (minRetentionDays < 7) {
      throw new Error(
        `'schedules' must keep backups for 7 days or more with 'airGappedVault', got ${minRetentionDays}: the vault takes no others`,
      );
    }
    this.resource = new backup.CfnLogicallyAirGappedBackupVault(this, 'Resource', {
      backupVaultName: Names.uniqueResourceName(this, { maxLength: 50, separator: '-', allowedSpecialCharacters: '-' }),
      minRetentionDays,
      maxRetentionDays: longest.toDays(),
      encryptionKeyArn: options.encryptionKey?.keyArn,
      mpaApprovalTeamArn: options.approvalTeamArn,
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
