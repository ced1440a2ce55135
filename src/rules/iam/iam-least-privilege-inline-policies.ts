import { Criterion } from '../../criteria/criterion';
import { IDENTITY_POLICY_TYPES } from '../../model/policy';
import { defineRule } from '../rule';
import { allow, document, inlinePolicy, role, withParameter } from '../shared/iam-examples';
import { forbidFullService } from '../shared/iam-full-service';
import { statesGrants } from '../shared/iam-grants';

export default defineRule({
  id: 'IAM.14',
  slug: 'iam-least-privilege-inline-policies',
  title: 'Inline policies do not allow every action of a service on every resource',
  criteria: [Criterion.CC6_3, Criterion.CC6_6, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: IDENTITY_POLICY_TYPES.filter((type) => type !== 'AWS::IAM::ManagedPolicy'),
  applies: statesGrants,
  rationale: 'A workload that is broken into may do whatever its role may do: delete every table, not only write to its own.',
  remediation: 'Use a `grant…` method of the resource, or list actions and `resources` in `addToPrincipalPolicy`.',
  references: ['Control Tower CT.IAM.PR.5', 'cdk-nag IAMNoWildcardPermissions', 'NIST 800-53 AC-6'],
  check: forbidFullService,
  examples: {
    pass: {
      'actions begin with a verb, as grants of the CDK do': inlinePolicy(
        allow(['s3:GetObject*', 's3:GetBucket*', 's3:List*'], ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*']),
        allow(['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']),
        allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
      ),
      'everything on one bucket is allowed': inlinePolicy(allow('s3:*', ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'])),
    },
    fail: {
      'a service is allowed as a whole': inlinePolicy(allow('dynamodb:*')),
      'a service is allowed as a whole inside a role': role({
        Policies: [{ PolicyName: 'queues', PolicyDocument: document(allow(['logs:PutLogEvents', 'sqs:*'], ['*'])) }],
      }),
      'a service is allowed in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsSandbox: { 'Fn::Equals': [{ Ref: 'Stage' }, 'sandbox'] } },
        Resources: inlinePolicy(allow({ 'Fn::If': ['IsSandbox', 'ec2:*', 'ec2:DescribeInstances'] })),
      },
    },
    undetermined: {
      'the action is a parameter': withParameter('Action', inlinePolicy(allow({ 'Fn::Sub': 'ec2:${Action}' }))),
    },
  },
});
