import type { InheritedControl } from 'cdk-soc2';

/** What the security team provides for every account, and where an auditor finds it. */
export const inherited: InheritedControl[] = [
  {
    rule: 'config-recorder',
    owner: 'security team',
    pointer: 'other Regions than the one in use: stack set OrganizationConfig',
  },
  {
    rule: 'iam-password-policy',
    owner: 'security team',
    pointer: 'there are no IAM users: people sign in through IAM Identity Center',
  },
  { rule: 's3-account-public-access-block', owner: 'security team', pointer: 'stack set AccountBaseline' },
  { rule: 'ebs-encryption-by-default', owner: 'security team', pointer: 'stack set AccountBaseline' },
  { rule: 'ebs-snapshot-block-public-access', owner: 'security team', pointer: 'stack set AccountBaseline' },
];
