import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const subscription = (protocol: Json, endpoint: Json = 'https://example.com/alerts') => ({
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts', Protocol: protocol, Endpoint: endpoint },
  },
});
const topic = (protocol: Json) => ({
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: { Subscription: [{ Protocol: protocol, Endpoint: 'https://example.com/alerts' }] },
  },
});

export default defineRule({
  id: 'SNS.4',
  slug: 'sns-no-http-subscription',
  title: 'SNS delivers messages over TLS, never over plain HTTP',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],
  applies: (resource) => resource.type === 'AWS::SNS::Subscription' || !resource.at('Subscription').isAbsent,
  rationale: 'Over HTTP everyone on the way reads the message, and can answer in the name of the subscriber.',
  remediation: "Subscribe an endpoint with `https://`: `new UrlSubscription('https://…')` takes the protocol from it.",
  references: ['ElectricEye SNS.2', 'NIST 800-53 SC-8'],
  check: (resource) => {
    const protocols =
      resource.type === 'AWS::SNS::Topic' ? resource.properties.all('Subscription.*.Protocol') : [resource.at('Protocol')];
    return protocols.flatMap((protocol) =>
      protocol.must("another protocol, such as 'https'", ({ string }) => string?.toLowerCase() !== 'http', { absent: '' }),
    );
  },
  examples: {
    pass: { 'the protocol is HTTPS': subscription('https'), 'the protocol is that of a queue': topic('sqs') },
    fail: {
      'the protocol is HTTP': subscription('http', 'http://example.com/alerts'),
      'the protocol is HTTP, in a topic': topic('http'),
      'the protocol is HTTP in one branch of a condition': byStage(subscription, 'https', 'http'),
    },
    undetermined: { 'the protocol is a parameter': byParameter(subscription) },
  },
});
