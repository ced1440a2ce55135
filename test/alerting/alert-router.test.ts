import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => new AlertRouter(stack, 'Alerts', { subscriptions: [new EmailSubscription('on-call@example.com')] }),
});
