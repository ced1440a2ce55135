import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { orInherited } from '../shared/or-inherited';
import { allAre, anyIs, type Ternary } from '../shared/ternary';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'];

/** What listens to topics: type, and where it names them. */
const SUBSCRIBERS = [
  ['AWS::SNS::Subscription', 'TopicArn'],
  ['AWS::Chatbot::SlackChannelConfiguration', 'SnsTopicArns'],
  ['AWS::Chatbot::MicrosoftTeamsChannelConfiguration', 'SnsTopicArns'],
] as const;

const EXPECTED = `a subscription of the topic, ${orInherited('alert-subscriber')}`;

const template = (subscriptions: JsonObject, inline: Json = { Ref: 'AWS::NoValue' }) => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'OnCall' }] } },
  OnCall: { Type: 'AWS::SNS::Topic', Properties: { Subscription: inline } },
  ...subscriptions,
});
const mail = (topic: Json) => ({
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: topic, Protocol: 'email', Endpoint: 'on-call@example.com' },
  },
});
const filtered = (FilterPolicy: JsonObject, more: JsonObject = {}) => ({
  ...mail({ Ref: 'OnCall' }).Mail,
  Properties: { ...mail({ Ref: 'OnCall' }).Mail.Properties, FilterPolicy, ...more },
});

export default defineRule({
  id: 'SNS.6',
  slug: 'alert-subscriber',
  title: 'Somebody has subscribed to the topics that alarms tell',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC2_2],
  control: 'alert-routing',
  severity: 'warning',
  resourceTypes: ['AWS::SNS::Topic'],
  inheritable: true,
  applies: (topic) => ALARMS.some((type) => topic.pointedAtBy(type, 'AlarmActions').length > 0),
  rationale: 'An alarm that publishes to a topic without subscribers has worked perfectly, and nobody has heard of it.',
  remediation:
    "Call `topic.addSubscription(new EmailSubscription('…'))` or subscribe the tool of those on call; an address has to be confirmed. " +
    "Where another team subscribes, declare it: `inherited: [{ rule: 'alert-subscriber', owner: '…', pointer: '…' }]`.",
  references: ['AuditKit CC2.2/Internal Alert Communication', 'NIST 800-53 SI-4', 'NIST 800-53 IR-6'],
  check: (topic) => {
    const inline = topic.at('Subscription').mustBeSet(EXPECTED);
    if (inline.length === 0) return [];
    const subscribers = SUBSCRIBERS.flatMap(([type, path]) => topic.pointedAtBy(type, path));
    const hearing = subscribers.filter((each) => hearsAlarms(each));
    if (hearing.length > 0) return hearing.map((each) => metBy(each, 'hears what is published to the topic'));
    const filtered = subscribers.find((each) => hearsAlarms(each) === undefined);
    if (filtered) return [filtered.at('FilterPolicy').undetermined('a subscription that alarms pass')];
    if (subscribers.length > 0)
      return [subscribers[0].at('FilterPolicy').fails(EXPECTED, 'alarms have no attributes, and do not pass the filter')];
    const open = unnamedPointer(topic, 'AWS::SNS::Subscription', 'TopicArn', EXPECTED);
    return open.length > 0 ? open : [nobody(topic)];
  },
  examples: {
    pass: {
      'a subscription names the topic': template(mail({ Ref: 'OnCall' })),
      'the topic names a subscription': template({}, [{ Protocol: 'email', Endpoint: 'on-call@example.com' }]),
      'one of two subscriptions lets everything pass': template({
        ...mail({ Ref: 'OnCall' }),
        Paged: filtered({ kind: ['alert'] }),
      }),
      'a filter lets pass what has no attribute': template({ Mail: filtered({ kind: ['alert', { exists: false }] }) }),
      'a filter is about what messages say': template({
        Mail: filtered({ NewStateValue: ['ALARM'] }, { FilterPolicyScope: 'MessageBody' }),
      }),
      'a channel is told': template({
        Channel: {
          Type: 'AWS::Chatbot::SlackChannelConfiguration',
          Properties: { ConfigurationName: 'on-call', SnsTopicArns: [{ Ref: 'OnCall' }] },
        },
      }),
    },
    fail: {
      'nobody has subscribed': template({}),
      'the only subscription asks for an attribute, and alarms have none': template({ Mail: filtered({ kind: ['alert'] }) }),
      'of two attributes one may be missing': template({ Mail: filtered({ kind: [{ exists: false }], severity: ['high'] }) }),
      'the list of subscriptions is empty': template({}, []),
      'the subscription is to another topic': template(mail('arn:aws:sns:eu-west-1:111122223333:orders')),
    },
    undetermined: {
      'the topic of the subscription is a parameter': byParameter((topic) => template(mail(topic))),
      'what the filter asks for is a parameter': byParameter((kind) => template({ Mail: filtered({ kind }) })),
    },
  },
});

/** Whether the filter of a subscription lets alarms pass, which CloudWatch publishes without attributes. */
function hearsAlarms(subscription: Resource): Ternary {
  const [filter, scope] = [subscription.at('FilterPolicy'), subscription.at('FilterPolicyScope')];
  if (filter.isAbsent || scope.string === 'MessageBody') return true;
  if (filter.isUnknown || scope.isUnknown) return undefined;
  return allAre(filter.entries().map(([, wanted]) => anyIs(wanted.items().map((each) => mayBeMissing(each)))));
}

function mayBeMissing(condition: Value): Ternary {
  return condition.isUnknown ? undefined : condition.at('exists').boolean === false;
}

/** A subscription may be made where the template does not show it: by hand, or by another team. */
function nobody(topic: Resource) {
  return { ...topic.fails('alarms publish to the topic, and nobody has subscribed', EXPECTED), kind: 'missing' } as const;
}
