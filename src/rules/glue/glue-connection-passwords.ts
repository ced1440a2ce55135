import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { CATALOG_SETTINGS, catalogMust, catalogSettings } from '../shared/data-catalog';
import { byParameter } from '../shared/deciding-examples';
import { mustNotBeWritten } from '../shared/written-password';

const settings = (ReturnConnectionPasswordEncrypted: Json) =>
  catalogSettings({ ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted, KmsKeyId: 'alias/glue' } });
const connection = (ConnectionProperties: JsonObject) => ({
  Connection: {
    Type: 'AWS::Glue::Connection',
    Properties: { ConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties } },
  },
});
const PASSWORD = 'ConnectionInput.ConnectionProperties.PASSWORD';
const RESOLVED = '{{resolve:secretsmanager:orders:SecretString:password}}';

export default defineRule({
  id: 'Glue.6',
  slug: 'glue-connection-passwords',
  title: 'Passwords of Glue connections are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: [CATALOG_SETTINGS, 'AWS::Glue::Connection'],
  inheritable: true,
  rationale: 'Otherwise, whoever may look at a connection is shown the password of the database behind it.',
  remediation:
    'Give the connection a `secret` in place of a password; or pass `connectionPasswordEncryption: { kmsKey }` to `glue.Catalog.encryptAccount`.',
  references: ['ElectricEye Glue.5', 'NIST 800-53 IA-5'],
  /** Only a connection with a password of its own has one to lose. */
  applies: (resource) => resource.type === CATALOG_SETTINGS || !resource.at(PASSWORD).isAbsent,
  check: (resource) => [
    ...(resource.type === CATALOG_SETTINGS ? [] : mustNotBeWritten(resource.at(PASSWORD))),
    ...catalogMust(resource, 'glue-connection-passwords', 'settings of the catalog that encrypt passwords', (settings) =>
      settings.at('ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted').mustBe(true),
    ),
  ],
  examples: {
    pass: {
      'passwords are encrypted': { ...connection({ PASSWORD: RESOLVED }), ...settings(true) },
      'the settings stand alone': settings('true'),
    },
    fail: {
      'nothing is said about passwords': connection({ PASSWORD: RESOLVED }),
      'passwords are shown': settings(false),
      'the settings are about the catalog only': catalogSettings({ EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' } }),
      'the password stands in the template': { ...connection({ PASSWORD: 'correct horse' }), ...settings(true) },
    },
    undetermined: { 'whether passwords are encrypted is a parameter': byParameter(settings) },
  },
});
