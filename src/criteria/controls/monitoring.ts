import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Someone learns of it when something is unusual. */
export const MONITORING = {
  'resource-monitoring': {
    title: 'Uptime, response times, errors and load are measured, and crossing a limit raises an alarm',
    criteria: [Criterion.CC7_2, Criterion.A1_1],
    owner: 'library',
    checklist: ['S1-07', 'S2-03', 'S2-04', 'S3-07', 'S4-17', 'S4-19'],
  },
  'alert-routing': {
    title: 'Alarms and security findings reach people, and an alert that cannot be delivered is noticed',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC2_2, Criterion.CC4_2],
    owner: 'library',
    checklist: ['S0-04', 'S2-17', 'S4-18'],
  },
  'alert-baseline': {
    title: 'Usual activity is declared with a reason, so that alerts are about unusual activity',
    criteria: [Criterion.CC7_2, Criterion.CC4_1],
    owner: 'shared',
    remainder: 'Say what is usual, why, who vouches for it and until when, and take back what no longer holds.',
    checklist: ['S0-01', 'S0-02', 'S0-09'],
  },
  'threat-detection': {
    title: 'Hostile and unusual activity is detected in every account and Region in use',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_8, Criterion.CC6_1],
    owner: 'library',
    checklist: ['S0-03', 'S0-06', 'S0-08', 'S3-01', 'S3-53'],
  },
  'event-analysis': {
    title: 'A security event can be traced: who acted, from where, by which route, and what is affected',
    criteria: [Criterion.CC7_3, Criterion.CC7_4, Criterion.CC7_2, Criterion.CC3_4],
    owner: 'shared',
    remainder: 'Read the findings and the weekly digest, decide whether an event is an incident, and write the conclusion down.',
    checklist: ['S0-13', 'S0-14', 'S0-15', 'S0-16', 'S3-49', 'S3-56', 'S3-58'],
  },
} as const satisfies Record<string, Control>;
