import { Stack, type StackProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AccountBaseline, AlertRouter, AuditTrailScope, BaselinePart, LogArchive, SecurityServiceMode } from 'cdk-soc2';
import type { Construct } from 'constructs';
import { ARCHIVE, HOME_REGION } from './organization';

/** The baseline of the account that manages the organization, which no stack set reaches; and the trail of all accounts. */
export class ManagementStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const isHome = this.region === HOME_REGION;
    const { alarmTopic } = new AlertRouter(this, 'Alerts', { subscriptions: [new EmailSubscription('security@example.com')] });
    new AccountBaseline(this, 'Baseline', {
      alarmTopic,
      archive: LogArchive.fromAttributes(this, 'LogArchive', ARCHIVE),
      configurationRecorder: { homeRegion: HOME_REGION },
      securityServices: SecurityServiceMode.DELEGATED,
      ...(isHome && { auditTrail: { scope: AuditTrailScope.ORGANIZATION } }),
      // The trail covers every Region, and so do alarms on it.
      without: isHome ? [] : [BaselinePart.AUDIT_TRAIL, BaselinePart.SECURITY_METRIC_ALARMS],
    });
  }
}
