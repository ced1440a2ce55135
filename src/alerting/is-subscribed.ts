import { CfnMicrosoftTeamsChannelConfiguration, CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';

/** Whether somebody in the app listens to a topic; subscriptions below `own` with a filter for heartbeats do not count. */
export function isSubscribed(topic: sns.ITopic, own: IConstruct): boolean {
  return own.node.root.node.findAll().some((each) => {
    if (each instanceof CfnSlackChannelConfiguration || each instanceof CfnMicrosoftTeamsChannelConfiguration)
      return (each.snsTopicArns ?? []).includes(topic.topicArn);
    return each instanceof sns.CfnSubscription && each.topicArn === topic.topicArn && !isHeartbeats(each, own);
  });
}

/** The queue that waits for heartbeats is nobody. */
function isHeartbeats(subscription: sns.CfnSubscription, own: IConstruct): boolean {
  const heartbeats = own.node.tryFindChild('Heartbeats');
  return heartbeats !== undefined && subscription.node.scopes.includes(heartbeats);
}
