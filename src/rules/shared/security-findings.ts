import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { eventPatternOf, isAbout, matchesEvent } from './event-pattern';
import type { Ternary } from './ternary';

/** A finding as GuardDuty sends it to EventBridge. */
export function guardDutyFinding(severity: number): JsonObject {
  return {
    version: '0',
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    resources: [],
    detail: {
      schemaVersion: '2.0',
      type: 'Impact:EC2/AbusedDomainRequest.Reputation',
      severity,
      service: { serviceName: 'guardduty', archived: false, count: 1 },
    },
  };
}

/** A finding as Security Hub sends it to EventBridge: what it was in the first form of the service, and in the second. */
export function securityHubFindings(product: string, label: 'HIGH' | 'CRITICAL'): JsonObject[] {
  const isCritical = label === 'CRITICAL';
  const event = (detailType: string, finding: JsonObject): JsonObject => ({
    version: '0',
    'detail-type': detailType,
    source: 'aws.securityhub',
    resources: [],
    detail: { findings: [finding] },
  });
  return [
    event('Security Hub Findings - Imported', {
      ProductName: product,
      Severity: { Label: label, Normalized: isCritical ? 90 : 70 },
      Workflow: { Status: 'NEW' },
      WorkflowState: 'NEW',
      RecordState: 'ACTIVE',
      Compliance: { Status: 'FAILED' },
    }),
    event('Findings Imported V2', {
      severity: isCritical ? 'Critical' : 'High',
      severity_id: isCritical ? 5 : 4,
      status: 'New',
      status_id: 1,
      metadata: { product: { name: product } },
    }),
  ];
}

const SEVERE = [
  guardDutyFinding(8),
  guardDutyFinding(9.5),
  ...securityHubFindings('GuardDuty', 'HIGH'),
  ...securityHubFindings('Security Hub', 'CRITICAL'),
];

/** Whether a rule of EventBridge passes severe findings on. */
export function isFindingRoute(rule: Resource): Ternary {
  const pattern = eventPatternOf(rule);
  const isNamed = isAbout(rule, 'aws.guardduty', 'aws.securityhub');
  return isNamed !== false && SEVERE.some((event) => matchesEvent(pattern, event) !== false) && isNamed;
}
