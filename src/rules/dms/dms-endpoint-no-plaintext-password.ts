import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DMS_ENDPOINT, dmsEndpoint } from '../shared/dms-endpoint';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  [DMS_ENDPOINT]: [
    'Password',
    'GcpMySQLSettings.Password',
    'KafkaSettings.SaslPassword',
    'KafkaSettings.SslClientKeyPassword',
    'MicrosoftSqlServerSettings.Password',
    'MongoDbSettings.Password',
    'OracleSettings.AsmPassword',
    'OracleSettings.SecurityDbEncryption',
    'RedisSettings.AuthPassword',
  ],
};

const examples = passwordExamples((Password) => dmsEndpoint('mysql', { Password }));

export default defineRule({
  id: 'DMS.8',
  slug: 'dms-endpoint-no-plaintext-password',
  title: 'Passwords of DMS endpoints are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'The user that DMS signs in as may read the whole database, and a template is read by many and kept for ever.',
  remediation:
    'Set `secretsManagerSecretId` and `secretsManagerAccessRoleArn` in the settings of the engine, or pass `SecretValue.secretsManager("…").unsafeUnwrap()`.',
  references: ['CloudFormation Guard DMS_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  examples: {
    ...examples,
    fail: {
      ...examples.fail,
      'the password of Redis stands in the template': dmsEndpoint('redis', { RedisSettings: { AuthPassword: 'correct horse' } }),
    },
  },
});
