import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const policy = (statement: object) => ({
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: ['https://sqs.eu-west-1.amazonaws.com/111122223333/orders'],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, ...statement }] },
    },
  },
});

export default defineRule({
  id: 'SQS.2',
  slug: 'sqs-not-public',
  title: 'SQS queues do not let everyone send or receive',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({ 'AWS::SQS::QueuePolicy': ['PolicyDocument'], 'AWS::SQS::QueueInlinePolicy': ['PolicyDocument'] }),
  rationale: 'On a public queue a stranger can read and delete messages, or have work done with false ones.',
  remediation: 'Use `queue.grantSendMessages(principal)`, or add a condition such as `aws:SourceArn` to the statement.',
  references: ['Security Hub SQS.3', 'Checkov CKV_AWS_168', 'NIST 800-53 AC-3'],
  examples: {
    pass: {
      'a topic is let in': policy({
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } },
      }),
      'everyone is let in through one topic': policy({
        Principal: '*',
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } },
      }),
      'everyone is denied plain HTTP': policy({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': false } },
      }),
    },
    fail: {
      'everyone is let in': policy({ Principal: '*' }),
      'every AWS principal is let in': policy({ Principal: { AWS: ['111122223333', '*'] } }),
      'all but one account are let in': policy({ NotPrincipal: { AWS: '444455556666' } }),
      'everyone is let in from anywhere': policy({
        Principal: '*',
        Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/0'] } },
      }),
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Sender: { Type: 'String' } },
        Resources: policy({ Principal: { AWS: { Ref: 'Sender' } } }),
      },
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: policy({ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': { Ref: 'Source' } } } }),
      },
    },
  },
});
