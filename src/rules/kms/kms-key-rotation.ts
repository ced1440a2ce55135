import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const key = (properties: object) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { ...properties } } });

export default defineRule({
  id: 'KMS.1',
  slug: 'kms-key-rotation',
  title: 'KMS keys are rotated',
  criteria: [Criterion.CC6_1],
  control: 'key-management',
  severity: 'error',
  resourceTypes: ['AWS::KMS::Key'],
  rationale: 'Rotation limits how much data one version of key material protects, and policies promise it in as many words.',
  remediation: 'Set `enableKeyRotation: true` on the key; ciphertexts and the ARN stay as they are.',
  references: [
    'Security Hub KMS.4',
    'AWS Config CMK_BACKING_KEY_ROTATION_ENABLED',
    'cdk-nag KMSBackingKeyRotationEnabled',
    'Checkov CKV_AWS_7',
    'NIST 800-53 SC-12',
  ],
  /** KMS rotates symmetric keys whose material it made itself; others are replaced by hand. */
  applies: (key) =>
    (key.at('KeySpec').string ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' &&
    (key.at('Origin').string ?? 'AWS_KMS') === 'AWS_KMS',
  check: (key) => {
    const findings = key.at('EnableKeyRotation').mustBe(true);
    const open = [key.at('KeySpec'), key.at('Origin')].find((value) => value.isUnknown);
    return findings.length > 0 && open ? [open.undetermined('a kind of key that KMS does not rotate, or rotation')] : findings;
  },
  examples: {
    pass: {
      'rotation is on': key({ EnableKeyRotation: true }),
      'rotation is on, with a period': key({ EnableKeyRotation: 'true', RotationPeriodInDays: 180 }),
      'one key rotates, the other signs': {
        ...key({ EnableKeyRotation: true }),
        Signing: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' } },
        Imported: { Type: 'AWS::KMS::Key', Properties: { Origin: 'EXTERNAL' } },
      },
    },
    fail: {
      'rotation is not mentioned': key({}),
      'rotation is off': key({ EnableKeyRotation: false, KeySpec: 'SYMMETRIC_DEFAULT' }),
      'rotation is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: key({ EnableKeyRotation: { 'Fn::If': ['IsProduction', true, { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'rotation is a parameter': {
        Parameters: { Rotate: { Type: 'String' } },
        Resources: key({ EnableKeyRotation: { Ref: 'Rotate' } }),
      },
      'the kind of key is a parameter': {
        Parameters: { Spec: { Type: 'String' } },
        Resources: key({ KeySpec: { Ref: 'Spec' } }),
      },
    },
  },
});
