import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A copy, every night, of everything with the tag of production. */
export class BackupStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const vault = new backup.BackupVault(this, 'Vault', {
      encryptionKey: new kms.Key(this, 'BackupKey', { description: 'Encrypts backups' }),
      lockConfiguration: { minRetention: Duration.days(35) },
    });
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupVault: vault,
      backupPlanRules: [
        new backup.BackupPlanRule({
          ruleName: 'daily',
          scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
          deleteAfter: Duration.days(35),
        }),
      ],
    });
    plan.addSelection('Production', { resources: [backup.BackupResource.fromTag('Environment', 'production')] });
  }
}
