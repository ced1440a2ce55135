import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { DISTRIBUTION, distribution, isBucket, originsOf } from '../shared/distributions';
import { allAre, anyIs, type Ternary } from '../shared/ternary';

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
  rationale: 'Where CloudFront may list the bucket, a request for the root answers with the names of all its objects.',
  remediation: "Set `defaultRootObject: 'index.html'`.",
  references: ['Security Hub CloudFront.1', 'AWS Config CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED', 'CT.CLOUDFRONT.PR.1'],
  ...about(servesBucket, (distribution) => distribution.at('DistributionConfig.DefaultRootObject').mustBeSet('an object')),
  examples: {
    pass: { 'there is a root object': site({ DefaultRootObject: 'index.html' }) },
    fail: { 'there is none': site({}), 'it is empty': site({ DefaultRootObject: '' }) },
    undetermined: {
      'it is a parameter': { Parameters: { Root: { Type: 'String' } }, Resources: site({ DefaultRootObject: { Ref: 'Root' } }) },
    },
  },
});

/** Whether what no path says otherwise about comes from a bucket. */
function servesBucket(distribution: Resource): Ternary {
  const target = distribution.at('DistributionConfig.DefaultCacheBehavior.TargetOriginId');
  return anyIs(originsOf(distribution).map((origin) => allAre([isSame(origin.at('Id'), target), isBucket(origin)])));
}

function isSame(a: Value, b: Value): Ternary {
  return a.text === b.text || (a.isUnknown || b.isUnknown ? undefined : false);
}
