import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DETECTORS, detector } from '../shared/detector-features';

export default defineRule({
  id: 'GuardDuty.8',
  slug: 'guardduty-publishing-frequency',
  title: 'GuardDuty tells within the hour that a finding happened again',
  criteria: [Criterion.CC7_3, Criterion.CC7_2],
  control: 'alert-routing',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale: 'New findings come at once, but the second and third time of an attack by default up to six hours late.',
  remediation: "Set `findingPublishingFrequency: 'FIFTEEN_MINUTES'` on the `CfnDetector`; it costs nothing.",
  references: ['NIST 800-53 SI-4(5)', 'NIST 800-53 IR-6'],
  check: (detector) => detector.at('FindingPublishingFrequency').mustBe(['FIFTEEN_MINUTES', 'ONE_HOUR']),
  examples: {
    pass: {
      'every fifteen minutes': detector({ FindingPublishingFrequency: 'FIFTEEN_MINUTES' }),
      'every hour': detector({ FindingPublishingFrequency: 'ONE_HOUR' }),
    },
    fail: {
      'the frequency is left to the default': detector({}),
      'every six hours': detector({ FindingPublishingFrequency: 'SIX_HOURS' }),
      'the frequency is removed': detector({ FindingPublishingFrequency: { Ref: 'AWS::NoValue' } }),
    },
    undetermined: {
      'the frequency is a parameter': {
        Parameters: { Frequency: { Type: 'String' } },
        Resources: detector({ FindingPublishingFrequency: { Ref: 'Frequency' } }),
      },
    },
  },
});
