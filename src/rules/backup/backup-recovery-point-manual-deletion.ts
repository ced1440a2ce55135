import { Criterion } from '../../criteria/criterion';
import { anyOf, type Observation } from '../../model/observation';
import { type PolicyCondition, type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';

/** What removes a backup: deleting it, shortening its life, or first changing the policy. */
const ACTIONS = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:PutBackupVaultAccessPolicy'];

const vault = (properties: object) => ({
  Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault', ...properties } },
});

const policy = (statement: object) =>
  vault({ AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: ACTIONS, Resource: '*', ...statement }] } });

export default defineRule({
  id: 'Backup.3',
  slug: 'backup-recovery-point-manual-deletion',
  title: 'Backups cannot be deleted by hand',
  criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
  control: 'backup-protection',
  severity: 'error',
  resourceTypes: ['AWS::Backup::BackupVault'],
  rationale: 'Whoever holds a stolen administrator role deletes the backups first; a lock or a deny keeps a way back.',
  remediation:
    'Set `lockConfiguration: { minRetention: Duration.days(35) }` on the vault; or deny deletion, and changes of the policy, in `accessPolicy`, for `blockRecoveryPointDeletion` alone leaves the policy itself open to change.',
  references: ['AWS Config BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', 'NIST 800-53 CP-9(8)'],
  check: (vault) =>
    anyOf([vault.at('LockConfiguration.MinRetentionDays').mustBeAtLeast(1), deniesDeletion(vault)], () =>
      vault
        .at('LockConfiguration')
        .fails(
          'a vault lock, or a policy that denies everyone the deletion of recovery points',
          'neither a lock nor the policy of the vault stops deletion',
        ),
    ),
  examples: {
    pass: {
      'the vault is locked': vault({ LockConfiguration: { MinRetentionDays: 35 } }),
      'the policy denies deletion': policy({}),
      'the policy denies everything': policy({ Principal: { AWS: '*' }, Action: 'backup:*' }),
      'the policy denies deletion to all but one role': policy({
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/break-glass' } },
      }),
    },
    fail: {
      'neither a lock nor a policy is mentioned': vault({}),
      'the policy may be changed': policy({ Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] }),
      'the policy denies deletion to one role': policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }),
      'the policy denies deletion under a condition': policy({
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
      'the policy allows deletion': policy({ Effect: 'Allow' }),
    },
    undetermined: {
      'the days of the lock are a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: vault({ LockConfiguration: { MinRetentionDays: { Ref: 'Days' } } }),
      },
    },
  },
});

function deniesDeletion(vault: Resource): Observation[] {
  const policy = vault.at('AccessPolicy');
  const expected = `a statement that denies everyone ${ACTIONS.join(', ')}`;
  if (policy.isUnknown) return [policy.undetermined(expected)];
  const statements = statementsOf(policy);
  if (ACTIONS.every((action) => statements.some((each) => denies(each, action)))) return [];
  return [statements.find(({ isUnknown }) => isUnknown)?.value.undetermined(expected) ?? policy.fails(expected)];
}

function denies(statement: Statement, action: string): boolean {
  const { isForEveryone, coversAllResources, conditions } = statement;
  return statement.denies && isForEveryone && coversAllResources && statement.covers(action) && conditions.every(isExemption);
}

/** A condition that only leaves out named principals. */
function isExemption({ operator, key }: PolicyCondition): boolean {
  return /^(string|arn)not/.test(operator) && /^aws:(principal|userid)/.test(key);
}
