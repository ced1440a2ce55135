import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { CATALOG_SETTINGS, catalogMust, catalogSettings } from '../shared/data-catalog';
import { byParameter } from '../shared/deciding-examples';

const settings = (CatalogEncryptionMode: Json) => catalogSettings({ EncryptionAtRest: { CatalogEncryptionMode } });
const DATABASE = { Database: { Type: 'AWS::Glue::Database', Properties: { CatalogId: { Ref: 'AWS::AccountId' } } } };

export default defineRule({
  id: 'Glue.5',
  slug: 'glue-catalog-encrypted',
  title: 'The Glue Data Catalog is encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: [CATALOG_SETTINGS, 'AWS::Glue::Database'],
  inheritable: true,
  rationale:
    'The catalog says which data a company has, where it lies and what its columns hold, down to single values of partitions.',
  remediation:
    'Call `glue.Catalog.encryptAccount(this, { encryptionAtRest: DataCatalogEncryptionAtRest.kms(key) })`, once in each account and Region.',
  references: ['ElectricEye Glue.4', 'Checkov CKV_AWS_94', 'NIST 800-53 SC-28'],
  check: (resource) =>
    catalogMust(resource, 'glue-catalog-encrypted', 'settings of the catalog with SSE-KMS', (settings) =>
      settings.at('EncryptionAtRest.CatalogEncryptionMode').mustBe(['SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE']),
    ),
  examples: {
    pass: {
      'the catalog is encrypted': { ...DATABASE, ...settings('SSE-KMS') },
      'Glue uses the key by a role': settings('SSE-KMS-WITH-SERVICE-ROLE'),
    },
    fail: {
      'nothing is said about the catalog': DATABASE,
      'encryption is off': { ...DATABASE, ...settings('DISABLED') },
      'the settings are about passwords only': catalogSettings({
        ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true },
      }),
    },
    undetermined: { 'the mode is a parameter': byParameter(settings) },
  },
});
