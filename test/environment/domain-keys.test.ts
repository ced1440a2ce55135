import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
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

describe('a role that reads a secret with the key', () => {
  const DECRYPT = {
    Action: 'kms:Decrypt',
    Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
  };

  /** A secret in one stack, and a role that may read it in another, or in the same. */
  function reader(inOtherStack: boolean, account: string = ENV.account) {
    const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
    const data = new Stack(app, 'Data', { env: ENV });
    const service = inOtherStack ? new Stack(app, 'Service', { env: { ...ENV, account } }) : data;
    const secret = new secretsmanager.Secret(data, 'Secret', { secretName: 'shop', encryptionKey: domainKey(data, 'data') });
    const assumedBy = new iam.ServicePrincipal('ecs-tasks.amazonaws.com');
    const role = new iam.Role(service, 'Reader', { assumedBy, roleName: 'reader' });
    secret.grantRead(role);
    return { data, service };
  }

  test('from another stack has the right in its own policy, by way of the service only: both stacks can be deployed', () => {
    const { data, service } = reader(true);
    expect(keyPolicy(data)).not.toContain('reader');
    Template.fromStack(service).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(DECRYPT)]) },
    });
  });

  test.each([
    ['of the same stack', false, ENV.account],
    ['of another account', true, '999988887777'],
  ])('%s is in the policy of the key', (_name, inOtherStack, account) => {
    const { data, service } = reader(inOtherStack, account);
    expect(keyPolicy(data)).toContain('kms:ViaService');
    expect(JSON.stringify(Template.fromStack(service).findResources('AWS::IAM::Policy'))).not.toContain('kms:ViaService');
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
