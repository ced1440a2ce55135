import { Criterion } from '../../criteria/criterion';
import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { DETECTORS, detector, withFeature } from '../shared/detector-features';

/** The newer feature holds the older one: a detector has one of them. */
const NAMES = ['RUNTIME_MONITORING', 'EKS_RUNTIME_MONITORING'];

function has(detector: Resource, name: string): Observation[] {
  const feature = detector.at('Features').pick('Name', name);
  return feature.isAbsent || feature.isUnknown ? feature.mustBeSet(name) : feature.at('Status').mustBe('ENABLED');
}

export default defineRule({
  id: 'GuardDuty.4',
  slug: 'guardduty-eks-runtime',
  title: 'GuardDuty watches what runs inside of servers and containers',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale: 'A strange process in a container leaves no trace in any log of AWS until it calls out, and that may be too late.',
  remediation:
    "Give `features` of the `CfnDetector` an entry with `name: 'RUNTIME_MONITORING'`, `status: 'ENABLED'`, and in `additionalConfiguration` the agents that GuardDuty manages for EC2, ECS and EKS. It is billed by vCPU, and GuardDuty does not turn it on by itself.",
  references: ['Security Hub GuardDuty.7', 'Security Hub GuardDuty.11', 'AWS Config GUARDDUTY_RUNTIME_MONITORING_ENABLED'],
  check: (detector) =>
    anyOf(
      NAMES.map((name) => has(detector, name)),
      () => detector.at('Features').fails("'RUNTIME_MONITORING' that is 'ENABLED'", 'runtime monitoring is not on'),
    ),
  examples: {
    pass: {
      'runtime monitoring is on': withFeature('RUNTIME_MONITORING', 'ENABLED'),
      'runtime monitoring is on for Kubernetes': withFeature('EKS_RUNTIME_MONITORING', 'ENABLED'),
    },
    fail: {
      'no feature is mentioned': detector({}),
      'runtime monitoring is off': withFeature('RUNTIME_MONITORING', 'DISABLED'),
      'another feature is on': withFeature('S3_DATA_EVENTS', 'ENABLED'),
    },
    undetermined: {
      'the status is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: withFeature('RUNTIME_MONITORING', { Ref: 'Status' }),
      },
    },
  },
});
