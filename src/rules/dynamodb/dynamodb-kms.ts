import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const table = (SSESpecification: JsonObject) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification } } });

/** A warning: DynamoDB encrypts every table, and without this setting with a key that AWS owns. */
export default defineRule({
  id: 'DynamoDB.2',
  slug: 'dynamodb-kms',
  title: 'DynamoDB tables are encrypted with a KMS key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  rationale:
    'The use of a key of the account is in the audit trail, and a customer managed key can be denied or disabled; a key that AWS owns shows and allows neither.',
  remediation:
    'Set `encryption: TableEncryption.CUSTOMER_MANAGED` on a `Table`, or `encryption: TableEncryptionV2.customerManagedKey(key)` on a `TableV2`.',
  references: ['AWS Config DYNAMODB_TABLE_ENCRYPTED_KMS', 'Control Tower CT.DYNAMODB.PR.2', 'Checkov CKV_AWS_119'],
  check: (table) => {
    const enabled = table.at('SSESpecification.SSEEnabled');
    return enabled.mustBe(true, {
      problem: enabled.isUnknown ? undefined : 'the table is encrypted with a key that AWS owns, outside the account',
    });
  },
  examples: {
    pass: {
      'a customer managed key is used': table({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/orders' }),
      'the key of DynamoDB in the account is used': table({ SSEEnabled: 'true' }),
      'each replica of a global table has its key': {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
            Replicas: [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: 'alias/orders' } }],
          },
        },
      },
    },
    fail: {
      'encryption is not mentioned': { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      'encryption with KMS is off': table({ SSEEnabled: false }),
      'a global table does not mention encryption': {
        Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-west-1' }] } },
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Kms: { Type: 'String' } },
        Resources: table({ SSEEnabled: { Ref: 'Kms' } }),
      },
    },
  },
});
