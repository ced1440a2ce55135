import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { bucketPolicies } from './bucket-policies';
import { type Concern, publicGrants } from './public-grants';

/** What lets the world into a bucket: one of the canned ACLs, or a public statement; nothing where the bucket blocks it. */
export function bucketExposure(bucket: Resource, acls: readonly string[], concern: Concern): Observation[] {
  const block = bucket.at('PublicAccessBlockConfiguration');
  const isPrivate = (acl: Value) => !acls.includes(acl.string ?? '');
  const acl = bucket.at('AccessControl').must('an ACL that is not public', isPrivate, { absent: '' });
  const grants = bucketPolicies(bucket).flatMap((policy) => publicGrants(policy.at('PolicyDocument'), concern));
  return [...unlessBlocked(block.at('IgnorePublicAcls'), acl), ...unlessBlocked(block.at('RestrictPublicBuckets'), grants)];
}

function unlessBlocked(flag: Value, findings: Observation[]): Observation[] {
  if (findings.length === 0) return [];
  const { resource, path } = flag;
  if (flag.boolean === true)
    return [{ kind: 'note', resource, path, text: 'the bucket blocks public access, so that a public grant has no effect' }];
  return flag.isUnknown ? [flag.undetermined('true')] : findings;
}
