import * as sns from 'aws-cdk-lib/aws-sns';
import { SecureTopic } from '../../src';
import { build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => new SecureTopic(stack, 'Topic'),
  plain: (stack) => new sns.Topic(stack, 'Topic'),
  adopted: (stack) => new SecureTopic(stack, 'Topic', { alreadyDeployed: true }),
});
