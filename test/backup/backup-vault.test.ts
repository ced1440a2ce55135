import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EnvironmentKind, SecureBackupVault, type SecureBackupVaultProps, Soc2Environment } from '../../src';
import { ENV } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

jest.setTimeout(300_000);

keepsItsPromises({ make: (stack) => new SecureBackupVault(stack, 'Vault') });

function vault(props: SecureBackupVaultProps = {}, kind = EnvironmentKind.PRODUCTION) {
  const app = new App();
  Soc2Environment.declare(app, { kind, owner: 'platform team' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  new SecureBackupVault(stack, 'Vault', props);
  const [{ Properties, DeletionPolicy }] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupVault'));
  const statements: Record<string, unknown>[] = Properties.AccessPolicy.Statement;
  return { ...Properties, DeletionPolicy, statements } as Record<string, unknown> & { statements: typeof statements };
}

const GLASS = `arn:aws:iam::${ENV.account}:role/break-glass`;
const glass = () => iam.Role.fromRoleArn(new Stack(new App(), 'S'), 'Glass', GLASS);

test('by default it is locked so that an administrator can lift it, and stays when its stack is deleted', () => {
  const { LockConfiguration, DeletionPolicy } = vault();
  expect(LockConfiguration).toEqual({ MinRetentionDays: 35, MaxRetentionDays: 3650 });
  expect(DeletionPolicy).toBe('Retain');
});

test('nobody may delete backups, and nobody but deployments may change what stops it', () => {
  const { statements } = vault();
  const [deletions, changes, ...others] = statements;
  expect(deletions).toEqual({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DisassociateRecoveryPoint'],
    Resource: '*',
  });
  expect(changes).toMatchObject({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: expect.arrayContaining(['backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVaultLockConfiguration']),
  });
  expect(JSON.stringify(changes.Condition)).toContain(`role/cdk-*-cfn-exec-role-${ENV.account}-${ENV.region}`);
  expect(others).toEqual([]);
});

test('the break-glass role is the only exception, and who deploys can be named', () => {
  const deploymentRoles = [`arn:aws:iam::${ENV.account}:role/pipeline`];
  const [deletions, changes] = vault({ breakGlassRole: glass(), deploymentRoles }).statements;
  expect(deletions.Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': [GLASS] } });
  expect(changes.Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': [GLASS, ...deploymentRoles] } });
});

test('AWS Backup takes no action with a wildcard in the policy of a vault', () => {
  const { statements } = vault({ copiesFromAccounts: ['444455556666'], copiesFromOrganization: 'o-a1b2c3d4e5' });
  expect(statements.flatMap(({ Action }) => Action).filter((action) => String(action).includes('*'))).toEqual([]);
});

test('copies come in from the accounts and the organization that are named', () => {
  const { statements } = vault({ copiesFromAccounts: ['444455556666'], copiesFromOrganization: 'o-a1b2c3d4e5' });
  const [accounts, organization] = statements.slice(2);
  expect(accounts).toMatchObject({ Effect: 'Allow', Action: 'backup:CopyIntoBackupVault', Resource: '*' });
  expect(JSON.stringify(accounts.Principal)).toContain(':iam::444455556666:root');
  expect(organization).toEqual({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  });
});

test('it is locked for good where that is said in so many words, in production', () => {
  const complianceLock = { iUnderstandThatItIsIrreversible: true, coolingOff: Duration.days(7) };
  expect(vault({ complianceLock }).LockConfiguration).toMatchObject({ ChangeableForDays: 7 });
  expect(() => vault({ complianceLock }, EnvironmentKind.STAGING)).toThrow(
    "'complianceLock' must be left out outside production",
  );
});

test('it is not locked for good in passing', () => {
  const lockConfiguration = { minRetention: Duration.days(35), changeableFor: Duration.days(7) };
  expect(() => vault({ lockConfiguration })).toThrow("'changeableFor' of 'lockConfiguration' must be left out, got a duration");
});

test('what an app sets comes before a default', () => {
  const lockConfiguration = { minRetention: Duration.days(7), maxRetention: Duration.days(70) };
  expect(vault({ lockConfiguration, backupVaultName: 'own' })).toMatchObject({
    BackupVaultName: 'own',
    LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 70 },
  });
});
