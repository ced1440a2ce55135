import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { forbidAwsManaged } from '../shared/aws-managed-policies';
import { role, withParameter } from '../shared/iam-examples';

/** Policies of AWS that let their holder do or grant nearly anything, or run a whole field of services. */
const ADMINISTRATIVE = [
  'AdministratorAccess',
  'AdministratorAccess-Amplify',
  'AdministratorAccess-AWSElasticBeanstalk',
  'AWSOrganizationsFullAccess',
  'AWSSSOMasterAccountAdministrator',
  'IAMFullAccess',
  'PowerUserAccess',
  'job-function/DatabaseAdministrator',
  'job-function/DataScientist',
  'job-function/NetworkAdministrator',
  'job-function/SystemAdministrator',
];

const attached = (...arns: (string | Record<string, never[] | string | object>)[]) => role({ ManagedPolicyArns: arns as never });

export default defineRule({
  id: 'IAM.2',
  slug: 'iam-no-aws-admin-managed-policy',
  title: 'No identity has an administrative policy of AWS',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'],
  applies: (identity) => !identity.at('ManagedPolicyArns').isAbsent,
  rationale:
    'These policies are written for the people who run an account; on anything else they give far more than the work needs.',
  remediation: 'Instead of the policy in `managedPolicies`, name what is needed in a `ManagedPolicy` or with `grant…` methods.',
  references: ['checkov CKV_AWS_274', 'Prowler iam_aws_attached_policy_no_administrative_privileges', 'NIST 800-53 AC-6'],
  check: (identity) => forbidAwsManaged(identity, ADMINISTRATIVE, 'no administrative policy'),
  examples: {
    pass: {
      'the policy is for the role of a service': attached('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
      'the policy is one of the account': attached('arn:aws:iam::111122223333:policy/AdministratorAccess'),
      'the policy is in the template': {
        ...attached({ Ref: 'Orders' }),
        Orders: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [] } } },
      },
    },
    fail: {
      'it is AdministratorAccess': attached('arn:aws:iam::aws:policy/AdministratorAccess'),
      'it is PowerUserAccess of whatever partition, joined': attached({
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/PowerUserAccess']],
      }),
      'it is a job function, substituted': attached({
        'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/job-function/SystemAdministrator',
      }),
      'it is one of many of a group': {
        Group: {
          Type: 'AWS::IAM::Group',
          Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/IAMFullAccess'] },
        },
      },
    },
    undetermined: { 'the policy is a parameter': withParameter('Arn', attached({ Ref: 'Arn' })) },
  },
});
