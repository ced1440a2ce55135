import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { fromJsonText } from '../shared/json-text';

/** Where other resources name the queue for what they could not deliver or process. */
const SENDERS = [
  ['AWS::SQS::Queue', 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::Lambda::Function', 'DeadLetterConfig.TargetArn'],
  ['AWS::Lambda::EventInvokeConfig', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Lambda::EventSourceMapping', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Events::Rule', 'Targets.*.DeadLetterConfig.Arn'],
  ['AWS::Scheduler::Schedule', 'Target.DeadLetterConfig.Arn'],
  ['AWS::SNS::Subscription', 'RedrivePolicy.deadLetterTargetArn'],
] as const;

/** A queue of messages that failed elsewhere is where they stay. */
function isDeadLetterQueue(queue: Resource): boolean {
  return !queue.at('RedriveAllowPolicy').isAbsent || SENDERS.some(([type, path]) => queue.pointedAtBy(type, path).length > 0);
}

const queue = (redrive: Json) => ({ Orders: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: redrive } } });
const FAILED = 'arn:aws:sqs:eu-west-1:111122223333:failed';

export default defineRule({
  id: 'SQS.3',
  slug: 'sqs-dead-letter-queue',
  title: 'Messages that fail again and again go to a dead-letter queue',
  criteria: [Criterion.PI1_3, Criterion.CC7_4, Criterion.A1_2],
  control: 'processing-reliability',
  severity: 'warning',
  resourceTypes: ['AWS::SQS::Queue'],
  applies: (queue) => !queue.at('RedrivePolicy').isAbsent || !isDeadLetterQueue(queue),
  rationale: 'A message that no consumer can process returns until it expires, and is then gone: nobody learns what was lost.',
  remediation:
    'Set `deadLetterQueue: { queue, maxReceiveCount: 5 }` on the queue, and raise an alarm when the dead-letter queue holds a message.',
  references: ['cdk-nag SQSQueueDLQ', 'NIST 800-53 SI-11'],
  check: (queue) => {
    const policy = fromJsonText(queue.at('RedrivePolicy'));
    return policy.isAbsent || policy.isKnown
      ? policy.at('deadLetterTargetArn').mustBeSet('the ARN of a dead-letter queue')
      : policy.mustBeSet('a dead-letter queue');
  },
  examples: {
    pass: {
      'failed messages go to another queue': queue({ deadLetterTargetArn: FAILED, maxReceiveCount: 5 }),
      'the other queue is part of the template, and needs none': {
        ...queue({ deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] }, maxReceiveCount: 5 }),
        Failed: { Type: 'AWS::SQS::Queue', Properties: {} },
      },
    },
    fail: {
      'there is no dead-letter queue': queue({ Ref: 'AWS::NoValue' }),
      'only the number of attempts is given': queue({ maxReceiveCount: 5 }),
      'the queue is empty': queue({ deadLetterTargetArn: '', maxReceiveCount: 5 }),
    },
    undetermined: {
      'the queue is a parameter that may be empty': byParameter((arn) => queue({ deadLetterTargetArn: arn, maxReceiveCount: 5 })),
    },
  },
});
