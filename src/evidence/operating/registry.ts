import { archivedEvents } from './cloudtrail/archived-events';
import { recentEvents } from './cloudtrail/recent-events';
import { trailSettings } from './cloudtrail/settings';
import type { Collector } from './collector';
import { accessReviews } from './collectors/access-reviews';
import { alarms } from './collectors/alarms';
import { backups } from './collectors/backups';
import { configCompliance } from './collectors/config-rules';
import { guardDuty } from './collectors/guardduty';
import { iam } from './collectors/iam';
import { inspector } from './collectors/inspector';
import { logIntegrity } from './collectors/log-integrity';
import { patches } from './collectors/patches';
import { restoreTickets } from './collectors/restore-tickets';
import { securityBulletins } from './collectors/security-bulletins';
import { securityHub } from './collectors/security-hub';

/** Every collector, in the order in which they run. */
export const COLLECTORS: readonly Collector[] = [
  trailSettings,
  recentEvents,
  archivedEvents,
  logIntegrity,
  backups,
  restoreTickets,
  configCompliance,
  guardDuty,
  securityHub,
  inspector,
  patches,
  iam,
  accessReviews,
  alarms,
  securityBulletins,
];
