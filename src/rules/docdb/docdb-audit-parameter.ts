import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { parameterExamples } from '../shared/parameter-examples';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = {
  name: 'audit_logs',
  expected: "'enabled', 'all', or kinds of events",
  test: ({ string }) => string !== undefined && !/^\s*(disabled|none)?\s*$/i.test(string),
};

export default defineRule({
  id: 'DocDB.3',
  slug: 'docdb-audit-parameter',
  title: 'DocumentDB clusters write an audit log',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'Exporting the audit log shows nothing as long as the database does not write one, and by default it does not.',
  remediation: "Give the cluster a `ClusterParameterGroup` with `parameters: { audit_logs: 'all' }` by `parameterGroup`.",
  references: ['ElectricEye DocumentDB.6', 'Checkov CKV_AWS_104'],
  check: (cluster) => mustHaveParameter(cluster, WANTED),
  examples: parameterExamples({
    service: 'DocDB',
    family: 'docdb5.0',
    name: WANTED.name,
    right: 'enabled',
    wrong: 'disabled',
  }),
});
