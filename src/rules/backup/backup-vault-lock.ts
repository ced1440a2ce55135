import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const vault = (properties: JsonObject) => ({
  Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault', ...properties } },
});

/** A warning: a policy that denies deletion holds too, until somebody with the right to do so changes it. */
export default defineRule({
  id: 'Backup.15',
  slug: 'backup-vault-lock',
  title: 'Backup vaults are locked',
  criteria: [Criterion.A1_2, Criterion.C1_1],
  control: 'backup-protection',
  severity: 'warning',
  resourceTypes: ['AWS::Backup::BackupVault'],
  rationale: 'Who holds the account for ransom deletes the backups first; a lock keeps them whatever the permissions say.',
  remediation:
    'Set `lockConfiguration: { minRetention: Duration.days(35) }` on the vault. With `changeableFor` the lock can never be removed after that time, not even by AWS: leave it out until you are sure.',
  references: ['AWS Backup Audit Manager BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK', 'NIST 800-53 CP-9(8)'],
  check: (vault) => vault.at('LockConfiguration.MinRetentionDays').mustBeAtLeast(1),
  examples: {
    pass: {
      'the vault is locked': vault({ LockConfiguration: { MinRetentionDays: 35 } }),
      'the vault is locked for good': vault({ LockConfiguration: { MinRetentionDays: '35', ChangeableForDays: 3 } }),
    },
    fail: {
      'a lock is not mentioned': vault({}),
      'the lock has no shortest retention': vault({ LockConfiguration: { MaxRetentionDays: 365 } }),
      'the lock is removed': vault({ LockConfiguration: { Ref: 'AWS::NoValue' } }),
    },
    undetermined: {
      'the days are a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: vault({ LockConfiguration: { MinRetentionDays: { Ref: 'Days' } } }),
      },
    },
  },
});
