import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

const RULES = 'BucketEncryption.ServerSideEncryptionConfiguration';
const ALGORITHM = 'ServerSideEncryptionByDefault.SSEAlgorithm';

/** The algorithm that a bucket encrypts new objects with; S3 takes one rule. */
export function encryptionAlgorithm(bucket: Resource): Value {
  const [rule] = bucket.at(RULES).items();
  return rule ? rule.at(ALGORITHM) : bucket.at(`${RULES}.0.${ALGORITHM}`);
}
