import type { ComplianceItem } from '@aws-sdk/client-ssm';
import { FindingSeverity } from '../../detection/finding-severity';

const { CRITICAL, HIGH, MEDIUM, LOW } = FindingSeverity;

/** What distributions and Microsoft call it. */
const NAMES: Readonly<Record<string, FindingSeverity>> = {
  critical: CRITICAL,
  important: HIGH,
  moderate: MEDIUM,
  medium: MEDIUM,
  low: LOW,
};

/**
 * How severe it is that a patch is missing: what the baseline says, or else who made the patch. Of what nobody says anything, the worst
 * but one is assumed.
 */
export function severityOf({ Severity: level, Details: details }: ComplianceItem): FindingSeverity {
  const known = Object.values(FindingSeverity).find((severity) => severity === level);
  return known ?? NAMES[String(details?.PatchSeverity ?? '').toLowerCase()] ?? HIGH;
}
