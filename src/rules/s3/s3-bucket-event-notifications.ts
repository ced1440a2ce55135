import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf, metBy } from '../../model/observation';
import { defineRule } from '../rule';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const custom = (NotificationConfiguration: JsonObject) => ({
  Notifications: {
    Type: 'Custom::S3BucketNotifications',
    Properties: { BucketName: { Ref: 'Bucket' }, NotificationConfiguration },
  },
});

export default defineRule({
  id: 'S3.14',
  slug: 's3-bucket-event-notifications',
  title: 'S3 buckets tell when objects change',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'Events let a scan, an inventory or an alert follow a change of sensitive data within seconds.',
  remediation: 'Set `eventBridgeEnabled: true`, or call `addEventNotification`.',
  references: ['Security Hub S3.11', 'AWS Config S3_EVENT_NOTIFICATIONS_ENABLED', 'Control Tower CT.S3.PR.4'],
  check: (bucket) => {
    const events = bucket.at('NotificationConfiguration');
    // `addEventNotification` and `eventBridgeEnabled` of the CDK leave the configuration to a custom resource.
    const byCdk = bucket
      .pointedAtBy('Custom::S3BucketNotifications', 'BucketName')
      .filter((each) => each.at('NotificationConfiguration').entries().length > 0);
    if (byCdk.length > 0) return byCdk.map((each) => metBy(each, 'this resource turns on the events of the bucket'));
    return anyOf(
      [
        events.at('EventBridgeConfiguration.EventBridgeEnabled').mustBe(true),
        ...['LambdaConfigurations', 'QueueConfigurations', 'TopicConfigurations'].map((key) => events.at(key).mustBeSet()),
      ],
      () => events.fails('EventBridge, or a function, queue or topic', 'the bucket does not tell anyone when objects change'),
    );
  },
  examples: {
    pass: {
      'events go to EventBridge': bucket({
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      }),
      'events go to a queue': bucket({
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:eu-west-1:111122223333:changes' }],
        },
      }),
      'the CDK turns on EventBridge': { ...bucket({}), ...custom({ EventBridgeConfiguration: {} }) },
    },
    fail: {
      'events are not mentioned': bucket({}),
      'there is nowhere for events to go': bucket({ NotificationConfiguration: { QueueConfigurations: [] } }),
      'EventBridge is off': bucket({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: 'false' } } }),
      'the custom resource of the CDK is empty': { ...bucket({}), ...custom({}) },
    },
    undetermined: {
      'EventBridge is a parameter': {
        Parameters: { Events: { Type: 'String' } },
        Resources: bucket({
          NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: { Ref: 'Events' } } },
        }),
      },
    },
  },
});
