import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DETECTORS, detector, featureExamples, mustHaveFeature } from '../shared/detector-features';

export default defineRule({
  id: 'GuardDuty.2',
  slug: 'guardduty-s3-protection',
  title: 'GuardDuty watches what is read from and written to S3 buckets',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale: 'A stolen key that empties a bucket shows in nothing but the data events of S3, which no person reads.',
  remediation: "Give `features` of the `CfnDetector` an entry with `name: 'S3_DATA_EVENTS'` and `status: 'ENABLED'`.",
  references: [
    'Security Hub GuardDuty.10',
    'AWS Config GUARDDUTY_S3_PROTECTION_ENABLED',
    'ElectricEye GuardDuty.2',
    'Control Tower CT.GUARDDUTY.PR.1',
  ],
  check: (detector) => mustHaveFeature(detector, 'S3_DATA_EVENTS'),
  examples: {
    ...featureExamples('S3_DATA_EVENTS'),
    fail: {
      ...featureExamples('S3_DATA_EVENTS').fail,
      'the feature is off, in the earlier form': detector({ DataSources: { S3Logs: { Enable: false } } }),
    },
  },
});
