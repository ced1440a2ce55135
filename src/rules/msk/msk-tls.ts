import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const cluster = (clientBroker: Json) => ({
  Cluster: {
    Type: 'AWS::MSK::Cluster',
    Properties: { ClusterName: 'events', EncryptionInfo: { EncryptionInTransit: { ClientBroker: clientBroker } } },
  },
});

export default defineRule({
  id: 'MSK.1',
  slug: 'msk-tls',
  title: 'Kafka clients reach MSK brokers over TLS only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale:
    'A port that takes plain text will be used by some client, and then messages and passwords cross the network readable.',
  remediation: "Set `clientBroker: 'TLS'` in `encryptionInfo.encryptionInTransit` of the `CfnCluster`, or leave it out.",
  references: ['cdk-nag MSKClientToBrokerTLS', 'checkov CKV_AWS_81', 'NIST 800-53 SC-8'],
  check: (cluster) =>
    cluster
      .at('EncryptionInfo.EncryptionInTransit.ClientBroker')
      .mustBe('TLS', { absent: 'MSK takes TLS only when nothing is said' }),
  examples: {
    pass: { 'TLS only': cluster('TLS'), 'nothing is said': cluster({ Ref: 'AWS::NoValue' }) },
    fail: {
      'TLS and plain text': cluster('TLS_PLAINTEXT'),
      'plain text only': cluster('PLAINTEXT'),
      'plain text as well in one branch of a condition': byStage(cluster, 'TLS', 'TLS_PLAINTEXT'),
    },
    undetermined: { 'the kind is a parameter': byParameter(cluster) },
  },
});
