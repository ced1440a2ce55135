import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const AWS_KEY = /(^|[:/])alias\/aws\/secretsmanager$/;
const secret = (KmsKeyId: Json) => ({
  Password: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'orders', KmsKeyId } },
});

export default defineRule({
  id: 'SecretsManager.2',
  slug: 'secret-kms',
  title: 'Secrets are encrypted with a key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'key-management',
  // Every secret is encrypted; a key of one's own is needed where another account reads it.
  severity: 'info',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  rationale: 'A key with a policy of its own is a second lock: who may read secrets in general may still not read this one.',
  remediation: 'Set `encryptionKey` on the secret to a `kms.Key`.',
  references: [
    'AWS Config SECRETSMANAGER_USING_CMK',
    'cdk-nag SecretsManagerUsingKMSKey',
    'Checkov CKV_AWS_149',
    'NIST 800-53 SC-12',
  ],
  check: (secret) => {
    const key = secret.at('KmsKeyId');
    return AWS_KEY.test(key.text) ? [key.fails('a key of the account')] : key.mustBeSet('a key of the account');
  },
  examples: {
    pass: {
      'a key is named': secret('alias/orders'),
      'the key is of the same template': { ...secret({ 'Fn::GetAtt': ['Key', 'Arn'] }), Key: { Type: 'AWS::KMS::Key' } },
    },
    fail: { 'no key is named': secret({ Ref: 'AWS::NoValue' }), 'the key is that of AWS': secret('alias/aws/secretsmanager') },
    undetermined: { 'the key is a parameter that may be empty': byParameter(secret) },
  },
});
