import { Stack, type StackProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter, Runbooks, UsualActivity } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Who is told, and of what; and what they do about it. */
export class AlertStack extends Stack {
  public readonly alerts: AlertRouter;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.alerts = new AlertRouter(this, 'Alerts', {
      subscriptions: [new EmailSubscription('on-call@example.com')],
      runbooks: new Runbooks(this, 'Runbooks', { approvers: [`arn:aws:iam::${this.account}:role/IncidentLead`] }),
      usualActivity: [
        UsualActivity.scanner(['192.0.2.0/28'], {
          reason: 'Weekly scan by the security team',
          owner: 'security team',
          expires: '2027-12-31',
        }),
      ],
    });
  }
}
