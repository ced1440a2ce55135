import type { InheritedControl } from 'cdk-soc2';

const by = (owner: string, pointer: string, ...rules: string[]): InheritedControl[] =>
  rules.map((rule) => ({ rule, owner, pointer }));

/** What the account has from elsewhere, and where an auditor finds it. */
export const inherited: InheritedControl[] = [
  ...by(
    'security team',
    'stack set AccountSettings of the organization',
    'ebs-encryption-by-default',
    'ebs-snapshot-block-public-access',
    'iam-access-analyzer',
    'iam-password-policy',
    's3-account-public-access-block',
  ),
  ...by(
    'platform team',
    'backup policy of the organization: everything, every day, for 35 days',
    'backup-plan-exists',
    'dynamodb-in-backup-plan',
  ),
];
