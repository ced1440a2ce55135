import type { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { SecureQueue, SecureTopic, type SecureTopicProps } from '../../src';
import { build, ENV, only } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const make = (props?: SecureTopicProps) => (stack: Stack) => new SecureTopic(stack, 'Topic', props);
const plain = (stack: Stack) => new sns.Topic(stack, 'Topic');
const adopted = make({ alreadyDeployed: true });
const statements = (props?: SecureTopicProps) =>
  only(build(make(props)), 'AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement;

keepsItsPromises({ make: make(), plain, adopted });

test('messages are encrypted with the data key', () => {
  expect(only(build(make()), 'AWS::SNS::Topic').Properties.KmsMasterKeyId).toEqual({
    'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'],
  });
});

test('messages without TLS are refused', () => {
  expect(statements()).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
});

test('alarms and events of the account may publish, and use the key', () => {
  const own = { StringEquals: { 'aws:SourceAccount': ENV.account } };
  expect(statements()).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
      Condition: own,
    }),
  );
  expect(only(build(make()), 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual(
    expect.objectContaining({
      Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
      Principal: { Service: expect.arrayContaining(['cloudwatch.amazonaws.com', 'events.amazonaws.com']) },
      Condition: own,
    }),
  );
});

test('a deployed topic keeps its encryption, and nobody of the account loses the right to publish', () => {
  expect(changesOf({ plain, adopted })).toEqual([]);
  expect(statements({ alreadyDeployed: true })).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceOwner': ENV.account } },
    }),
  );
});

describe('what an app sets comes before a default', () => {
  test('a key', () => {
    const built = build((stack) => new SecureTopic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Own') }));
    expect(only(built, 'AWS::SNS::Topic').Properties.KmsMasterKeyId).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'],
    });
  });

  test('no TLS, and then no policy', () => {
    expect(Object.values(build(make({ enforceSSL: false })).template.Resources).map(({ Type }) => Type)).not.toContain(
      'AWS::SNS::TopicPolicy',
    );
  });
});

test('it delivers to a queue that is encrypted with the same key', () => {
  const built = build((stack) =>
    new SecureTopic(stack, 'Topic').addSubscription(new SqsSubscription(new SecureQueue(stack, 'Queue'))),
  );
  expect(JSON.stringify(only(built, 'AWS::KMS::Key').Properties)).not.toContain('"Ref"');
  expect(only(built, 'AWS::SNS::Subscription').Properties.Protocol).toBe('sqs');
});
