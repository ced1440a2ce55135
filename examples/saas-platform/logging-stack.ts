import { Stack, type StackProps } from 'aws-cdk-lib';
import { AuditTrail, ConfigurationRecorder, LogArchive, SecurityMetricAlarms } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Who did what in the account, in every Region, what everything looked like, and alarms on both. */
export class LoggingStack extends Stack {
  public readonly archive: LogArchive;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.archive = new LogArchive(this, 'LogArchive');
    const trail = new AuditTrail(this, 'AuditTrail', { archive: this.archive });
    new ConfigurationRecorder(this, 'ConfigurationRecorder', { archive: this.archive });
    new SecurityMetricAlarms(this, 'SecurityMetricAlarms', { trail });
  }
}
