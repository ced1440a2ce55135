import type { CollectorDescription } from '../collector';
import { POPULATIONS } from './populations';

const TRAIL = 'arn:${partition}:cloudtrail:*:*:trail/*';

/** The controls that populations of events show. */
const EVENTS: CollectorDescription['controls'] = [...new Set(POPULATIONS.flatMap(({ controls }) => controls))];

export const TRAIL_SETTINGS: CollectorDescription = {
  id: 'cloudtrail-settings',
  title: 'Trails, whether they log, and what they log',
  version: 1,
  controls: ['audit-trail', 'audit-log-integrity', 'log-protection', 'data-access-logging', 'threat-detection'],
  scope: 'region',
  reads: 'api',
  actions: {
    'cloudtrail:DescribeTrails': '*',
    'cloudtrail:GetTrailStatus': TRAIL,
    'cloudtrail:GetEventSelectors': TRAIL,
    'cloudtrail:GetInsightSelectors': TRAIL,
  },
};

export const RECENT_EVENTS: CollectorDescription = {
  id: 'cloudtrail-events',
  title: 'What people and programs did, from the event history of the last 90 days',
  version: 1,
  controls: EVENTS,
  scope: 'region',
  reads: 'api',
  onlyWithoutArchive: true,
  actions: { 'cloudtrail:LookupEvents': '*' },
};

export const ARCHIVED_EVENTS: CollectorDescription = {
  id: 'cloudtrail-archive',
  title: 'What people and programs did, from the archive of the trail, for any period',
  version: 1,
  controls: [...EVENTS, 'log-retention'],
  scope: 'region',
  reads: 'archive',
  actions: {},
};
