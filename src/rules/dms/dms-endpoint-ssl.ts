import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { byEndpointEngine, DMS_ENDPOINT, dmsEndpoint } from '../shared/dms-endpoint';

/** Engines that connect in plain text unless told otherwise. */
const PLAIN = [
  'aurora',
  'aurora-postgresql',
  'aurora-postgresql-serverless',
  'aurora-serverless',
  'azuredb',
  'db2',
  'db2-zos',
  'docdb',
  'mariadb',
  'mongodb',
  'mysql',
  'oracle',
  'postgres',
  'sqlserver',
  'sybase',
];
const ofDatabase = (endpoint: Resource) => endpoint.at('SslMode').mustBe(['require', 'verify-ca', 'verify-full']);
const ofKafka = (endpoint: Resource) =>
  endpoint.at('KafkaSettings.SecurityProtocol').mustBe(['ssl-encryption', 'ssl-authentication', 'sasl-ssl']);

const postgres = (SslMode: unknown) => dmsEndpoint('postgres', { SslMode });

export default defineRule({
  id: 'DMS.7',
  slug: 'dms-endpoint-ssl',
  title: 'DMS connects to databases by TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DMS_ENDPOINT],
  rationale: 'A migration sends every row there is over a network, and often over one that belongs to somebody else.',
  remediation: 'Set `sslMode: "verify-full"` on the `CfnEndpoint`, or `"require"`; for Kafka, `kafkaSettings.securityProtocol`.',
  references: ['Security Hub DMS.9', 'AWS Config DMS_ENDPOINT_SSL_CONFIGURED', 'Checkov CKV2_AWS_49', 'NIST 800-53 SC-8'],
  ...byEndpointEngine(new Map([['kafka', ofKafka], ...PLAIN.map((engine) => [engine, ofDatabase] as const)])),
  examples: {
    pass: {
      'the certificate is verified': postgres('verify-full'),
      'TLS is required': postgres('require'),
      'Kafka is reached by TLS': dmsEndpoint('kafka', { KafkaSettings: { SecurityProtocol: 'sasl-ssl' } }),
    },
    fail: {
      'TLS is not mentioned': dmsEndpoint('mysql', {}),
      'TLS is off': postgres('none'),
      'Kafka is reached in plain text': dmsEndpoint('kafka', { KafkaSettings: { Broker: 'broker:9092' } }),
      'only production uses TLS': byStage(postgres, 'verify-full', 'none'),
    },
    undetermined: { 'the mode is a parameter': byParameter(postgres) },
  },
});
