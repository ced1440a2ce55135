import type { PolicyCondition, Statement } from '../../model/policy';
import { statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** Actions that return plaintext, or to an enclave alone when the request carries its attestation. */
export const ENCLAVE_ACTIONS = ['kms:Decrypt', 'kms:DeriveSharedSecret', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair'];

const ATTESTATION = 'kms:recipientattestation:';

export function keyStatements(key: Resource): Statement[] {
  return statementsOf(key.at('KeyPolicy'));
}

/** Whether the policy of a key asks for attestation anywhere, in whatever way. */
export function mentionsAttestation(key: Resource): boolean {
  return keyStatements(key).some(({ conditions }) => conditions.some(isAboutAttestation));
}

/** Whether a key is for enclaves: its policy asks for attestation, or its description or a tag has the word `enclave`. */
export function isEnclaveKey(key: Resource): boolean {
  const tags = key.at('Tags');
  const words = [
    key.at('Description'),
    ...tags.items().flatMap((tag) => [tag.at('Key'), tag.at('Value')]),
    ...tags.entries().map(([, value]) => value),
  ];
  return mentionsAttestation(key) || words.some((word) => /enclave/i.test(word.text));
}

/** The attestation keys that a caller must match for an `Allow` to apply. */
export function requiredAttestation({ conditions }: Statement): PolicyCondition[] {
  return conditions.filter((condition) => {
    const { operator, ifExists, forAll, values } = condition;
    const exact = operator === 'stringequals' || operator === 'stringequalsignorecase';
    if (!isAboutAttestation(condition) || ifExists || forAll || values.length === 0) return false;
    return (exact || (operator === 'stringlike' && values.every(isWhole))) && !values.some(isDebug);
  });
}

/** Whether a `Deny` stops every caller without the right attestation from an action. */
export function deniesUnattested(statement: Statement, action: string): boolean {
  const { conditions, denies, isForEveryone, notPrincipals } = statement;
  if (!denies || !isForEveryone || notPrincipals.length > 0 || !statement.covers(action)) return false;
  return (
    conditions.length > 0 && conditions.every((condition) => isAboutAttestation(condition) && holdsWithoutAttestation(condition))
  );
}

/** A negated condition holds where its key is missing. */
function holdsWithoutAttestation({ operator, values }: PolicyCondition): boolean {
  if (operator === 'null') return values.length > 0 && values.every((value) => value.boolean === true);
  return operator === 'stringnotequals' || operator === 'stringnotequalsignorecase';
}

function isAboutAttestation({ key }: PolicyCondition): boolean {
  return key.startsWith(ATTESTATION);
}

function isWhole(value: Value): boolean {
  return value.string !== undefined && !/[*?]/.test(value.string);
}

/** An enclave in debug mode attests to zeros. */
function isDebug(value: Value): boolean {
  return /^0+$/.test(value.string ?? '');
}
