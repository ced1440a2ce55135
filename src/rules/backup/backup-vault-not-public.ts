import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const vault = (Principal: Json, more: object = {}) => ({
  Vault: {
    Type: 'AWS::Backup::BackupVault',
    Properties: {
      BackupVaultName: 'orders',
      AccessPolicy: {
        Statement: [{ Effect: 'Allow', Principal, Action: 'backup:CopyIntoBackupVault', Resource: '*', ...more }],
      },
    },
  },
});

export default defineRule({
  id: 'Backup.17',
  slug: 'backup-vault-not-public',
  title: 'Backup vaults are open to named accounts only',
  criteria: [Criterion.CC6_1, Criterion.C1_1, Criterion.A1_2],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({
    'AWS::Backup::BackupVault': ['AccessPolicy'],
    'AWS::Backup::LogicallyAirGappedBackupVault': ['AccessPolicy'],
  }),
  rationale: 'A vault holds copies of all data: whoever may read it needs no database, and whoever may write it can fill it.',
  remediation: 'Name accounts in the `accessPolicy` of the vault, or add a condition on `aws:PrincipalOrgID`.',
  references: ['NIST 800-53 AC-3', 'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html'],
  examples: {
    pass: {
      'an account is named': vault({ AWS: 'arn:aws:iam::111122223333:root' }),
      'accounts of the organization may copy into it': vault('*', {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      }),
      'everyone is denied': vault('*', { Effect: 'Deny', Action: 'backup:DeleteRecoveryPoint' }),
    },
    fail: {
      'everyone may copy into it': vault('*'),
      'everyone may copy into it, in the longer form': vault({ AWS: ['*'] }),
    },
    undetermined: {
      'who may is a parameter': { Parameters: { Who: { Type: 'String' } }, Resources: vault({ AWS: { Ref: 'Who' } }) },
    },
  },
});
