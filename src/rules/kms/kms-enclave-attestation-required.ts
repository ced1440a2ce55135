import { Criterion } from '../../criteria/criterion';
import { patternOf, type Statement } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { deniesUnattested, ENCLAVE_ACTIONS, isEnclaveKey, keyStatements, requiredAttestation } from '../shared/enclave-key';

const IMAGE = 'a1'.repeat(48);
const ROLE = { AWS: 'arn:aws:iam::111122223333:role/EnclaveHost' };
const key = (statement: object) => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: 'Key of the payment enclave',
      KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: ROLE, Action: 'kms:Decrypt', Resource: '*', ...statement }] },
    },
  },
});

export default defineRule({
  id: 'KMS.2',
  slug: 'kms-enclave-attestation-required',
  title: 'Keys of enclaves ask for attestation',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'key-management',
  severity: 'error',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  rationale: 'Only the attestation document proves that the code which gets the plaintext is the code that was reviewed.',
  remediation:
    'Add the condition `kms:RecipientAttestation:ImageSha384` or `kms:RecipientAttestation:PCR0` to the statement that allows `kms:Decrypt` and `kms:GenerateDataKey`.',
  references: ['Prowler kms_key_enclave_attestation_not_enforced', 'NIST 800-53 AC-3'],
  /** Keys that ask for attestation, or whose description or tags have the word `enclave`. */
  applies: isEnclaveKey,
  check: (key) => {
    const expected = 'a condition on kms:RecipientAttestation where plaintext is returned';
    const policy = key.at('KeyPolicy');
    const statements = keyStatements(key);
    const asking = statements.filter(
      (each) =>
        (each.allows && requiredAttestation(each).length > 0 && ENCLAVE_ACTIONS.some((action) => each.covers(action))) ||
        ENCLAVE_ACTIONS.some((action) => deniesUnattested(each, action)),
    );
    const measurement = asking.map(openMeasurement);
    if (measurement.includes(undefined)) return [];
    if (measurement[0]) return [measurement[0].undetermined(expected, 'it may be that of an image in debug mode')];
    if (policy.isUnknown) return [policy.undetermined(expected)];
    const open = statements.find(({ isUnknown }) => isUnknown);
    return [
      open ? open.value.undetermined(expected) : policy.fails(expected, 'no statement of the key policy asks for attestation'),
    ];
  },
  examples: {
    pass: {
      'decryption asks for an image': key({
        Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': IMAGE } },
      }),
      'decryption without attestation is denied': key({
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { Null: { 'kms:RecipientAttestation:PCR0': 'true' } },
      }),
    },
    fail: {
      'nothing asks for attestation': key({}),
      'any image will do': key({ Condition: { StringLike: { 'kms:RecipientAttestation:ImageSha384': '*' } } }),
      'an image in debug mode will do': key({
        Condition: { StringEquals: { 'kms:RecipientAttestation:PCR0': '0'.repeat(96) } },
      }),
      'attestation is asked for only where there is one': key({
        Condition: { StringEqualsIfExists: { 'kms:RecipientAttestation:PCR0': IMAGE } },
      }),
    },
    undetermined: {
      'the effect is a parameter': {
        Parameters: { Effect: { Type: 'String' } },
        Resources: key({ Effect: { Ref: 'Effect' }, Condition: { StringEquals: { 'kms:RecipientAttestation:PCR0': IMAGE } } }),
      },
    },
  },
});

/** A measurement that may turn out to be that of an image in debug mode; a `Deny` with such a value still asks for attestation. */
function openMeasurement(statement: Statement): Value | undefined {
  if (!statement.allows) return undefined;
  return requiredAttestation(statement)
    .flatMap(({ values }) => values)
    .find((value) => value.isUnknown && patternOf(value, 'possibly') === '*');
}
