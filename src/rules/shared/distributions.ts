import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import type { Ternary } from './ternary';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** The cache behaviors of a distribution, the default one first. */
export function behaviorsOf(distribution: Resource): Value[] {
  const config = distribution.at('DistributionConfig');
  return [config.at('DefaultCacheBehavior'), ...config.at('CacheBehaviors').items()].filter((each) => !each.isAbsent);
}

/** The origins of a distribution. */
export function originsOf(distribution: Resource): Value[] {
  return distribution.at('DistributionConfig.Origins').items();
}

/** Whether an origin is a bucket, and not the web site of one: CloudFront can sign its requests to it. */
export function isBucket(origin: Value): Ternary {
  if (!origin.at('CustomOriginConfig').isAbsent || !origin.at('VpcOriginConfig').isAbsent) return false;
  const domain = origin.at('DomainName');
  if (!origin.at('S3OriginConfig').isAbsent || domain.targets('AWS::S3::Bucket').length > 0 || BUCKET.test(domain.text))
    return true;
  return domain.isUnknown && domain.mentions().length === 0 ? undefined : false;
}

const BUCKET = /\.s3[.-].*amazonaws\.com/;

/** The behaviors that may use an origin and take plain HTTP, or may. An origin group may use any origin. */
export function plainBehaviors(distribution: Resource, origin: Value): Value[] {
  const [id, ids] = [origin.at('Id').string, originsOf(distribution).map((each) => each.at('Id').string)];
  return behaviorsOf(distribution).filter((behavior) => {
    const target = behavior.at('TargetOriginId').string;
    const isUsed = target === undefined || target === id || !ids.includes(target);
    return isUsed && !HTTPS_POLICIES.includes(behavior.at('ViewerProtocolPolicy').string ?? '');
  });
}

/** The policies that keep viewers from plain HTTP. */
export const HTTPS_POLICIES = ['https-only', 'redirect-to-https'];

/** A distribution, for examples. */
export function distribution(config: JsonObject): JsonObject {
  return { Distribution: { Type: DISTRIBUTION, Properties: { DistributionConfig: { Enabled: true, ...config } } } };
}
