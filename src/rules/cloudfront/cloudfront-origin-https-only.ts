import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution, originsOf, plainBehaviors } from '../shared/distributions';
import { VPC_ORIGIN, vpcOrigin } from '../shared/vpc-origins';

const EXPECTED = "'https-only'";

const custom = (policy: Json, viewers: Json = 'redirect-to-https') =>
  distribution({
    DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: viewers },
    Origins: [{ Id: 'web', DomainName: 'app.example.com', CustomOriginConfig: { OriginProtocolPolicy: policy } }],
  });

export default defineRule({
  id: 'CloudFront.5',
  slug: 'cloudfront-origin-https-only',
  title: 'CloudFront reaches its origins over HTTPS only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DISTRIBUTION, VPC_ORIGIN],
  rationale: 'Viewers see a lock, and behind CloudFront the same request crosses the network in the clear.',
  remediation:
    'Set `protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY` on the origin. In place of the web site of a bucket, which has no HTTPS, use `origins.S3BucketOrigin.withOriginAccessControl(bucket)`.',
  references: ['Security Hub CloudFront.9', 'AWS Config CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED', 'checkov CKV2_AWS_72'],
  check: (resource) => (resource.type === VPC_ORIGIN ? checkVpcOrigin(resource) : checkOrigins(resource)),
  examples: {
    pass: {
      'the origin is reached over https': custom('https-only', 'allow-all'),
      'the origin is reached as viewers come, which is over https': custom('match-viewer'),
      'a bucket has no protocol': distribution({ Origins: [{ Id: 'files', DomainName: 'files.s3.amazonaws.com' }] }),
      'a vpc origin is reached over https': vpcOrigin({ OriginProtocolPolicy: 'https-only' }),
    },
    fail: {
      'the origin is reached over http': custom('http-only'),
      'the origin is reached as viewers come, who may come over http': custom('match-viewer', 'allow-all'),
      'a vpc origin is reached over http': vpcOrigin({ OriginProtocolPolicy: 'http-only' }),
      'a vpc origin is reached as viewers come': vpcOrigin({}),
    },
    undetermined: {
      'the policy is a parameter': { Parameters: { Policy: { Type: 'String' } }, Resources: custom({ Ref: 'Policy' }) },
    },
  },
});

function checkOrigins(distribution: Resource): Observation[] {
  return originsOf(distribution).flatMap((origin) => {
    if (origin.at('CustomOriginConfig').isAbsent) return [];
    const policy = origin.at('CustomOriginConfig.OriginProtocolPolicy');
    if (policy.string !== 'match-viewer') return policy.mustBe('https-only');
    return plainBehaviors(distribution, origin).map((behavior) => {
      const viewers = behavior.at('ViewerProtocolPolicy');
      return viewers.isUnknown ? viewers.undetermined('https') : policy.fails(EXPECTED, 'viewers may come over plain HTTP');
    });
  });
}

function checkVpcOrigin(resource: Resource): Observation[] {
  const policy = resource.at('VpcOriginEndpointConfig.OriginProtocolPolicy');
  if (!policy.isAbsent && policy.string !== 'match-viewer') return policy.mustBe('https-only');
  const users = resource.pointedAtBy(DISTRIBUTION, 'DistributionConfig.Origins.*.VpcOriginConfig.VpcOriginId');
  const isSafe = users.every((user) => originsOf(user).every((origin) => plainBehaviors(user, origin).length === 0));
  if (users.length > 0 && isSafe) return users.map((user) => metBy(user, 'its viewers come over HTTPS'));
  return [policy.fails(EXPECTED, 'the origin is reached as viewers come, which may be over plain HTTP')];
}
