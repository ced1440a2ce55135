import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const POLICIES = {
  'AWS::DynamoDB::GlobalTable': [
    'Replicas.*.ResourcePolicy.PolicyDocument',
    'Replicas.*.ReplicaStreamSpecification.ResourcePolicy.PolicyDocument',
  ],
  'AWS::DynamoDB::Table': ['ResourcePolicy.PolicyDocument', 'StreamSpecification.ResourcePolicy.PolicyDocument'],
};

const policy = (statement: object) => ({
  PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*', ...statement }] },
});
const table = (properties: object) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties } } });
const replica = (properties: object) => ({
  Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-west-1', ...properties }] } },
});
const everyone = policy({ Principal: '*' });

export default defineRule({
  id: 'DynamoDB.4',
  slug: 'dynamodb-not-public',
  title: 'DynamoDB tables and streams do not let everyone in',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies(POLICIES),
  rationale: 'A resource policy for everyone gives every AWS account of the world the items of the table, or its changes.',
  remediation: 'Name accounts or roles in `resourcePolicy`, or add a condition such as `aws:PrincipalOrgID`.',
  references: ['NIST 800-53 AC-3', 'AWS documentation: DynamoDB, block public access'],
  examples: {
    pass: {
      'an account is let in': table({ ResourcePolicy: policy({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }) }),
      'everyone of the organization is let in': table({
        ResourcePolicy: policy({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      }),
    },
    fail: {
      'everyone is let in': table({ ResourcePolicy: everyone }),
      'everyone may read the stream': table({
        StreamSpecification: { StreamViewType: 'NEW_IMAGE', ResourcePolicy: policy({ Principal: { AWS: '*' } }) },
      }),
      'everyone is let in to a replica': replica({ ResourcePolicy: everyone }),
      'everyone may read the stream of a replica': replica({ ReplicaStreamSpecification: { ResourcePolicy: everyone } }),
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Reader: { Type: 'String' } },
        Resources: table({ ResourcePolicy: policy({ Principal: { AWS: { Ref: 'Reader' } } }) }),
      },
    },
  },
});
