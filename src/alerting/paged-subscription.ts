import * as sns from 'aws-cdk-lib/aws-sns';
import { ATTRIBUTES, KINDS } from './alert-settings';

/** A subscription to what people are to be told: no heartbeats, and nothing below a severity. A filter of its own is kept. */
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
        [ATTRIBUTES.kind]: sns.SubscriptionFilter.stringFilter({ allowlist: [KINDS.alert] }),
        ...(minimumSeverity !== undefined && {
          [ATTRIBUTES.severity]: sns.SubscriptionFilter.numericFilter({ greaterThanOrEqualTo: minimumSeverity }),
        }),
        ...config.filterPolicy,
      },
    };
  }
}
