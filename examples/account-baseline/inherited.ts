import type { InheritedControl } from 'cdk-soc2';

const by = (owner: string, pointer: string, ...rules: string[]): InheritedControl[] =>
  rules.map((rule) => ({ rule, owner, pointer }));

/** What the account has from elsewhere, and where an auditor finds it. */
export const inherited: InheritedControl[] = [
  ...by(
    'platform team',
    'backup policy of the organization: everything, every day, for 35 days',
    'backup-plan-exists',
    'dynamodb-in-backup-plan',
  ),
];
