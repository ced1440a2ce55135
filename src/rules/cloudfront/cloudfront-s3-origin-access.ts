import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { inDoubt } from '../shared/about';
import { DISTRIBUTION, distribution, isBucket, originsOf } from '../shared/distributions';

const EXPECTED = 'an origin access control';

const bucket = (origin: JsonObject, domain: Json = 'files.s3.eu-west-1.amazonaws.com') =>
  distribution({ Origins: [{ Id: 'files', DomainName: domain, ...origin }] });

export default defineRule({
  id: 'CloudFront.7',
  slug: 'cloudfront-s3-origin-access',
  title: 'Buckets behind CloudFront are reached with an origin access control',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [DISTRIBUTION],
  applies: (distribution) =>
    !distribution.at('DistributionConfig.S3Origin').isAbsent ||
    originsOf(distribution).some((origin) => isBucket(origin) !== false),
  rationale:
    'A bucket that CloudFront reads without signing its requests has to be open to everyone, past all that CloudFront checks.',
  remediation: 'Use `origins.S3BucketOrigin.withOriginAccessControl(bucket)` as the origin.',
  references: [
    'Security Hub CloudFront.13',
    'AWS Config CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED',
    'cdk-nag CloudFrontDistributionS3OriginAccessControl',
  ],
  check: (distribution) => {
    const legacy = distribution.at('DistributionConfig.S3Origin');
    const found = legacy.isAbsent ? [] : legacy.at('OriginAccessIdentity').mustBeSet(EXPECTED);
    return found.concat(
      originsOf(distribution).flatMap((origin) => {
        const answer = isBucket(origin);
        if (answer === false) return [];
        const [control, identity] = [origin.at('OriginAccessControlId'), origin.at('S3OriginConfig.OriginAccessIdentity')];
        const observations = anyOf([control.mustBeSet(EXPECTED), identity.mustBeSet(EXPECTED)], () => control.fails(EXPECTED));
        return answer ? observations : inDoubt(observations);
      }),
    );
  },
  examples: {
    pass: {
      'there is an origin access control': {
        Control: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
        ...bucket({
          OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] },
          S3OriginConfig: { OriginAccessIdentity: '' },
        }),
      },
      'there is an origin access identity, its predecessor': bucket({
        S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' },
      }),
    },
    fail: {
      'there is none': bucket({}),
      'the identity is empty': bucket({ S3OriginConfig: { OriginAccessIdentity: '' } }),
      'the bucket is one of the template': {
        Files: { Type: 'AWS::S3::Bucket' },
        ...bucket({}, { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] }),
      },
      'an origin of the oldest kind has none': distribution({ S3Origin: { DNSName: 'files.s3.amazonaws.com' } }),
    },
    undetermined: {
      'the control is a parameter': {
        Parameters: { Control: { Type: 'String' } },
        Resources: bucket({ OriginAccessControlId: { Ref: 'Control' } }),
      },
    },
  },
});
