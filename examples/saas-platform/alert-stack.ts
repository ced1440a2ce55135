import { Stack, type StackProps } from 'aws-cdk-lib';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { SecureTopic } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Where alarms are sent. */
export class AlertStack extends Stack {
  public readonly topic: SecureTopic;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.topic = new SecureTopic(this, 'OnCall');
    this.topic.addSubscription(new subscriptions.EmailSubscription('on-call@example.com'));
  }
}
