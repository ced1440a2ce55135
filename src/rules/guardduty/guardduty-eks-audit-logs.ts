import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DETECTORS, detector, featureExamples, mustHaveFeature } from '../shared/detector-features';

export default defineRule({
  id: 'GuardDuty.3',
  slug: 'guardduty-eks-audit-logs',
  title: 'GuardDuty reads the audit logs of Kubernetes clusters',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: DETECTORS,
  rationale: 'Who takes over a cluster does it through the Kubernetes API, of which CloudTrail sees nothing.',
  remediation: "Give `features` of the `CfnDetector` an entry with `name: 'EKS_AUDIT_LOGS'` and `status: 'ENABLED'`.",
  references: ['Security Hub GuardDuty.5', 'AWS Config GUARDDUTY_EKS_PROTECTION_AUDIT_ENABLED', 'ElectricEye GuardDuty.3'],
  check: (detector) => mustHaveFeature(detector, 'EKS_AUDIT_LOGS'),
  examples: {
    ...featureExamples('EKS_AUDIT_LOGS'),
    fail: {
      ...featureExamples('EKS_AUDIT_LOGS').fail,
      'the feature is off, in the earlier form': detector({ DataSources: { Kubernetes: { AuditLogs: { Enable: false } } } }),
    },
  },
});
