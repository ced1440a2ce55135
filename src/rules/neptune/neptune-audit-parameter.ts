import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { parameterExamples } from '../shared/parameter-examples';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = { name: 'neptune_enable_audit_log', expected: '1', test: ({ string }) => string === '1' };

export default defineRule({
  id: 'Neptune.4',
  slug: 'neptune-audit-parameter',
  title: 'Neptune clusters write an audit log',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'Exporting the audit log shows nothing as long as the database does not write one, and by default it does not.',
  remediation:
    "Give the cluster a `ClusterParameterGroup` with `parameters: { neptune_enable_audit_log: '1' }` by `clusterParameterGroup`.",
  references: ['Security Hub Neptune.2', 'AWS documentation: Neptune, neptune_enable_audit_log'],
  check: (cluster) => mustHaveParameter(cluster, WANTED),
  examples: parameterExamples({
    service: 'Neptune',
    family: 'neptune1.4',
    name: WANTED.name,
    right: '1',
    wrong: '0',
  }),
});
