import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Reading } from '../../model/policy';
import { defineRule } from '../rule';
import { deniesUnattested, ENCLAVE_ACTIONS, isEnclaveKey, keyStatements, requiredAttestation } from '../shared/enclave-key';

const IMAGE = 'a1'.repeat(48);
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const ATTESTED = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/EnclaveHost' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': IMAGE } },
};
const key = (...statements: JsonObject[]) => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [ATTESTED, ...statements] } } },
});
const administrators = (more: object) => ({ Effect: 'Allow', Principal: ROOT, Action: 'kms:*', Resource: '*', ...more });

export default defineRule({
  id: 'KMS.3',
  slug: 'kms-enclave-attestation-no-bypass',
  title: 'No statement on the key of an enclave lets anyone decrypt without attestation',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'key-management',
  severity: 'error',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  rationale:
    'One statement without the condition, such as the usual one for the account itself, undoes attestation for everyone it names.',
  remediation:
    'Give administrators the actions that manage the key instead of `kms:*`, or add a `Deny` for everyone with `Null` on `kms:RecipientAttestation:PCR0`.',
  references: ['Prowler kms_key_enclave_attestation_bypassable_path', 'NIST 800-53 AC-6'],
  /** Keys that ask for attestation, or whose description or tags have the word `enclave`. */
  applies: isEnclaveKey,
  check: (key) => {
    const expected = 'a condition on kms:RecipientAttestation, or a Deny of callers without attestation';
    const policy = key.at('KeyPolicy');
    if (policy.isAbsent) return [policy.fails(expected, 'the default key policy lets the account decrypt without attestation')];
    if (policy.isUnknown) return [policy.undetermined(expected)];
    const statements = keyStatements(key);
    return statements.flatMap((statement) => {
      if (statement.isUnknown) return [statement.value.undetermined(expected)];
      if (!statement.allows || requiredAttestation(statement).length > 0) return [];
      const open = (reading: Reading) =>
        ENCLAVE_ACTIONS.filter(
          (action) => statement.covers(action, reading) && !statements.some((each) => deniesUnattested(each, action)),
        );
      const surely = open('surely');
      if (surely.length > 0)
        return [statement.value.fails(expected, `a statement allows ${surely.join(', ')} without attestation`)];
      return open('possibly').length > 0 ? [(statement.openPart ?? statement.value).undetermined(expected)] : [];
    });
  },
  examples: {
    pass: {
      'every statement that decrypts asks for attestation': key(
        administrators({ Action: ['kms:Describe*', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'] }),
      ),
      'a denial closes what another statement opens': key(administrators({}), {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:DeriveSharedSecret', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { Null: { 'kms:RecipientAttestation:ImageSha384': true } },
      }),
    },
    fail: {
      'the account may do everything': key(administrators({})),
      'the key has the default policy': {
        Key: { Type: 'AWS::KMS::Key', Properties: { Tags: [{ Key: 'Use', Value: 'enclave' }] } },
      },
      'administrators may do all but delete': key(administrators({ Action: [], NotAction: 'kms:ScheduleKeyDeletion' })),
      'the denial does not cover every action': key(administrators({}), {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { Null: { 'kms:RecipientAttestation:ImageSha384': 'true' } },
      }),
    },
    undetermined: {
      'what administrators may do is a parameter': {
        Parameters: { Action: { Type: 'String' } },
        Resources: key(administrators({ Action: [{ Ref: 'Action' }] })),
      },
    },
  },
});
