import { archivedEvents } from './cloudtrail/archived-events';
import { recentEvents } from './cloudtrail/recent-events';
import { trailSettings } from './cloudtrail/settings';
import type { Collector } from './collector';
import { alarms } from './collectors/alarms';
import { backups } from './collectors/backups';
import { configCompliance } from './collectors/config-compliance';
import { guardDuty } from './collectors/guardduty';
import { iam } from './collectors/iam';
import { inspector } from './collectors/inspector';
import { logIntegrity } from './collectors/log-integrity';
import { patches } from './collectors/patches';
import { securityBulletins } from './collectors/security-bulletins';
import { securityHub } from './collectors/security-hub';

/** Every collector, in the order in which they run. */
export const COLLECTORS: readonly Collector[] = [
  trailSettings,
  recentEvents,
  archivedEvents,
  logIntegrity,
  backups,
  configCompliance,
  guardDuty,
  securityHub,
  inspector,
  patches,
  iam,
  alarms,
  securityBulletins,
];
