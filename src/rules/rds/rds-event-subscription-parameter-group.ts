import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustBeSubscribed } from '../shared/event-subscriptions';

const group = { Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'postgres17' } } };
const subscription = (properties: object) => ({
  ...group,
  Subscription: {
    Type: 'AWS::RDS::EventSubscription',
    Properties: { SnsTopicArn: 'arn:aws:sns:eu-west-1:111122223333:operations', ...properties },
  },
});

export default defineRule({
  id: 'RDS.20',
  slug: 'rds-event-subscription-parameter-group',
  title: 'Somebody is told of changes of a parameter group',
  criteria: [Criterion.CC7_2, Criterion.CC8_1],
  control: 'alert-routing',
  severity: 'info',
  resourceTypes: ['AWS::RDS::DBParameterGroup'],
  inheritable: true,
  rationale: 'A parameter group decides about TLS and auditing; a change by hand should not go unseen.',
  remediation: "Add an `rds.CfnEventSubscription` with a `snsTopicArn` and `sourceType: 'db-parameter-group'`.",
  references: ['Security Hub RDS.21', 'Control Tower CT.RDS.PR.18', 'ElectricEye RDS.16'],
  check: (group) => mustBeSubscribed(group, 'db-parameter-group', ['configuration change']),
  examples: {
    pass: {
      'a subscription covers all events': subscription({}),
      'a subscription covers parameter groups': subscription({
        SourceType: 'db-parameter-group',
        EventCategories: ['configuration change'],
      }),
    },
    fail: {
      'there is no subscription': group,
      'the subscription is about instances': subscription({ SourceType: 'db-instance' }),
    },
    undetermined: {
      'what it is about is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: subscription({ SourceType: { Ref: 'Kind' } }),
      },
    },
  },
});
