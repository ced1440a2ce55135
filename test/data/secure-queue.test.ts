import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureQueue } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => new SecureQueue(stack, 'Queue'),
  plain: (stack) => new sqs.Queue(stack, 'Queue'),
  adopted: (stack) => new SecureQueue(stack, 'Queue', { alreadyDeployed: true }),
});
