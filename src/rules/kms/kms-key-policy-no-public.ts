import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { publicGrants } from '../shared/public-grants';

const ACCOUNT: JsonObject = {
  Effect: 'Allow',
  Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
  Action: 'kms:*',
  Resource: '*',
};
const key = (statement: object) => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: {
        Statement: [ACCOUNT, { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', ...statement }],
      },
    },
  },
});

export default defineRule({
  id: 'KMS.5',
  slug: 'kms-key-policy-no-public',
  title: 'Key policies do not let everyone use the key',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  rationale: 'Whoever may use the key may decrypt what it protects, from any AWS account in the world.',
  remediation:
    'Name roles, accounts or services in the policy (`key.grantDecrypt(role)`), or add a condition on `kms:CallerAccount`.',
  references: ['Security Hub KMS.5', 'Checkov CKV_AWS_33', 'NIST 800-53 AC-3'],
  check: (key) => publicGrants(key.at('KeyPolicy')),
  examples: {
    pass: {
      'the account and a role are let in': key({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'everyone of the account is let in through a service': key({
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' },
        },
      }),
      'the policy is the default one': { Key: { Type: 'AWS::KMS::Key' } },
    },
    fail: {
      'everyone is let in': key({ Principal: '*' }),
      'every AWS principal is let in': key({ Principal: { AWS: ['*'] } }),
      'all but one role are let in': key({ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'everyone is let in through a service': key({
        Principal: '*',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      }),
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { User: { Type: 'String' } },
        Resources: key({ Principal: { AWS: { Ref: 'User' } } }),
      },
    },
  },
});
