import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution } from '../shared/distributions';

const restricted = (type: Json) =>
  distribution({ Restrictions: { GeoRestriction: { RestrictionType: type, Locations: ['DE', 'FR'] } } });

export default defineRule({
  id: 'CloudFront.11',
  slug: 'cloudfront-geo-restriction',
  title: 'Distributions serve chosen countries',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'info',
  resourceTypes: [DISTRIBUTION],
  rationale: 'Where a service is meant for some countries, requests from all others are attacks more often than not.',
  remediation: "Where that is so, set `geoRestriction: cloudfront.GeoRestriction.allowlist('DE', 'FR')`.",
  references: ['ElectricEye CloudFront.4', 'cdk-nag CloudFrontDistributionGeoRestrictions', 'checkov CKV_AWS_374'],
  check: (distribution) =>
    distribution.at('DistributionConfig.Restrictions.GeoRestriction.RestrictionType').mustBe(['whitelist', 'blacklist'], {
      problem: 'every country is served',
    }),
  examples: {
    pass: { 'some countries are served': restricted('whitelist'), 'some countries are not served': restricted('blacklist') },
    fail: { 'nothing is restricted': distribution({}), 'the restriction is none': restricted('none') },
    undetermined: {
      'the restriction is a parameter': { Parameters: { Type: { Type: 'String' } }, Resources: restricted({ Ref: 'Type' }) },
    },
  },
});
