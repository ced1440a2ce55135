import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({
  Cluster: { Type: 'AWS::DAX::Cluster', Properties: { ReplicationFactor: 3, ...properties } },
});

export default defineRule({
  id: 'DAX.2',
  slug: 'dax-tls',
  title: 'DAX clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::DAX::Cluster'],
  rationale: 'Without TLS, the items of a table that is itself only reached by HTTPS cross the network in the clear.',
  remediation:
    "Set `clusterEndpointEncryptionType: 'TLS'` on `dax.CfnCluster`. A deployed cluster is replaced by that change, and its clients need `daxs://`.",
  references: [
    'Security Hub DynamoDB.7',
    'AWS Config DAX_TLS_ENDPOINT_ENCRYPTION',
    'Control Tower CT.DAX.PR.3',
    'Checkov CKV_AWS_239',
  ],
  check: (cluster) => cluster.at('ClusterEndpointEncryptionType').mustBe('TLS'),
  examples: {
    pass: { 'the endpoint has TLS': cluster({ ClusterEndpointEncryptionType: 'TLS' }) },
    fail: {
      'TLS is not mentioned': cluster({}),
      'TLS is off': cluster({ ClusterEndpointEncryptionType: 'NONE' }),
      'TLS is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ ClusterEndpointEncryptionType: { 'Fn::If': ['IsProduction', 'TLS', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Encryption: { Type: 'String' } },
        Resources: cluster({ ClusterEndpointEncryptionType: { Ref: 'Encryption' } }),
      },
    },
  },
});
