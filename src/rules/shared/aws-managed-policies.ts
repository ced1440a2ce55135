import type { Observation } from '../../model/observation';
import { matches, patternOf, type Reading } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** Findings on the policies of AWS that an identity has and should not, by the end of their ARN. */
export function forbidAwsManaged(identity: Resource, names: readonly string[], expected: string): Observation[] {
  return identity
    .at('ManagedPolicyArns')
    .items()
    .flatMap((arn) => {
      const name = nameIn(names, arn, 'surely');
      if (name !== undefined) return [arn.fails(expected, `the policy '${name}' of AWS is attached`)];
      return nameIn(names, arn, 'possibly') === undefined ? [] : [arn.undetermined(expected)];
    });
}

/** Nothing else but a policy of AWS has a name with this in it, whatever stands before. */
const BEFORE_SERVICE = /^.*(?=:iam::aws:policy\/)/s;
const PARTITION = /^arn:[^:*]+/;

/** What patterns name, by the list that they are held against: few ARNs are attached to many roles. */
const NAMED = new WeakMap<readonly string[], Map<string, string | undefined>>();

function nameIn(names: readonly string[], arn: Value, reading: Reading): string | undefined {
  const pattern = patternOf(arn, reading).replace(BEFORE_SERVICE, 'arn:p').replace(PARTITION, 'arn:p');
  const known = NAMED.get(names) ?? new Map<string, string | undefined>();
  NAMED.set(names, known);
  if (!known.has(pattern))
    known.set(
      pattern,
      names.find((name) => matches(pattern, `arn:p:iam::aws:policy/${name}`)),
    );
  return known.get(pattern);
}
