import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = { name: 'neptune_enable_audit_log', expected: '1', test: ({ string }) => string === '1' };

const cluster = (DBClusterParameterGroupName?: Json) => ({
  Cluster: {
    Type: 'AWS::Neptune::DBCluster',
    Properties: { ...(DBClusterParameterGroupName && { DBClusterParameterGroupName }) },
  },
});
const withGroup = (Parameters: JsonObject) => ({
  ...cluster({ Ref: 'Group' }),
  Group: { Type: 'AWS::Neptune::DBClusterParameterGroup', Properties: { Family: 'neptune1.4', Parameters } },
});

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
  examples: {
    pass: {
      'the parameter group says so': withGroup({ neptune_enable_audit_log: '1' }),
    },
    fail: {
      'the parameter group says otherwise': withGroup({ neptune_enable_audit_log: '0' }),
      'there is no parameter group': cluster(),
      'the parameter group is the default one': cluster('default.neptune1.4'),
      'the parameter group leaves it out': withGroup({}),
      'the parameter group says otherwise in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: withGroup({ neptune_enable_audit_log: { 'Fn::If': ['IsProduction', '1', '0'] } }),
      },
    },
    undetermined: {
      'the parameter group is elsewhere': cluster('orders'),
      'the parameter group is a parameter': { Parameters: { Group: { Type: 'String' } }, Resources: cluster({ Ref: 'Group' }) },
      'the value is a parameter': {
        Parameters: { Value: { Type: 'String' } },
        Resources: withGroup({ neptune_enable_audit_log: { Ref: 'Value' } }),
      },
    },
  },
});
