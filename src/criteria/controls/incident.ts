import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Incidents are handled as planned, and leave usable traces. */
export const INCIDENT = {
  'incident-response': {
    title: 'Incidents are classified, contained and ended by a written plan, and those concerned are told',
    criteria: [Criterion.CC7_4, Criterion.CC7_3, Criterion.CC7_5, Criterion.CC2_3, Criterion.P6_6],
    owner: 'shared',
    remainder:
      'Write the plan and name the team, run the runbooks, notify customers and authorities in time, and review each incident.',
    checklist: ['S0-05', 'S0-12', 'S1-04', 'S2-03', 'S3-04', 'S3-25', 'S3-43', 'S3-44', 'S3-45', 'S3-47'],
  },
  'forensic-readiness': {
    title: 'A compromised system can be isolated and copied without loss of traces',
    criteria: [Criterion.CC7_4, Criterion.CC7_5, Criterion.CC7_3],
    owner: 'shared',
    remainder: 'Write down how traces are collected and analysed, and who may open the copies.',
    checklist: ['S3-46'],
  },
} as const satisfies Record<string, Control>;
