import { Stack, type StackProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Who is told, and of what. */
export class AlertStack extends Stack {
  public readonly alerts: AlertRouter;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.alerts = new AlertRouter(this, 'Alerts', { subscriptions: [new EmailSubscription('on-call@example.com')] });
  }
}
