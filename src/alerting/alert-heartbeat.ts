import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { addAlarms } from '../defaults/alarms';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { ATTRIBUTES, HEARTBEAT, KINDS } from './alert-settings';

/** The way that alerts take. */
interface Way {
  readonly topic: sns.Topic;
  /** The function that tells alerts, for a rule. */
  readonly target: (input: events.RuleTargetInput) => events.IRuleTarget;
  readonly failed: sqs.IQueue;
  readonly alarmTopic: sns.ITopic;
}

const EVERY = Duration.hours(1);
const MISSED = 3;

/** An event that passes through rule, function and topic to a queue, and an alarm when the queue gets none. */
export function addHeartbeat(scope: Construct, { topic, target, failed, alarmTopic }: Way): cloudwatch.Alarm {
  const queue = new SecureQueue(scope, 'Heartbeats', {
    retentionPeriod: Duration.hours(1),
    deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
  });
  partOfSafeguard(queue);
  topic.addSubscription(
    new SqsSubscription(queue, {
      rawMessageDelivery: true,
      filterPolicy: { [ATTRIBUTES.kind]: sns.SubscriptionFilter.stringFilter({ allowlist: [KINDS.heartbeat] }) },
    }),
  );
  new events.Rule(scope, 'Heartbeat', {
    description: 'Proves every hour that alerts are delivered',
    schedule: events.Schedule.rate(EVERY),
    targets: [target(events.RuleTargetInput.fromObject({ ...HEARTBEAT, detail: {} }))],
  });
  const [alarm] = addAlarms(scope, alarmTopic, {
    HeartbeatMissing: {
      metric: queue.metricNumberOfMessagesSent({ statistic: cloudwatch.Stats.SUM, period: EVERY }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: MISSED,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription:
        `No heartbeat passed through ${scope.node.path} for ${MISSED} hours: alerts may not arrive. Look whether the rule is on, at ` +
        'the log of the function, at the policy of the topic and at the key. After the first deployment it ends by itself.',
    },
  });
  return alarm;
}
