import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution, isBucket, originsOf } from '../shared/distributions';

const site = (config: JsonObject) =>
  distribution({
    DefaultCacheBehavior: { TargetOriginId: 'files', ViewerProtocolPolicy: 'https-only' },
    Origins: [{ Id: 'files', DomainName: 'files.s3.eu-west-1.amazonaws.com', S3OriginConfig: {} }],
    ...config,
  });

export default defineRule({
  id: 'CloudFront.8',
  slug: 'cloudfront-default-root-object',
  title: 'Distributions over a bucket answer a request for the root with an object',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'warning',
  resourceTypes: [DISTRIBUTION],
  applies: servesBucket,
  rationale: 'Where CloudFront may list the bucket, a request for the root answers with the names of all its objects.',
  remediation: "Set `defaultRootObject: 'index.html'`.",
  references: ['Security Hub CloudFront.1', 'AWS Config CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED', 'CT.CLOUDFRONT.PR.1'],
  check: (distribution) => distribution.at('DistributionConfig.DefaultRootObject').mustBeSet('an object'),
  examples: {
    pass: { 'there is a root object': site({ DefaultRootObject: 'index.html' }) },
    fail: { 'there is none': site({}), 'it is empty': site({ DefaultRootObject: '' }) },
    undetermined: {
      'it is a parameter': { Parameters: { Root: { Type: 'String' } }, Resources: site({ DefaultRootObject: { Ref: 'Root' } }) },
    },
  },
});

/** Whether what no path says otherwise about comes from a bucket. */
function servesBucket(distribution: Resource): boolean {
  const target = distribution.at('DistributionConfig.DefaultCacheBehavior.TargetOriginId').string;
  return originsOf(distribution).some((origin) => origin.at('Id').string === target && isBucket(origin));
}
