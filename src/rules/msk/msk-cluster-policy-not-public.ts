import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { noPublicPolicies, publicPolicyExamples } from '../shared/public-policies';

const CLUSTER = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0a1b2c3d-0000-0000-0000-000000000000-1';

export default defineRule({
  id: 'MSK.8',
  slug: 'msk-cluster-policy-not-public',
  title: 'Kafka clusters are not open to everyone',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({ 'AWS::MSK::ClusterPolicy': ['Policy'] }),
  rationale:
    'A cluster policy lets other accounts connect to the brokers from networks of their own; one for everyone lets in all of AWS.',
  remediation:
    'Name accounts or roles as principals in the `policy` of the `msk.CfnClusterPolicy`, or add a condition on `aws:PrincipalOrgID`.',
  references: ['AWS Well-Architected SEC03-BP07', 'NIST 800-53 AC-3'],
  examples: publicPolicyExamples((statement) => ({
    Policy: {
      Type: 'AWS::MSK::ClusterPolicy',
      Properties: {
        ClusterArn: CLUSTER,
        Policy: { Statement: [{ Effect: 'Allow', Action: 'kafka:CreateVpcConnection', Resource: CLUSTER, ...statement }] },
      },
    },
  })),
});
