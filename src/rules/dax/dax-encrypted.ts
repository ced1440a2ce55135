import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'DAX.1',
  slug: 'dax-encrypted',
  title: 'DAX clusters are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::DAX::Cluster'],
  rationale: 'The cache writes items of its tables to disk; what is encrypted in the table must not lie there in the clear.',
  remediation: 'Set `sseSpecification: { sseEnabled: true }` on `dax.CfnCluster`. A deployed cluster is replaced by that change.',
  references: ['Security Hub DynamoDB.3', 'AWS Config DAX_ENCRYPTION_ENABLED', 'cdk-nag DAXEncrypted', 'Checkov CKV_AWS_47'],
  check: (resource) => resource.at('SSESpecification.SSEEnabled').mustBe(true),
  examples: flagExamples({ type: 'AWS::DAX::Cluster', path: 'SSESpecification.SSEEnabled' }),
});
