import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustBeSubscribed } from '../shared/event-subscriptions';

const CATEGORIES = ['configuration change', 'failure', 'maintenance'];

const database = { Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } } };
const subscription = (properties: object) => ({
  ...database,
  Subscription: {
    Type: 'AWS::RDS::EventSubscription',
    Properties: { SnsTopicArn: 'arn:aws:sns:eu-west-1:111122223333:operations', ...properties },
  },
});

export default defineRule({
  id: 'RDS.19',
  slug: 'rds-event-subscription-instance',
  title: 'Somebody is told of failures and changes of an RDS instance',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'alert-routing',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance'],
  inheritable: true,
  rationale:
    'Failovers, lost hosts, full disks and changed settings are events; without a subscription they are kept for 14 days and read by nobody.',
  remediation:
    "Add an `rds.CfnEventSubscription` with a `snsTopicArn` and `sourceType: 'db-instance'`; one without `sourceIds` covers all instances of an account and Region.",
  references: ['Security Hub RDS.20', 'Control Tower CT.RDS.PR.17', 'ElectricEye RDS.15'],
  check: (instance) => mustBeSubscribed(instance, 'db-instance', CATEGORIES),
  examples: {
    pass: {
      'a subscription covers all events': subscription({}),
      'a subscription covers the events of instances': subscription({
        SourceType: 'db-instance',
        EventCategories: [...CATEGORIES, 'backup'],
      }),
      'a subscription names the instance': subscription({ SourceType: 'db-instance', SourceIds: [{ Ref: 'Database' }] }),
    },
    fail: {
      'there is no subscription': database,
      'the subscription is off': subscription({ Enabled: false }),
      'the subscription is about snapshots': subscription({ SourceType: 'db-snapshot' }),
      'the subscription is about backups': subscription({ SourceType: 'db-instance', EventCategories: ['backup'] }),
      'the subscription is about another instance': subscription({ SourceType: 'db-instance', SourceIds: ['orders'] }),
    },
    undetermined: {
      'whether it is on is a parameter': {
        Parameters: { Enabled: { Type: 'String' } },
        Resources: subscription({ Enabled: { Ref: 'Enabled' } }),
      },
      'what it is about is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: subscription({ SourceType: { Ref: 'Kind' } }),
      },
    },
  },
});
