import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Neptune.2',
  slug: 'neptune-iam-auth',
  title: 'Neptune clusters ask for IAM authentication',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'Neptune has no users or passwords of its own: without IAM, whoever reaches the port reads and changes everything.',
  remediation: 'Set `iamAuthentication: true` on the `DatabaseCluster`, or `iamAuthEnabled: true` on `neptune.CfnDBCluster`.',
  references: [
    'Security Hub Neptune.7',
    'AWS Config NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION',
    'cdk-nag NeptuneClusterIAMAuth',
    'Control Tower CT.NEPTUNE.PR.1',
  ],
  check: (resource) => resource.at('IamAuthEnabled').mustBe(true),
  examples: flagExamples({ type: 'AWS::Neptune::DBCluster', path: 'IamAuthEnabled' }),
});
