import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DETECTORS, featureExamples, mustHaveFeature } from '../shared/detector-features';

export default defineRule({
  id: 'GuardDuty.5',
  slug: 'guardduty-rds-protection',
  title: 'GuardDuty watches who signs in to Aurora and RDS databases',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale:
    'Guessed passwords and sign-ins from places where nobody works are seen only where the sign-ins of the database are.',
  remediation: "Give `features` of the `CfnDetector` an entry with `name: 'RDS_LOGIN_EVENTS'` and `status: 'ENABLED'`.",
  references: ['Security Hub GuardDuty.9', 'AWS Config GUARDDUTY_RDS_PROTECTION_ENABLED', 'ElectricEye GuardDuty.5'],
  check: (detector) => mustHaveFeature(detector, 'RDS_LOGIN_EVENTS'),
  examples: featureExamples('RDS_LOGIN_EVENTS'),
});
