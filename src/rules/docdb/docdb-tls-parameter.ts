import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = {
  name: 'tls',
  expected: "a value other than 'disabled'",
  test: ({ string }) => string !== undefined && string.toLowerCase() !== 'disabled',
  byDefault: 'DocumentDB requires TLS unless a parameter group turns it off',
};

const cluster = (DBClusterParameterGroupName?: Json) => ({
  Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { ...(DBClusterParameterGroupName && { DBClusterParameterGroupName }) } },
});
const withGroup = (Parameters: JsonObject) => ({
  ...cluster({ Ref: 'Group' }),
  Group: { Type: 'AWS::DocDB::DBClusterParameterGroup', Properties: { Family: 'docdb5.0', Parameters } },
});

export default defineRule({
  id: 'DocDB.4',
  slug: 'docdb-tls-parameter',
  title: 'DocumentDB clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'Without TLS, passwords and documents cross the network in the clear, for everyone who can listen there.',
  remediation: "Leave the parameter `tls` at its default of `enabled`, or set it to `'tls1.2+'`.",
  references: ['ElectricEye DocumentDB.7', 'Checkov CKV_AWS_90', 'NIST 800-53 SC-8'],
  check: (cluster) => mustHaveParameter(cluster, WANTED),
  examples: {
    pass: {
      'the parameter group says so': withGroup({ tls: 'tls1.2+' }),
      'there is no parameter group': cluster(),
      'the parameter group is the default one': cluster('default.docdb5.0'),
      'the parameter group leaves it out': withGroup({}),
    },
    fail: {
      'the parameter group says otherwise': withGroup({ tls: 'disabled' }),
      'the parameter group says otherwise in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: withGroup({ tls: { 'Fn::If': ['IsProduction', 'tls1.2+', 'disabled'] } }),
      },
    },
    undetermined: {
      'the parameter group is elsewhere': cluster('orders'),
      'the parameter group is a parameter': { Parameters: { Group: { Type: 'String' } }, Resources: cluster({ Ref: 'Group' }) },
      'the value is a parameter': { Parameters: { Value: { Type: 'String' } }, Resources: withGroup({ tls: { Ref: 'Value' } }) },
    },
  },
});
