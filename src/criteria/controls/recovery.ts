import type { Control } from '../control';
import { Criterion } from '../criterion';

/** What is lost can be brought back, and the service keeps its promises meanwhile. */
export const RECOVERY = {
  'high-availability': {
    title: 'The failure of one machine or data centre does not stop the service',
    criteria: [Criterion.A1_2, Criterion.CC7_5],
    owner: 'library',
    checklist: ['S1-06', 'S2-03', 'S3-33', 'S4-10'],
  },
  'capacity-management': {
    title: 'Load is measured against limits, and capacity grows before they are reached',
    criteria: [Criterion.A1_1],
    owner: 'shared',
    remainder: 'Read the capacity trend, plan for growth, and have the quotas of the accounts raised in time.',
    checklist: ['S1-10', 'S4-20'],
  },
  'service-levels': {
    title: 'What customers are promised is measured',
    criteria: [Criterion.A1_1, Criterion.CC2_3, Criterion.CC3_1],
    owner: 'shared',
    remainder: 'Agree service levels with customers, set the measured targets to match, and report how they were met.',
    checklist: ['S3-05'],
  },
  'deletion-protection': {
    title: 'Data is not lost by one mistaken command or deployment',
    criteria: [Criterion.A1_2, Criterion.C1_1, Criterion.PI1_5],
    owner: 'library',
    checklist: [],
  },
  'data-backup': {
    title: 'Data is backed up on a schedule',
    criteria: [Criterion.A1_2, Criterion.CC7_5],
    owner: 'library',
    checklist: ['S1-08', 'S3-33'],
  },
  'backup-protection': {
    title: 'Backups are encrypted, cannot be deleted early, and have a copy elsewhere',
    criteria: [Criterion.A1_2, Criterion.CC6_1, Criterion.C1_1, Criterion.PI1_5],
    owner: 'library',
    checklist: [],
  },
  'backup-monitoring': {
    title: 'A backup that fails or does not run is reported',
    criteria: [Criterion.A1_2, Criterion.CC7_2],
    owner: 'library',
    checklist: ['S4-27', 'S4-28'],
  },
  'data-recovery': {
    title: 'An earlier state of the data can be brought back',
    criteria: [Criterion.A1_2, Criterion.CC7_5, Criterion.PI1_5],
    owner: 'library',
    checklist: ['S2-03', 'S4-30'],
  },
  'restore-testing': {
    title: 'Backups are restored and checked on a schedule, and each test leaves a record',
    criteria: [Criterion.A1_3, Criterion.A1_2, Criterion.CC7_5],
    owner: 'shared',
    remainder: 'Read the restore tickets, and write the check for a database that you run on a server of your own.',
    checklist: ['S1-08', 'S4-29', 'S4-30', 'S4-31'],
  },
  'disaster-recovery': {
    title: 'The service can be brought back after the loss of a Region, within the time that was promised',
    criteria: [Criterion.A1_2, Criterion.A1_3, Criterion.CC7_5, Criterion.CC9_1],
    owner: 'shared',
    remainder: 'Write the recovery plan, say how much time and data may be lost, and rehearse it at least once a year.',
    checklist: ['S1-09', 'S3-06'],
  },
} as const satisfies Record<string, Control>;
