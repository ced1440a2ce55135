import { archivedEvents } from './cloudtrail/archived-events';
import { recentEvents } from './cloudtrail/recent-events';
import { trailSettings } from './cloudtrail/settings';
import type { Collector } from './collector';

/** Every collector, in the order in which they run. */
export const COLLECTORS: readonly Collector[] = [trailSettings, recentEvents, archivedEvents];
