import { ARCHIVED_EVENTS, RECENT_EVENTS, TRAIL_SETTINGS } from './cloudtrail/about';
import type { CollectorDescription } from './collector';

/** Every collector, without its code: what constructs and documents need to know. Add a collector here and in the registry. */
export const CATALOGUE: readonly CollectorDescription[] = [TRAIL_SETTINGS, RECENT_EVENTS, ARCHIVED_EVENTS];
