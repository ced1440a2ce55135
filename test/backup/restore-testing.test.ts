import { Duration, type Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RestoreTest, RestoreTesting, type RestoreTestingProps } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const OBJECTIVES = { rpo: Duration.hours(24), rto: Duration.hours(4) };

function database(stack: Stack, id = 'Orders'): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, id, {
    instanceIdentifier: id.toLowerCase(),
    instanceEndpointAddress: 'orders.example',
    port: 5432,
    securityGroups: [],
  });
}

function testing(stack: Stack, tests: (stack: Stack) => RestoreTest[], more: Partial<RestoreTestingProps> = {}): RestoreTesting {
  return new RestoreTesting(stack, 'RestoreTesting', { ...OBJECTIVES, tests: tests(stack), ...more });
}

const everything = (stack: Stack) => [
  RestoreTest.database(database(stack), { databaseName: 'shop', tables: [{ name: 'orders', freshnessColumn: 'updated_at' }] }),
  RestoreTest.table(dynamodb.Table.fromTableName(stack, 'Carts', 'carts')),
  RestoreTest.bucket(s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads')),
];

keepsItsPromises({ make: (stack) => testing(stack, everything) });
