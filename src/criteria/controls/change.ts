import type { Control } from '../control';
import { Criterion } from '../criterion';

/** What runs is known, and changes only as approved. */
export const CHANGE = {
  'configuration-recording': {
    title: 'The settings of every resource are recorded each time they change',
    criteria: [Criterion.CC7_1, Criterion.CC8_1, Criterion.CC3_4],
    owner: 'library',
    checklist: ['S3-24'],
  },
  'change-management': {
    title: 'Changes are reviewed, tested and approved, and reach production through a pipeline only',
    criteria: [Criterion.CC8_1, Criterion.CC7_1],
    owner: 'shared',
    remainder: 'Protect the main branch, review and approve every change, and explain each emergency change afterwards.',
    checklist: ['S1-15', 'S2-12'],
  },
  'environment-separation': {
    title: 'Production is separate from development and test',
    criteria: [Criterion.CC8_1, Criterion.CC6_1],
    owner: 'library',
    checklist: ['S4-13'],
  },
  'asset-inventory': {
    title: 'Every resource is listed, with its owner',
    criteria: [Criterion.CC6_1, Criterion.CC3_2, Criterion.CC2_1],
    owner: 'library',
    checklist: ['S3-34'],
  },
} as const satisfies Record<string, Control>;
