import type { InheritedControl } from 'cdk-soc2';

const by = (owner: string, pointer: string, ...rules: string[]): InheritedControl[] =>
  rules.map((rule) => ({ rule, owner, pointer }));

/** What the accounts have from elsewhere, and where an auditor finds it. */
export const inherited: InheritedControl[] = [
  ...by(
    'security team',
    'stack Detection of the account for security tooling, which turns it on in every account',
    'guardduty-enabled',
    'iam-access-analyzer',
    'inspector-enabled',
    'inspector-lambda',
    'macie-enabled',
    'securityhub-enabled',
  ),
  ...by(
    'platform team',
    'stack Management-eu-west-1: the trail of the organization, and alarms on it',
    'cloudtrail-exists',
    'alarm-cloudtrail-changes',
    'alarm-cmk-deletion',
    'alarm-config-changes',
    'alarm-console-auth-failures',
    'alarm-console-no-mfa',
    'alarm-gateway-changes',
    'alarm-iam-changes',
    'alarm-nacl-changes',
    'alarm-organizations-changes',
    'alarm-root-usage',
    'alarm-route-table-changes',
    'alarm-s3-policy-changes',
    'alarm-sg-changes',
    'alarm-unauthorized-api',
    'alarm-vpc-changes',
    'alarms-exist',
  ),
  ...by('platform team', 'app backup: the plan of the account for management', 'backup-plan-exists', 'dynamodb-in-backup-plan'),
  ...by('security team', 'stack Alerting of the account for security tooling, where all findings arrive', 'finding-route'),
];
