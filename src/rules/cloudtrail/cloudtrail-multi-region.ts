import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...properties } },
});

export default defineRule({
  id: 'CloudTrail.2',
  slug: 'cloudtrail-multi-region',
  title: 'The trail covers all Regions',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'error',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'An intruder works where nobody looks: a trail of one Region says nothing of what is done in the others.',
  remediation: 'Leave `isMultiRegionTrail` of the `Trail` at its default, or set it to `true`.',
  references: [
    'Security Hub CloudTrail.1',
    'AWS Config MULTI_REGION_CLOUD_TRAIL_ENABLED',
    'CIS AWS Foundations 3.1',
    'checkov CKV_AWS_67',
  ],
  check: (trail) => byAnyTrail(trail, (each) => each.at('IsMultiRegionTrail').mustBe(true)),
  examples: {
    pass: {
      'the trail covers all Regions': trail({ IsMultiRegionTrail: true }),
      'another trail of the account covers all Regions': {
        ...trail({}),
        Organization: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: { S3BucketName: 'organization-logs', IsLogging: true, IsMultiRegionTrail: true, IsOrganizationTrail: true },
        },
      },
    },
    fail: {
      'Regions are not mentioned': trail({}),
      'the trail covers one Region': trail({ IsMultiRegionTrail: false }),
      'the trail that covers all Regions is switched off': {
        ...trail({}),
        Retired: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: { S3BucketName: 'old-logs', IsLogging: false, IsMultiRegionTrail: true },
        },
      },
    },
    undetermined: {
      'the Regions are a parameter': {
        Parameters: { Everywhere: { Type: 'String' } },
        Resources: trail({ IsMultiRegionTrail: { Ref: 'Everywhere' } }),
      },
    },
  },
});
