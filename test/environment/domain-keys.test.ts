import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Soc2 } from '../../src';
import { domainKey } from '../../src/environment/domain-keys';
import { ENV } from '../helpers/construct';

function stackOf(): Stack {
  const app = new App({ context: require('aws-cdk-lib/recommended-feature-flags.json') });
  return new Stack(app, 'Stack', { env: ENV });
}

const encrypted = (stack: Stack) => ({ encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: domainKey(stack, 'data') });

function keyPolicy(stack: Stack): string {
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  return JSON.stringify(key.Properties.KeyPolicy);
}

test('there is one key of a domain in a stack, and its nested stacks share it', () => {
  const app = new App();
  const [one, two] = ['One', 'Two'].map((id) => new Stack(app, id, { env: ENV }));
  expect(domainKey(one, 'data')).toBe(domainKey(one, 'data'));
  expect(domainKey(new NestedStack(one, 'Nested'), 'data')).toBe(domainKey(one, 'data'));
  expect(domainKey(one, 'logs')).not.toBe(domainKey(one, 'data'));
  expect(domainKey(two, 'data')).not.toBe(domainKey(one, 'data'));
});

test('stacks that wait for each other in whatever order are hardened without waiting in a circle', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  Soc2.enable(app);
  const [api, database] = ['Api', 'Database'].map((id) => new Stack(app, id));
  for (const stack of [api, database]) {
    new logs.LogGroup(stack, 'Logs');
    new s3.Bucket(stack, 'Bucket');
  }
  api.addStackDependency(database);
  expect(() => app.synth()).not.toThrow();
});

describe('a sender and a receiver with the same key do not wait for each other', () => {
  test('a topic that delivers to a queue', () => {
    const stack = stackOf();
    const topic = new sns.Topic(stack, 'Topic', { masterKey: domainKey(stack, 'data') });
    topic.addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Queue', encrypted(stack))));
    expect(keyPolicy(stack)).not.toContain('Topic');
    expect(keyPolicy(stack)).toContain('sns.amazonaws.com');
  });

  test('a bucket that tells a topic', () => {
    const stack = stackOf();
    const key = domainKey(stack, 'data');
    const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: key });
    bucket.addObjectCreatedNotification(new SnsDestination(new sns.Topic(stack, 'Topic', { masterKey: key })));
    expect(keyPolicy(stack)).not.toContain('Bucket');
  });
});

test('a topic of another account is let in', () => {
  const stack = stackOf();
  const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:999988887777:orders');
  topic.addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Queue', encrypted(stack))));
  expect(keyPolicy(stack)).toContain('arn:aws:sns:eu-west-1:999988887777:orders');
});

test('a service that the policy does not know is let in', () => {
  const stack = stackOf();
  const bucket = new s3.Bucket(stack, 'Bucket');
  const service = new iam.ServicePrincipal('delivery.logs.amazonaws.com', {
    conditions: { ArnEquals: { 'aws:SourceArn': bucket.bucketArn } },
  });
  domainKey(stack, 'data').grantEncrypt(service);
  expect(keyPolicy(stack)).toContain('delivery.logs.amazonaws.com');
});
