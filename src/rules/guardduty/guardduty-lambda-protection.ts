import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DETECTORS, featureExamples, mustHaveFeature } from '../shared/detector-features';

export default defineRule({
  id: 'GuardDuty.7',
  slug: 'guardduty-lambda-protection',
  title: 'GuardDuty watches where Lambda functions connect to',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale: 'A function with a poisoned package calls home from a network of AWS, where no flow log of yours sees it.',
  remediation: "Give `features` of the `CfnDetector` an entry with `name: 'LAMBDA_NETWORK_LOGS'` and `status: 'ENABLED'`.",
  references: ['Security Hub GuardDuty.6', 'AWS Config GUARDDUTY_LAMBDA_PROTECTION_ENABLED', 'ElectricEye GuardDuty.7'],
  check: (detector) => mustHaveFeature(detector, 'LAMBDA_NETWORK_LOGS'),
  examples: featureExamples('LAMBDA_NETWORK_LOGS'),
});
