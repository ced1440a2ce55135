import { Duration, Stack } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter, BackupProgram, EnvironmentStage, type EnvironmentStageProps } from 'cdk-soc2';
import type { Construct } from 'constructs';
import { BackupStack } from '../saas-platform/backup-stack';
import { DataStack } from '../saas-platform/data-stack';
import { ImageStack } from '../saas-platform/image-stack';
import { NetworkStack } from '../saas-platform/network-stack';
import { ServiceStack } from '../saas-platform/service-stack';

interface PlatformStageProps extends EnvironmentStageProps {
  /** The host of the domain that it is reached by. */
  readonly hostName: string;
}

/** The platform as customers use it, in one environment: the same stacks for all, with the defaults of its kind. */
export class PlatformStage extends EnvironmentStage {
  constructor(scope: Construct, id: string, { hostName, ...props }: PlatformStageProps) {
    super(scope, id, props);
    // First of all: what is made after it sends its alarms there.
    const subscriptions = [new EmailSubscription(`${hostName}@example.com`)];
    const alerts = new AlertRouter(new Stack(this, 'Alerts'), 'Alerts', { subscriptions });

    const { vpc } = new NetworkStack(this, 'Network', {});
    const data = new DataStack(this, 'Data', { vpc });
    const { images } = new ImageStack(this, 'Images', {});
    new ServiceStack(this, 'Service', { vpc, data, images, hostName });
    this.backups(props.account).protect(data.database, data.uploads, alerts.register);
  }

  /** Only backups of production are worth a copy in another Region. */
  private backups(account: string): BackupProgram {
    if (this.environment.isProduction)
      return new BackupStack(this, 'Backups', { elsewhere: { account, region: 'eu-central-1' } }).program;
    return new BackupProgram(new Stack(this, 'Backups'), 'Backups', { rpo: Duration.hours(24), rto: Duration.hours(24) });
  }
}
