import type { InheritedControl } from 'cdk-soc2';

/** What the platform team runs for every account, and where an auditor finds it. */
const BASELINE: Readonly<Record<string, readonly string[]>> = {
  'stack set AccountBaseline, stack Logging': ['cloudtrail-exists', 'config-recorder'],
  'stack set AccountBaseline, stack Detection': [
    'guardduty-enabled',
    'securityhub-enabled',
    'inspector-enabled',
    'iam-access-analyzer',
  ],
  'stack set AccountBaseline, stack Alarms': [
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
    'finding-route',
    'rds-event-subscription-instance',
  ],
  'stack set AccountBaseline, stack Settings': [
    'ebs-encryption-by-default',
    'ebs-snapshot-block-public-access',
    'iam-password-policy',
    's3-account-public-access-block',
  ],
  'backup policy of the organization: everything, every day, for 35 days': [
    'backup-plan-exists',
    'dynamodb-in-backup-plan',
    'rds-in-backup-plan',
  ],
};

export const inherited: InheritedControl[] = Object.entries(BASELINE).flatMap(([pointer, rules]) =>
  rules.map((rule) => ({ rule, owner: 'platform team', pointer })),
);
