import type { ControlId } from '../../criteria/controls';
import { ARCHIVED_EVENTS, RECENT_EVENTS, TRAIL_SETTINGS } from './cloudtrail/about';
import type { CollectorDescription } from './collector';
import {
  ACCESS_REVIEWS,
  ALARMS,
  BACKUPS,
  CONFIG_COMPLIANCE,
  GUARDDUTY,
  IAM,
  INSPECTOR,
  LOG_INTEGRITY,
  PATCHES,
  RESTORE_TICKETS,
  SECURITY_BULLETINS,
  SECURITY_HUB,
} from './collectors/about';

/** Every collector, without its code: what constructs and documents need to know. Add a collector here and in the registry. */
export const CATALOGUE: readonly CollectorDescription[] = [
  TRAIL_SETTINGS,
  RECENT_EVENTS,
  ARCHIVED_EVENTS,
  LOG_INTEGRITY,
  BACKUPS,
  RESTORE_TICKETS,
  CONFIG_COMPLIANCE,
  GUARDDUTY,
  SECURITY_HUB,
  INSPECTOR,
  PATCHES,
  IAM,
  ACCESS_REVIEWS,
  ALARMS,
  SECURITY_BULLETINS,
];

/** The collectors that show that some of these controls operated. */
export function collectorsOf(controls: readonly ControlId[]): CollectorDescription[] {
  return CATALOGUE.filter((collector) => collector.controls.some((id) => controls.includes(id)));
}
