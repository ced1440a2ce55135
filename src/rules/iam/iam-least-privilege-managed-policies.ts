import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { allow, managedPolicy, withParameter } from '../shared/iam-examples';
import { forbidFullService } from '../shared/iam-full-service';
import { statesGrants } from '../shared/iam-grants';

export default defineRule({
  id: 'IAM.13',
  slug: 'iam-least-privilege-managed-policies',
  title: 'Customer managed policies do not allow every action of a service on every resource',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::IAM::ManagedPolicy'],
  applies: statesGrants,
  rationale:
    'Such a statement allows to delete and to share what its holder only needs to read, and grows with every new action.',
  remediation: 'List the actions that are needed in the `PolicyStatement`, or the `resources` that they are needed on.',
  references: [
    'Security Hub IAM.21',
    'Control Tower CT.IAM.PR.3',
    'cdk-nag IAMPolicyNoStatementsWithFullAccess',
    'NIST 800-53 AC-6',
  ],
  check: forbidFullService,
  examples: {
    pass: {
      'actions are named, or begin with a verb': managedPolicy(allow(['s3:Get*', 's3:ListBucket', 'kms:GenerateDataKey*'])),
      'one resource is named': managedPolicy(allow('dynamodb:*', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders')),
      'a resource of the template is named': {
        ...managedPolicy(allow('sqs:*', { 'Fn::GetAtt': ['Queue', 'Arn'] })),
        Queue: { Type: 'AWS::SQS::Queue' },
      },
      'it is denied': managedPolicy({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }),
    },
    fail: {
      'a service is allowed as a whole': managedPolicy(allow(['iam:List*', 's3:*'])),
      'a service is allowed on whatever is its own': managedPolicy(allow('S3:*', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::*' })),
      'all services but one are allowed': managedPolicy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      'everything is allowed': managedPolicy(allow('*')),
      'everything is allowed on what one service has': managedPolicy(allow('*', 'arn:aws:s3:::*')),
    },
    undetermined: {
      'the action on what one service has is a parameter': withParameter(
        'Action',
        managedPolicy(allow({ Ref: 'Action' }, 'arn:aws:s3:::*')),
      ),
      'the resource is a parameter': withParameter('Resource', managedPolicy(allow('s3:*', { Ref: 'Resource' }))),
    },
  },
});
