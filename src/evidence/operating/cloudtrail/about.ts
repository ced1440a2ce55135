import type { CollectorDescription } from '../collector';

const TRAIL = 'arn:${partition}:cloudtrail:*:*:trail/*';

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
  controls: ['audit-trail', 'event-analysis'],
  scope: 'region',
  reads: 'api',
  actions: { 'cloudtrail:LookupEvents': '*' },
};

export const ARCHIVED_EVENTS: CollectorDescription = {
  id: 'cloudtrail-archive',
  title: 'What people and programs did, from the archive of the trail, for any period',
  version: 1,
  controls: ['audit-trail', 'log-retention'],
  scope: 'region',
  reads: 'archive',
  actions: {},
};
