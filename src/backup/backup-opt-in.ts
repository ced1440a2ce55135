import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { AccountSetting } from '../functions/account-setting';
import { PROTECTED_SERVICES } from './backup-resources';

/**
 * Turn on what plans protect by tag, and what AWS Backup manages in full.
 *
 * Without the latter, backups of DynamoDB are neither copied nor put into cold storage.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/service-opt-in.html
 */
export function backupOptIn(scope: Construct, id: string, alarmTopic: sns.ITopic | undefined): AccountSetting {
  return new AccountSetting(scope, id, {
    handler: 'backup-opt-in',
    description: 'Turn the types that are backed up on in the settings of the Region',
    resourceType: 'Custom::Soc2BackupOptIn',
    properties: { services: PROTECTED_SERVICES, managed: ['DynamoDB', 'EFS'] },
    statements: [
      // The settings of a Region are no resource.
      new iam.PolicyStatement({ actions: ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'], resources: ['*'] }),
    ],
    alarmTopic,
  });
}
