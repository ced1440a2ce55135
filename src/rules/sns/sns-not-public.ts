import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
const policy = (statement: object) => ({
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [TOPIC],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: TOPIC, ...statement }] },
    },
  },
});

export default defineRule({
  id: 'SNS.2',
  slug: 'sns-not-public',
  title: 'SNS topics do not let everyone publish or subscribe',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({ 'AWS::SNS::TopicPolicy': ['PolicyDocument'], 'AWS::SNS::TopicInlinePolicy': ['PolicyDocument'] }),
  rationale: 'On a public topic a stranger can read every message by subscribing, or feed false ones to what listens.',
  remediation: 'Use `topic.grantPublish(principal)`, or add a condition such as `aws:SourceAccount` to the statement.',
  references: ['Security Hub SNS.4', 'Checkov CKV_AWS_169', 'NIST 800-53 AC-3'],
  examples: {
    pass: {
      'a service is let in': policy({ Principal: { Service: 'events.amazonaws.com' } }),
      'the account is let in': policy({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
      'everyone of the account is let in': policy({
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
      }),
      'everyone is denied plain HTTP': policy({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    },
    fail: {
      'everyone is let in': policy({ Principal: '*' }),
      'every AWS principal is let in': policy({ Principal: { AWS: '*' } }),
      'all but one account are let in': policy({ NotPrincipal: { AWS: '444455556666' } }),
      'everyone with a certain protocol is let in': policy({
        Principal: '*',
        Action: 'sns:Subscribe',
        Condition: { StringEquals: { 'sns:Protocol': 'https' } },
      }),
      'the policy is part of the topic': {
        Policy: {
          Type: 'AWS::SNS::TopicInlinePolicy',
          Properties: {
            TopicArn: TOPIC,
            PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sns:*', Resource: TOPIC } },
          },
        },
      },
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Publisher: { Type: 'String' } },
        Resources: policy({ Principal: { AWS: { Ref: 'Publisher' } } }),
      },
    },
  },
});
