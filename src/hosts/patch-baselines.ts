import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { PatchedSystem } from './patched-system';

/** Which patches count as how severe. */
interface Class {
  readonly level: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  /** Keys and values as the system has them. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

const BUGS: Class = { level: 'LOW', filters: { CLASSIFICATION: ['Bugfix'] } };

/** Security updates of a distribution that says how severe they are, and mended bugs. */
function distribution(lesser: readonly string[]): readonly Class[] {
  const CLASSIFICATION = ['Security'];
  return [
    { level: 'CRITICAL', filters: { CLASSIFICATION, SEVERITY: ['Critical'] } },
    { level: 'HIGH', filters: { CLASSIFICATION, SEVERITY: ['Important'] } },
    { level: 'MEDIUM', filters: { CLASSIFICATION, SEVERITY: lesser } },
    BUGS,
  ];
}

/**
 * What is installed on which system. Ubuntu does not tell how severe a flaw is: its priorities are those of packages, so that each of its
 * security updates may be critical.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
const CLASSES: Readonly<Record<PatchedSystem, readonly Class[]>> = {
  [PatchedSystem.AMAZON_LINUX_2]: distribution(['Medium', 'Low']),
  [PatchedSystem.AMAZON_LINUX_2023]: distribution(['Medium', 'Low']),
  [PatchedSystem.REDHAT_ENTERPRISE_LINUX]: distribution(['Moderate', 'Low', 'None']),
  [PatchedSystem.UBUNTU]: [
    { level: 'CRITICAL', filters: { PRIORITY: ['Required', 'Important', 'Standard', 'Optional', 'Extra'] } },
  ],
  [PatchedSystem.WINDOWS]: [
    {
      level: 'CRITICAL',
      filters: { CLASSIFICATION: ['CriticalUpdates', 'SecurityUpdates'], MSRC_SEVERITY: ['Critical'] },
    },
    { level: 'HIGH', filters: { CLASSIFICATION: ['CriticalUpdates', 'SecurityUpdates'], MSRC_SEVERITY: ['Important'] } },
    {
      level: 'MEDIUM',
      filters: {
        CLASSIFICATION: ['CriticalUpdates', 'SecurityUpdates', 'UpdateRollups'],
        MSRC_SEVERITY: ['Moderate', 'Low', 'Unspecified'],
      },
    },
  ],
};

/** Systems whose repositories do not say when a package was released: nothing of them can wait. */
const UNDATED: readonly PatchedSystem[] = [PatchedSystem.UBUNTU];

/** The approval rules of a baseline. */
export function approvalRules(system: PatchedSystem, approveAfterDays: number): ssm.CfnPatchBaseline.RuleGroupProperty {
  return {
    patchRules: CLASSES[system].map(({ level, filters }) => ({
      approveAfterDays: UNDATED.includes(system) ? 0 : approveAfterDays,
      complianceLevel: level,
      patchFilterGroup: {
        patchFilters: Object.entries({ PRODUCT: ['*'], ...filters }).map(([key, values]) => ({ key, values: [...values] })),
      },
    })),
  };
}
