import { Runbooks } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => new Runbooks(stack, 'Runbooks', { approvers: ['arn:aws:iam::111122223333:role/IncidentLead'] }),
});
