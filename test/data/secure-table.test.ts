import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { SecureTable } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

keepsItsPromises({
  make: (stack) => new SecureTable(stack, 'Table', { partitionKey }),
  plain: (stack) => new dynamodb.TableV2(stack, 'Table', { partitionKey }),
  adopted: (stack) => new SecureTable(stack, 'Table', { partitionKey, alreadyDeployed: true }),
});
