import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const table = (EncryptionSpecification: object) => ({
  Table: {
    Type: 'AWS::Cassandra::Table',
    Properties: { KeyspaceName: 'shop', EncryptionSpecification: { ...EncryptionSpecification } },
  },
});

/** A warning: Keyspaces encrypts every table, and without this setting with a key that AWS owns. */
export default defineRule({
  id: 'Keyspaces.2',
  slug: 'keyspaces-cmk',
  title: 'Keyspaces tables are encrypted with a KMS key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::Cassandra::Table'],
  rationale:
    'The use of a key of the account is in the audit trail, and it can be denied or disabled; a key that AWS owns shows and allows neither.',
  remediation:
    "Set `encryptionSpecification: { encryptionType: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyIdentifier: key.keyArn }` on `cassandra.CfnTable`.",
  references: ['ElectricEye Keyspaces.1', 'NIST 800-53 SC-12'],
  check: (table) => table.at('EncryptionSpecification.EncryptionType').mustBe('CUSTOMER_MANAGED_KMS_KEY'),
  examples: {
    pass: {
      'a key of the account is used': table({ EncryptionType: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyIdentifier: 'alias/orders' }),
    },
    fail: {
      'the key is not mentioned': { Table: { Type: 'AWS::Cassandra::Table', Properties: { KeyspaceName: 'shop' } } },
      'the key is one that AWS owns': table({ EncryptionType: 'AWS_OWNED_KMS_KEY' }),
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: table({ EncryptionType: { Ref: 'Kind' }, KmsKeyIdentifier: 'alias/orders' }),
      },
    },
  },
});
