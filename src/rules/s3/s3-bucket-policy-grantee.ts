import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const policy = (statement: object) => ({
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: 'orders',
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*', ...statement }],
      },
    },
  },
});
const ROLE = { AWS: 'arn:aws:iam::111122223333:role/App' };

export default defineRule({
  id: 'S3.7',
  slug: 's3-bucket-policy-grantee',
  title: 'Bucket policies let in principals that they name, never everyone',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  ...noPublicPolicies({
    'AWS::S3::BucketPolicy': ['PolicyDocument'],
    'AWS::S3::AccessPoint': ['Policy'],
    'AWS::S3::MultiRegionAccessPointPolicy': ['Policy'],
    'AWS::S3Express::AccessPoint': ['Policy'],
    'AWS::S3Express::BucketPolicy': ['PolicyDocument'],
    'AWS::S3ObjectLambda::AccessPointPolicy': ['PolicyDocument'],
    'AWS::S3Outposts::AccessPoint': ['Policy'],
    'AWS::S3Outposts::BucketPolicy': ['PolicyDocument'],
    'AWS::S3Tables::TableBucketPolicy': ['ResourcePolicy'],
    'AWS::S3Tables::TablePolicy': ['ResourcePolicy'],
    'AWS::S3Vectors::VectorBucketPolicy': ['Policy'],
  }),
  rationale:
    'A grant to everyone has no owner who could be reviewed, and it is public the moment that the block of public access is lifted.',
  remediation:
    'Replace `new iam.AnyPrincipal()` by the roles, accounts or services that need access, or add a condition such as `aws:PrincipalOrgID`.',
  references: ['AWS Config S3_BUCKET_POLICY_GRANTEE_CHECK', 'Checkov CKV_AWS_70', 'NIST 800-53 AC-3', 'NIST 800-53 AC-6'],
  examples: {
    pass: {
      'a role is let in': policy({ Principal: ROLE }),
      'a service is let in': policy({ Principal: { Service: 'cloudfront.amazonaws.com' } }),
      'everyone of the organization is let in': policy({
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
      }),
      'everyone is denied': policy({ Effect: 'Deny', Principal: '*' }),
      'all but one role are denied': policy({ Effect: 'Deny', NotPrincipal: ROLE }),
    },
    fail: {
      'everyone is let in': policy({ Principal: '*' }),
      'every AWS principal is let in': policy({ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }),
      'all but one role are let in': policy({ NotPrincipal: ROLE }),
      'every account is let in': policy({ Principal: { AWS: 'arn:aws:iam::*:root' } }),
      'everyone with the right referrer is let in': policy({
        Principal: '*',
        Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } },
      }),
      'everyone is let into a bucket of tables': {
        Policy: {
          Type: 'AWS::S3Tables::TableBucketPolicy',
          Properties: {
            ResourcePolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3tables:GetTableData', Resource: '*' }] },
          },
        },
      },
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Reader: { Type: 'String' } },
        Resources: policy({ Principal: { AWS: { Ref: 'Reader' } } }),
      },
    },
  },
});
