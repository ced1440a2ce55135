import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Data is known, processed correctly, and gone when it should be. */
export const DATA = {
  'data-classification': {
    title: 'Sensitive data is found, and what stores it says how sensitive it is',
    criteria: [Criterion.C1_1, Criterion.CC2_1, Criterion.P3_1],
    owner: 'shared',
    remainder: 'Define the classes, assign one to each store of data, and act on sensitive data found elsewhere.',
    checklist: ['S1-19', 'S3-11'],
  },
  'data-retention': {
    title: 'Data is kept as long as was stated, and then disposed of',
    criteria: [Criterion.C1_2, Criterion.P4_2, Criterion.P4_3, Criterion.CC6_5, Criterion.PI1_5],
    owner: 'shared',
    remainder: 'State how long each kind of data is kept, and dispose of what is on your own devices and paper.',
    checklist: [],
  },
  'processing-reliability': {
    title: 'Every item is processed once and in time, and an item that fails is kept and reported',
    criteria: [Criterion.PI1_3, Criterion.PI1_4, Criterion.PI1_5, Criterion.A1_2],
    owner: 'shared',
    remainder: 'Look into the items that failed, process them again, and review that totals agree.',
    checklist: ['S1-14', 'S2-06', 'S3-10'],
  },
  'data-quality': {
    title: 'Inputs and outputs are checked to be complete, accurate and current',
    criteria: [Criterion.PI1_2, Criterion.PI1_3, Criterion.PI1_4, Criterion.P7_1],
    owner: 'shared',
    remainder: 'Write the checks of the application: what a valid input is, how outputs are reconciled, how quality is measured.',
    checklist: ['S1-11', 'S1-13', 'S3-08'],
  },
  'processing-documentation': {
    title: 'What is processed, and how, is documented and matches what runs',
    criteria: [Criterion.PI1_1, Criterion.CC2_1],
    owner: 'shared',
    remainder: 'Describe in words what the processing is for, what its data means, and who may change it.',
    checklist: ['S1-12', 'S3-09', 'S3-22'],
  },
} as const satisfies Record<string, Control>;
