import * as sns from 'aws-cdk-lib/aws-sns';
import { ATTRIBUTES, KINDS } from './alert-settings';

/**
 * A subscription to what people are to be told: no heartbeats, and nothing below a severity.
 *
 * Alarms of CloudWatch have none of the attributes, and arrive. A filter of its own is kept.
 */
export class PagedSubscription implements sns.ITopicSubscription {
  constructor(
    private readonly subscription: sns.ITopicSubscription,
    private readonly minimumSeverity?: number,
  ) {}

  public bind(topic: sns.ITopic): sns.TopicSubscriptionConfig {
    const config = this.subscription.bind(topic);
    if (config.filterPolicyWithMessageBody) return config;
    const { minimumSeverity } = this;
    return {
      ...config,
      filterPolicy: {
        [ATTRIBUTES.kind]: new sns.SubscriptionFilter([{ 'anything-but': [KINDS.heartbeat] }, { exists: false }]),
        ...(minimumSeverity === undefined
          ? {}
          : { [ATTRIBUTES.severity]: new sns.SubscriptionFilter([{ numeric: ['>=', minimumSeverity] }, { exists: false }]) }),
        ...config.filterPolicy,
      },
    };
  }
}
