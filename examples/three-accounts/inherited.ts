import type { InheritedControl } from 'cdk-soc2';

const by = (pointer: string, ...rules: string[]): InheritedControl[] =>
  rules.map((rule) => ({ rule, owner: 'security team', pointer }));

/** What the organization gives every account: see ../organization. */
export const inherited: InheritedControl[] = [
  ...by(
    'stack set Baseline of the organization',
    'config-recorder',
    'config-rules-deployed',
    'ebs-encryption-by-default',
    'ebs-snapshot-block-public-access',
    'iam-password-policy',
    's3-account-public-access-block',
  ),
  ...by(
    'stack Detection of the account for security tooling, which turns it on in every account',
    'guardduty-enabled',
    'iam-access-analyzer',
    'inspector-ecr',
    'inspector-enabled',
    'inspector-lambda',
    'macie-enabled',
    'securityhub-enabled',
  ),
  ...by(
    'stack Management-eu-west-1 of the organization: the trail of all accounts, and alarms on it',
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
  ),
  ...by('app restore-tests, in an account of its own, as AWS advises', 'backup-restore-testing'),
  ...by(
    'stack Alerting of the account for security tooling, where findings of all accounts arrive',
    'finding-route',
    'alarms-exist',
  ),
];
