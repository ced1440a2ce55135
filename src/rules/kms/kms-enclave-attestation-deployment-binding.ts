import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';
import { deniesUnattested, ENCLAVE_ACTIONS, keyStatements, requiredAttestation } from '../shared/enclave-key';

const HASH = 'a1'.repeat(48);
const ONLY_IMAGE = { 'kms:RecipientAttestation:ImageSha384': HASH };
const key = (attestation: JsonObject, Effect: Json = 'Allow') => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: {
        Statement: [
          {
            Effect,
            Principal: { AWS: 'arn:aws:iam::111122223333:role/EnclaveHost' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
            Condition: { StringEqualsIgnoreCase: attestation },
          },
        ],
      },
    },
  },
});

/** Registers of a Nitro enclave; those of NitroTPM measure an instance, not an enclave. */
const ENCLAVE = /^kms:recipientattestation:(imagesha384|pcr\d+)$/;
/** Role and id of the parent instance, and the certificate that signed the image. The others say which image, not where it runs. */
const DEPLOYMENT = /^kms:recipientattestation:pcr[348]$/;

/** Statements that return plaintext to an attested enclave. */
function attested(statements: readonly Statement[]): Statement[] {
  return statements.filter(
    (each) =>
      each.mayAllow('possibly') &&
      ENCLAVE_ACTIONS.some((action) => each.covers(action)) &&
      requiredAttestation(each).some((condition) => ENCLAVE.test(condition.key)),
  );
}

export default defineRule({
  id: 'KMS.4',
  slug: 'kms-enclave-attestation-deployment-binding',
  title: 'Keys of enclaves say where the enclave must run, not only which image',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  rationale: 'An image file can be copied and started elsewhere; its hash alone does not tell production from a copy.',
  remediation:
    'Add `kms:RecipientAttestation:PCR3` (role of the parent instance), `PCR8` (signing certificate) or `PCR4` (instance) to the condition.',
  references: ['Prowler kms_key_enclave_attestation_no_deployment_binding', 'NIST 800-53 AC-3'],
  /** Keys that return plaintext to attested enclaves; that attestation is asked for at all is another rule. */
  applies: (key) => attested(keyStatements(key)).length > 0,
  check: (key) => {
    const statements = keyStatements(key);
    return attested(statements).flatMap((statement) => {
      if (requiredAttestation(statement).some((condition) => DEPLOYMENT.test(condition.key))) return [];
      const open = ENCLAVE_ACTIONS.filter((action) => statement.covers(action)).some(
        (action) =>
          !statements.some(
            (each) =>
              deniesUnattested(each, action) &&
              each.conditions.every(({ key, operator }) => operator !== 'null' && DEPLOYMENT.test(key)),
          ),
      );
      const expected = 'PCR3, PCR4 or PCR8 in the condition';
      const found = statement.value.at('Condition').fails(expected, 'attestation does not say where the enclave runs');
      return when(open && (statement.allows || undefined), [found]);
    });
  },
  examples: {
    pass: {
      'image and role of the instance are asked for': key({
        'kms:RecipientAttestation:ImageSha384': HASH,
        'kms:RecipientAttestation:PCR3': HASH,
      }),
      'the signing certificate is asked for': key({ 'kms:RecipientAttestation:PCR8': HASH }),
    },
    fail: {
      'only the image is asked for': key(ONLY_IMAGE),
      'only kernel and application are asked for': key({
        'kms:RecipientAttestation:PCR1': HASH,
        'kms:RecipientAttestation:PCR2': HASH,
      }),
    },
    undetermined: { 'whether the statement allows is a parameter': byParameter((effect) => key(ONLY_IMAGE, effect)) },
  },
});
