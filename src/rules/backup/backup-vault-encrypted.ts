import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

const vault = (properties: object) => ({
  Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault', ...properties } },
});

const airGapped = (properties: object) => ({
  Vault: {
    Type: AIR_GAPPED,
    Properties: { BackupVaultName: 'vault', MinRetentionDays: 35, MaxRetentionDays: 365, ...properties },
  },
});

/** A warning: without this setting, backups are encrypted with a key of AWS Backup. */
export default defineRule({
  id: 'Backup.4',
  slug: 'backup-vault-encrypted',
  title: 'Backup vaults are encrypted with a customer managed KMS key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::Backup::BackupVault', AIR_GAPPED],
  rationale:
    'Backups hold all of the data in one place; a key with a policy of your own decides who can read them, and lets another account keep copies.',
  remediation:
    'Pass `encryptionKey` to the vault. A deployed vault is replaced by that change: create a new one and let the old backups expire.',
  references: [
    'Prowler backup_vaults_encrypted',
    'Checkov CKV_AWS_166',
    'NIST 800-53 SC-28',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html',
  ],
  check: (vault) => {
    const key = vault.at('EncryptionKeyArn');
    const expected = 'the ARN of a customer managed key';
    // AWS advises the key that it owns there: nobody in the account can delete it.
    if (vault.type === AIR_GAPPED && key.isAbsent) return [];
    return /alias\/aws\//.test(key.text) ? [key.fails(expected)] : key.mustBeSet(expected);
  },
  examples: {
    pass: {
      'the key is in the template': {
        ...vault({ EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
      },
      'the key is given by its ARN': vault({ EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234' }),
      'an air-gapped vault has the key that AWS owns': airGapped({}),
    },
    fail: {
      'a key is not mentioned': vault({}),
      'the key is the one of AWS Backup': vault({ EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/aws/backup' }),
      'the key of an air-gapped vault is the one of AWS Backup': airGapped({
        EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/aws/backup',
      }),
    },
    undetermined: {
      'the key is a parameter': {
        Parameters: { Key: { Type: 'String' } },
        Resources: vault({ EncryptionKeyArn: { Ref: 'Key' } }),
      },
    },
  },
});
