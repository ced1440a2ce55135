import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { withDefaults } from '../defaults/with-defaults';
import { domainKey } from '../environment/domain-keys';
import { type ComplianceLock, changeableFor } from './backup-vault-lock';

/** Options of `SecureBackupVault`: those of `backup.BackupVault`, every one of which comes before a default. */
export interface SecureBackupVaultProps extends backup.BackupVaultProps {
  /**
   * The one role that may delete backups, shorten their life and take the policy away, for an emergency. Alarm on its use.
   *
   * @default - nobody may delete backups
   */
  readonly breakGlassRole?: iam.IRole;

  /**
   * ARNs of the roles that deploy the stack, which may change the policy and the lock of the vault, not delete backups. They may have
   * wildcards. Without one, only the break-glass role could change the policy later.
   *
   * @default - the role that CloudFormation has in an account that the CDK was bootstrapped in
   */
  readonly deploymentRoles?: string[];

  /**
   * Accounts that may copy backups into the vault, by their ids.
   *
   * @default - the account of the vault only
   */
  readonly copiesFromAccounts?: string[];

  /**
   * The organization whose accounts may copy backups into the vault, such as `o-a1b2c3d4e5`.
   *
   * @default - accounts that are named only
   */
  readonly copiesFromOrganization?: string;

  /**
   * Lock the vault for good: an error outside production.
   *
   * @default - a lock that an administrator can lift (governance)
   */
  readonly complianceLock?: ComplianceLock;
}

/** What removes backups, or shortens their life. */
const DELETIONS = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DisassociateRecoveryPoint'];

/** What takes the protection away first. */
const CHANGES = [
  'backup:PutBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:PutBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:DeleteBackupVault',
];

/**
 * A vault that keeps backups from those who would delete them: encrypted, locked, and with a policy that denies deletion to everyone.
 *
 * It is locked in governance mode: backups that are to be kept for less than 35 days, or for more than ten years, are refused, and an
 * administrator can lift the lock. What its policy denies holds for administrators too, the break-glass role aside. Copies from
 * other accounts come in where `copiesFromAccounts` or `copiesFromOrganization` says so. It stays when the stack is deleted.
 *
 * Use it on its own for the copies of a `BackupProgram`: in a stack of another Region, or of a backup account.
 *
 * What it creates beside the vault: a KMS key for backups, once for each stack. What it costs in kind: the key and its requests, and
 * what is stored in the vault.
 *
 * @example
 * const copies = new SecureBackupVault(this, 'Copies', {
 *   backupVaultName: 'copies-of-production',
 *   copiesFromAccounts: ['111122223333'],
 * });
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export class SecureBackupVault extends backup.BackupVault {
  /**
   * @param scope where the vault is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a lock for good is asked for outside production, or not in so many words.
   */
  constructor(scope: Construct, id: string, props: SecureBackupVaultProps = {}) {
    const { breakGlassRole, deploymentRoles, copiesFromAccounts, copiesFromOrganization, complianceLock, ...own } = props;
    if (own.lockConfiguration?.changeableFor !== undefined) {
      throw new Error(
        "'changeableFor' of 'lockConfiguration' must be left out, got a duration: it locks the vault for good. Use " +
          "'complianceLock', which says so",
      );
    }
    super(
      scope,
      id,
      withDefaults<backup.BackupVaultProps>(
        {
          ...own,
          lockConfiguration: {
            minRetention: Duration.days(35),
            maxRetention: Duration.days(3650),
            ...own.lockConfiguration,
            ...changeableFor(scope, complianceLock),
          },
        },
        {
          ...(own.encryptionKey ? {} : { encryptionKey: domainKey(scope, 'backup') }),
          removalPolicy: RemovalPolicy.RETAIN,
        },
      ),
    );
    const rescuers = breakGlassRole ? [breakGlassRole.roleArn] : [];
    this.addToAccessPolicy(denied(DELETIONS, rescuers));
    this.addToAccessPolicy(denied(CHANGES, [...rescuers, ...(deploymentRoles ?? deploymentRolesOf(Stack.of(this)))]));
    for (const statement of copiesFrom(copiesFromAccounts, copiesFromOrganization)) this.addToAccessPolicy(statement);
  }
}

function denied(actions: string[], exempt: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions,
    resources: ['*'],
    ...(exempt.length > 0 && { conditions: { ArnNotLike: { 'aws:PrincipalArn': exempt } } }),
  });
}

/** The role that CloudFormation has to change what the CDK deploys; its qualifier may be one of the app's own. */
function deploymentRolesOf(stack: Stack): string[] {
  return [
    stack.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `cdk-*-cfn-exec-role-${stack.account}-${stack.region}`,
    }),
  ];
}

function copiesFrom(accounts: readonly string[] = [], organization?: string): iam.PolicyStatement[] {
  const copying = { actions: ['backup:CopyIntoBackupVault'], resources: ['*'] };
  return [
    ...(accounts.length > 0
      ? [new iam.PolicyStatement({ ...copying, principals: accounts.map((each) => new iam.AccountPrincipal(each)) })]
      : []),
    ...(organization
      ? [
          new iam.PolicyStatement({
            ...copying,
            principals: [new iam.AnyPrincipal()],
            conditions: { StringEquals: { 'aws:PrincipalOrgID': organization } },
          }),
        ]
      : []),
  ];
}
