import { Criterion } from '../../criteria/criterion';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';
import { DETECTORS } from '../shared/detector-features';

const detector = (properties: object) => ({ Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { ...properties } } });

export default defineRule({
  id: 'GuardDuty.1',
  slug: 'guardduty-enabled',
  title: 'GuardDuty is on in the Region',
  criteria: [Criterion.CC7_2, Criterion.CC6_8, Criterion.CC7_3, Criterion.CC3_2],
  control: 'threat-detection',
  severity: 'error',
  scope: 'environment',
  resourceTypes: DETECTORS,
  rationale: 'Logs that nobody reads detect nothing: GuardDuty reads them all the time, and names what looks like an attack.',
  remediation:
    'Create a `guardduty.CfnDetector` with `enable: true` in every Region in use. Where another team or the delegated administrator of the organization turns GuardDuty on, declare an inherited control for `guardduty-enabled` with an owner and a pointer to where that is done.',
  references: ['Security Hub GuardDuty.1', 'AWS Config GUARDDUTY_ENABLED_CENTRALIZED', 'NIST 800-53 SI-4'],
  check: (environment) => {
    const detectors = DETECTORS.flatMap((type) => environment.resources(type));
    if (detectors.length === 0)
      return [
        missing(
          'nothing turns GuardDuty on in this Region',
          'a detector that is on, or an inherited control for `guardduty-enabled`, with an owner and a pointer, where another team or the delegated administrator of the organization runs it',
        ),
      ];
    return detectors.flatMap((detector) => {
      const findings = detector.at('Enable').mustBe(true);
      return findings.length > 0 ? findings : [metBy(detector, 'the detector is on')];
    });
  },
  examples: {
    pass: {
      'the detector is on': detector({ Enable: true }),
      'a detector is adopted': {
        Detector: { Type: 'Custom::Soc2Detector', Properties: { ServiceToken: 'handler', Enable: true } },
      },
    },
    fail: {
      'there is no detector': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the detector is off': detector({ Enable: false }),
      'the detector exists in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: {
          Detector: { Type: 'AWS::GuardDuty::Detector', Condition: 'IsProduction', Properties: { Enable: true } },
        },
      },
    },
    undetermined: {
      'whether the detector is on is a parameter': {
        Parameters: { On: { Type: 'String' } },
        Resources: detector({ Enable: { Ref: 'On' } }),
      },
    },
  },
});
