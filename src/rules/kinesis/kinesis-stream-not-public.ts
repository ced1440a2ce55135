import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies, publicPolicyExamples } from '../shared/public-policies';

const STREAM = 'arn:aws:kinesis:eu-west-1:111122223333:stream/orders';

export default defineRule({
  id: 'Kinesis.4',
  slug: 'kinesis-stream-not-public',
  title: 'Kinesis streams are not open to everyone',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({ 'AWS::Kinesis::ResourcePolicy': ['ResourcePolicy'] }),
  rationale:
    'On a stream that is open to everyone, any AWS account can read each record as it comes, or put false ones between them.',
  remediation:
    'Name accounts or roles as principals in `stream.addToResourcePolicy(…)`, or add a condition on `aws:PrincipalOrgID`.',
  references: ['AWS Well-Architected SEC03-BP07', 'NIST 800-53 AC-3'],
  examples: publicPolicyExamples((statement) => ({
    Policy: {
      Type: 'AWS::Kinesis::ResourcePolicy',
      Properties: {
        ResourceArn: STREAM,
        ResourcePolicy: { Statement: [{ Effect: 'Allow', Action: 'kinesis:GetRecords', Resource: STREAM, ...statement }] },
      },
    },
  })),
});
