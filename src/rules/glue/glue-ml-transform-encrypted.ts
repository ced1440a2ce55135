import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const transform = (MLUserDataEncryptionMode: Json) => ({
  Transform: {
    Type: 'AWS::Glue::MLTransform',
    Properties: { TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode, KmsKeyId: 'alias/glue' } } },
  },
});

export default defineRule({
  id: 'Glue.7',
  slug: 'glue-ml-transform-encrypted',
  title: 'What Glue machine learning transforms learn from is encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::Glue::MLTransform'],
  rationale: 'A transform keeps samples of the records that it learned to match, names and addresses in most cases.',
  remediation: 'Set `mlUserDataEncryptionMode` to `SSE-KMS` and a key in `transformEncryption.mlUserDataEncryption`.',
  references: ['Security Hub Glue.3', 'AWS Config GLUE_ML_TRANSFORM_ENCRYPTED_AT_REST', 'Checkov CKV_AWS_303'],
  check: (transform) => transform.at('TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode').mustBe('SSE-KMS'),
  examples: {
    pass: { 'user data is encrypted': transform('SSE-KMS') },
    fail: {
      'encryption is not mentioned': { Transform: { Type: 'AWS::Glue::MLTransform', Properties: {} } },
      'encryption is off': transform('DISABLED'),
    },
    undetermined: { 'the mode is a parameter': byParameter(transform) },
  },
});
