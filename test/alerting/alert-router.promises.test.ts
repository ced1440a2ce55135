import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter, Runbooks, UsualActivity } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => {
    const runbooks = new Runbooks(stack, 'Runbooks', { approvers: ['arn:aws:iam::111122223333:role/IncidentLead'] });
    new AlertRouter(stack, 'Alerts', {
      runbooks,
      subscriptions: [new EmailSubscription('on-call@example.com')],
      usualActivity: [
        UsualActivity.scanner(['192.0.2.0/28'], { reason: 'Weekly scan of ours', owner: 'security team', expires: '2999-12-31' }),
      ],
    });
  },
});
