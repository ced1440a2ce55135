import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const connector = (encryption: Json) => ({
  Connector: {
    Type: 'AWS::KafkaConnect::Connector',
    Properties: { ConnectorName: 'orders', KafkaClusterEncryptionInTransit: encryption },
  },
});

export default defineRule({
  id: 'MSK.5',
  slug: 'msk-connect-tls',
  title: 'MSK connectors reach their cluster over TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::KafkaConnect::Connector'],
  rationale: 'A connector carries whole tables between systems: in plain text all of it can be read on the way.',
  remediation: "Set `kafkaClusterEncryptionInTransit: { encryptionType: 'TLS' }` on the `CfnConnector`.",
  references: ['Security Hub MSK.3', 'AWS Config MSK_CONNECT_CONNECTOR_ENCRYPTED', 'NIST 800-53 SC-8'],
  check: (connector) => connector.at('KafkaClusterEncryptionInTransit.EncryptionType').mustBe('TLS'),
  examples: {
    pass: { 'TLS is used': connector({ EncryptionType: 'TLS' }) },
    fail: {
      'encryption is not mentioned': connector({ Ref: 'AWS::NoValue' }),
      'plain text is used': connector({ EncryptionType: 'PLAINTEXT' }),
      'plain text is used in one branch of a condition': byStage(
        (type) => connector({ EncryptionType: type }),
        'TLS',
        'PLAINTEXT',
      ),
    },
    undetermined: { 'the kind is a parameter': byParameter((type) => connector({ EncryptionType: type })) },
  },
});
