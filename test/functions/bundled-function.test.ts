import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { BundledFunction, type BundledFunctionProps } from '../../src/functions/bundled-function';
import { only } from '../helpers/construct';
import { actions, resources, statements, template } from '../helpers/template';

const PROPS: BundledFunctionProps = {
  handler: 'enable-inspector',
  description: 'test the base',
  statements: [new iam.PolicyStatement({ actions: ['inspector2:Enable'], resources: ['*'] })],
  deadLetters: false,
};
const make = (props: Partial<BundledFunctionProps> = {}) =>
  template((stack) => new BundledFunction(stack, 'TestFunction', { ...PROPS, ...props }));
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');

test('its role may do what it is told, and write its own log', () => {
  const built = make();
  expect(actions(built, /TestFunctionRole/)).toEqual(['inspector2:Enable', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  const [log] = statements(built, /TestFunctionRole/);
  expect(log.Resource).toEqual({ 'Fn::GetAtt': [expect.stringContaining('TestFunctionLog'), 'Arn'] });
  expect(only(built, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
});

test('only Lambda takes the role', () => {
  expect(only(make(), 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement).toEqual([
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
  ]);
});

test('its log is encrypted, kept for a year, and stays when the stack goes', () => {
  expect(only(make(), 'AWS::Logs::LogGroup')).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('LogKey'), 'Arn'] } },
  });
  expect(only(make(), 'AWS::Lambda::Function').Properties.LoggingConfig).toMatchObject({
    LogFormat: 'JSON',
    LogGroup: { Ref: expect.anything() },
  });
});

test('it runs on a current runtime, for a minute, and what it is told is encrypted', () => {
  const { Properties } = only(make({ environment: { NAME: 'value' } }), 'AWS::Lambda::Function');
  expect(Properties).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Timeout: 60,
    MemorySize: 256,
    Environment: { Variables: { NAME: 'value' } },
    KmsKeyArn: { 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] },
  });
  expect(only(make({ timeout: Duration.minutes(15), memorySize: 512 }), 'AWS::Lambda::Function').Properties).toMatchObject({
    Timeout: 900,
    MemorySize: 512,
  });
});

test('events that it could not handle wait in an encrypted queue, where nobody waits for its answer', () => {
  expect(resources(make(), 'AWS::SQS::Queue')).toEqual([]);
  const built = make({ deadLetters: true });
  expect(only(built, 'AWS::SQS::Queue').Properties.KmsMasterKeyId).toBeDefined();
  expect(only(built, 'AWS::Lambda::Function').Properties.DeadLetterConfig.TargetArn).toEqual({
    'Fn::GetAtt': [expect.stringContaining('DeadLetters'), 'Arn'],
  });
  expect(actions(built, /TestFunctionRole/)).toContain('sqs:SendMessage');
});

test('alarms tell of failures and of what waits, where there is somebody to tell', () => {
  expect(resources(make({ deadLetters: true }), 'AWS::CloudWatch::Alarm')).toEqual([]);
  const built = template(
    (stack) => new BundledFunction(stack, 'TestFunction', { ...PROPS, deadLetters: true, alarmTopic: topicIn(stack) }),
  );
  const alarms = resources(built, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  expect(alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`).sort()).toEqual([
    'AWS/Lambda Errors',
    'AWS/SQS ApproximateNumberOfMessagesVisible',
  ]);
  for (const { AlarmActions, Threshold } of alarms) expect([AlarmActions.length, Threshold]).toEqual([1, 1]);
});

test('its code may not use the rights with which Lambda puts it into a network', () => {
  const built = template((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
      privateSubnetRouteTableIds: ['rtb-1'],
    });
    new BundledFunction(stack, 'TestFunction', { ...PROPS, statements: [], vpc });
  });
  const network = statements(built, /TestFunctionRole/).filter(({ Action }) => JSON.stringify(Action).includes('ec2:'));
  expect(network.map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
  expect(network[1].Action).toEqual(network[0].Action);
  expect(JSON.stringify(network[1].Condition.ArnLike['lambda:SourceFunctionArn'])).toContain(':function:*');
});

test('a folder without a bundle is named', () => {
  expect(() => make({ handler: 'no-such-handler' })).toThrow(/no-such-handler/);
});
