import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'MSK.2',
  slug: 'msk-inter-broker-tls',
  title: 'MSK brokers speak TLS with each other',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale: 'Every message is copied between brokers, across Availability Zones: in plain text it can be read on the way.',
  remediation:
    'Set `inCluster: true` in `encryptionInfo.encryptionInTransit` of the `CfnCluster`, or leave it out. A deployed cluster is replaced by that change.',
  references: [
    'Security Hub MSK.1',
    'AWS Config MSK_IN_CLUSTER_NODE_REQUIRE_TLS',
    'cdk-nag MSKBrokerToBrokerTLS',
    'NIST 800-53 SC-8',
  ],
  check: (cluster) =>
    cluster
      .at('EncryptionInfo.EncryptionInTransit.InCluster')
      .mustBe(true, { absent: 'brokers of MSK speak TLS with each other unless told otherwise' }),
  examples: flagExamples({
    type: 'AWS::MSK::Cluster',
    path: 'EncryptionInfo.EncryptionInTransit.InCluster',
    properties: { ClusterName: 'events' },
    safeByDefault: true,
  }),
});
