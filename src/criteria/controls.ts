import type { Control } from './control';
import { ACCESS } from './controls/access';
import { AUDIT } from './controls/audit';
import { CHANGE } from './controls/change';
import { DATA } from './controls/data';
import { ENCRYPTION } from './controls/encryption';
import { GOVERNANCE } from './controls/governance';
import { INCIDENT } from './controls/incident';
import { LOGGING } from './controls/logging';
import { MONITORING } from './controls/monitoring';
import { NETWORK } from './controls/network';
import { PRIVACY } from './controls/privacy';
import { RECOVERY } from './controls/recovery';
import { VULNERABILITY } from './controls/vulnerability';

/** The control catalogue, by theme. */
export const CONTROL_THEMES = {
  'Encryption and secrets': ENCRYPTION,
  Network: NETWORK,
  'Identity and access': ACCESS,
  Logs: LOGGING,
  'Monitoring and alerts': MONITORING,
  'Weaknesses and malware': VULNERABILITY,
  'Configuration and change': CHANGE,
  'Availability and recovery': RECOVERY,
  Incidents: INCIDENT,
  'Data and processing': DATA,
  'Audit and evidence': AUDIT,
  'People and organisation': GOVERNANCE,
  Privacy: PRIVACY,
} as const;

/** The control catalogue. */
export const CONTROLS = {
  ...ENCRYPTION,
  ...NETWORK,
  ...ACCESS,
  ...LOGGING,
  ...MONITORING,
  ...VULNERABILITY,
  ...CHANGE,
  ...RECOVERY,
  ...INCIDENT,
  ...DATA,
  ...AUDIT,
  ...GOVERNANCE,
  ...PRIVACY,
} as const satisfies Record<string, Control>;

export type ControlId = keyof typeof CONTROLS;

/** Every control with its id, in the order of the catalogue. */
export function controlEntries(): [ControlId, Control][] {
  return Object.entries(CONTROLS) as [ControlId, Control][];
}
