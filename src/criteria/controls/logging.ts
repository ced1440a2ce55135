import type { Control } from '../control';
import { Criterion } from '../criterion';

/** What happened can be read afterwards, and nobody could change the record. */
export const LOGGING = {
  'audit-trail': {
    title: 'Who did what, when and from where is recorded in every account and Region',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_1, Criterion.CC8_1],
    owner: 'library',
    checklist: ['S0-10', 'S1-03', 'S4-22'],
  },
  'audit-log-integrity': {
    title: 'A change to a recorded log can be proven',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.PI1_5],
    owner: 'library',
    checklist: [],
  },
  'log-retention': {
    title: 'Logs and records are kept for as long as an investigation or an audit may need them',
    criteria: [Criterion.CC7_3, Criterion.CC7_2, Criterion.CC4_1, Criterion.PI1_5],
    owner: 'library',
    checklist: ['S0-10', 'S3-57'],
  },
  'log-protection': {
    title: 'Logs are encrypted, stand apart from the systems they describe, and cannot be deleted early',
    criteria: [Criterion.CC7_2, Criterion.CC6_1, Criterion.CC7_3],
    owner: 'library',
    checklist: [],
  },
  'data-access-logging': {
    title: 'Reading and changing of sensitive data is recorded and reviewed',
    criteria: [Criterion.CC7_2, Criterion.CC6_1, Criterion.C1_1, Criterion.P6_3],
    owner: 'shared',
    remainder: 'Review the access summary of each store of sensitive data, and sign it.',
    checklist: ['S3-13'],
  },
  'network-logging': {
    title: 'Connections, web requests and name look-ups are recorded',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_6],
    owner: 'library',
    checklist: ['S0-14'],
  },
  'application-logging': {
    title: 'Applications and managed services write down what they do',
    criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.PI1_3],
    owner: 'shared',
    remainder: 'Have applications log the events that matter to the business, and no secrets or personal data.',
    checklist: [],
  },
} as const satisfies Record<string, Control>;
