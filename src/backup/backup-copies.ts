import { Arn, ArnFormat, CfnResource, Stack, Token } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** Where copies go. */
export interface CopyDestination {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
}

/** Where a vault is. The ARN of one that another account or Region gets is put together: no stack can refer to it. */
export function destinationOf(vault: backup.IBackupVault, own: Stack): CopyDestination {
  const child = vault.node.defaultChild;
  const home = Stack.of(vault);
  if (CfnResource.isCfnResource(child) && home !== own) {
    const name = (child as backup.CfnBackupVault).backupVaultName;
    const arn = home.formatArn({
      service: 'backup',
      resource: 'backup-vault',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return { arn, account: home.account, region: home.region };
  }
  const arn = vault.backupVaultArn;
  if (CfnResource.isCfnResource(child) || Token.isUnresolved(arn)) return { arn, account: home.account, region: home.region };
  const { account = '', region = '' } = Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  return { arn, account, region };
}

/** Stop a copy that would be lost together with what it is a copy of. */
export function mustBeElsewhere({ arn, account, region }: CopyDestination, own: Stack): void {
  if (account === own.account && region === own.region) {
    throw new Error(
      `'copyTo' must name vaults in another account or Region, got ${Token.isUnresolved(arn) ? 'one' : `'${arn}'`} in the account and ` +
        "Region of the program: what takes the backups takes such copies as well. Leave it out, or set 'airGappedVault'",
    );
  }
}

/** The accounts of others that copies go to. */
export function otherAccounts(destinations: readonly CopyDestination[], own: Stack): string[] {
  return [...new Set(destinations.map(({ account }) => account))].filter((account) => account !== own.account);
}

/**
 * Let accounts that copies go to use the key that backups are encrypted with: AWS Backup decrypts them there.
 *
 * @see https://repost.aws/knowledge-center/backup-troubleshoot-cross-account-copy
 */
export function shareKey(key: kms.IKey, accounts: readonly string[]): void {
  if (accounts.length === 0) return;
  const principals = accounts.map((account) => new iam.AccountPrincipal(account));
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'UseForCopiesInOtherAccounts',
      principals,
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      resources: ['*'],
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'GrantToServicesForCopies',
      principals,
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resources: ['*'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  );
}
