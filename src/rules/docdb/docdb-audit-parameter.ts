import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = {
  name: 'audit_logs',
  expected: "'enabled', 'all', or kinds of events",
  test: ({ string }) => string !== undefined && !/^\s*(disabled|none)?\s*$/i.test(string),
};

const cluster = (DBClusterParameterGroupName?: Json) => ({
  Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { ...(DBClusterParameterGroupName && { DBClusterParameterGroupName }) } },
});
const withGroup = (Parameters: JsonObject) => ({
  ...cluster({ Ref: 'Group' }),
  Group: { Type: 'AWS::DocDB::DBClusterParameterGroup', Properties: { Family: 'docdb5.0', Parameters } },
});

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
  examples: {
    pass: {
      'the parameter group says so': withGroup({ audit_logs: 'enabled' }),
    },
    fail: {
      'the parameter group says otherwise': withGroup({ audit_logs: 'disabled' }),
      'there is no parameter group': cluster(),
      'the parameter group is the default one': cluster('default.docdb5.0'),
      'the parameter group leaves it out': withGroup({}),
      'the parameter group says otherwise in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: withGroup({ audit_logs: { 'Fn::If': ['IsProduction', 'enabled', 'disabled'] } }),
      },
    },
    undetermined: {
      'the parameter group is elsewhere': cluster('orders'),
      'the parameter group is a parameter': { Parameters: { Group: { Type: 'String' } }, Resources: cluster({ Ref: 'Group' }) },
      'the value is a parameter': {
        Parameters: { Value: { Type: 'String' } },
        Resources: withGroup({ audit_logs: { Ref: 'Value' } }),
      },
    },
  },
});
