import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import type { Example } from '../rule';

/** Expect targets of EventBridge to have a queue for what cannot be delivered. */
export function keepsWhatFails(targets: readonly Value[]): Observation[] {
  return targets.flatMap((target) =>
    target.at('DeadLetterConfig.Arn').mustBeSet('the ARN of a queue for what cannot be delivered'),
  );
}

/** Examples of rules about dead-letter queues of targets. */
export function deadLetterExamples(withQueue: (deadLetters: Json) => Record<string, Example>) {
  return {
    pass: { 'the target has a queue': withQueue({ Arn: 'arn:aws:sqs:eu-west-1:111122223333:failed' }) },
    fail: {
      'the target has none': withQueue({ Ref: 'AWS::NoValue' }),
      'the queue is empty': withQueue({ Arn: '' }),
    },
    undetermined: {
      'the queue is a parameter': { Parameters: { Queue: { Type: 'String' } }, Resources: withQueue({ Arn: { Ref: 'Queue' } }) },
    },
  };
}
