import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { fromJsonText } from '../shared/json-text';

const subscription = (redrive: Json, Protocol = 'lambda') => ({
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders',
      Protocol,
      Endpoint: 'arn:aws:lambda:eu-west-1:111122223333:function:billing',
      RedrivePolicy: redrive,
    },
  },
});

export default defineRule({
  id: 'SNS.3',
  slug: 'sns-redrive-policy',
  title: 'Messages that cannot be delivered to a subscriber are kept',
  criteria: [Criterion.PI1_3, Criterion.CC7_4],
  control: 'processing-reliability',
  // Which messages must not be lost depends on what they are about.
  severity: 'info',
  resourceTypes: ['AWS::SNS::Subscription'],
  // People who miss a mail or a text do not read a queue instead.
  applies: (subscription) => !/^(email|email-json|sms)$/.test(subscription.at('Protocol').text),
  rationale: 'SNS drops a message when its attempts are used up, and only a metric knows that there was one.',
  remediation: 'Set `deadLetterQueue` of the subscription, for example `new LambdaSubscription(handler, { deadLetterQueue })`.',
  references: ['cdk-nag SNSRedrivePolicy', 'NIST 800-53 SI-11'],
  check: (subscription) => {
    const policy = fromJsonText(subscription.at('RedrivePolicy'));
    return policy.isAbsent || policy.isKnown
      ? policy.at('deadLetterTargetArn').mustBeSet('the ARN of a dead-letter queue')
      : policy.mustBeSet('a dead-letter queue');
  },
  examples: {
    pass: {
      'there is a queue': subscription({ deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' }),
      'the policy is written as text': subscription('{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:failed"}'),
    },
    fail: {
      'there is none': subscription({ Ref: 'AWS::NoValue' }),
      'the queue is empty': subscription({ deadLetterTargetArn: '' }),
    },
    undetermined: {
      'the queue is a parameter that may be empty': byParameter((arn) => subscription({ deadLetterTargetArn: arn })),
    },
  },
});
