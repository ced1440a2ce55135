import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Personal data is handled as the people it is about were told. */
export const PRIVACY = {
  'privacy-notice': {
    title: 'People are told which personal data is collected, why, and what becomes of it',
    criteria: [Criterion.P1_1],
    owner: 'organisation',
    remainder: 'Publish a privacy notice, keep it current, and keep its earlier versions.',
    checklist: ['S1-20', 'S3-14'],
  },
  consent: {
    title: 'People are given their choices, and consent is obtained and recorded',
    criteria: [Criterion.P2_1, Criterion.P3_2],
    owner: 'organisation',
    remainder: 'Ask before collecting, record each consent, and honour each withdrawal.',
    checklist: ['S1-21'],
  },
  'personal-data-use': {
    title: 'Personal data is collected and used for the stated purposes only',
    criteria: [Criterion.P3_1, Criterion.P4_1, Criterion.P1_1, Criterion.CC3_4],
    owner: 'organisation',
    remainder: 'Assess the impact on privacy before each new use, and stop collecting what is not needed.',
    checklist: ['S1-23'],
  },
  'data-subject-requests': {
    title: 'People can see, correct and have deleted the personal data held about them',
    criteria: [Criterion.P5_1, Criterion.P5_2, Criterion.P4_3, Criterion.P7_1],
    owner: 'organisation',
    remainder: 'Verify who asks, answer in time, carry the correction or deletion through, and keep a log of the requests.',
    checklist: ['S1-22', 'S3-15'],
  },
  'personal-data-disclosure': {
    title: 'Personal data is disclosed only with consent, and every disclosure is on record',
    criteria: [Criterion.P6_1, Criterion.P6_2, Criterion.P6_3, Criterion.P6_4, Criterion.P6_5, Criterion.P6_7],
    owner: 'organisation',
    remainder: 'Keep a record of disclosures, wanted and unwanted, show people theirs, and bind those who receive the data.',
    checklist: [],
  },
  'privacy-monitoring': {
    title: 'Privacy complaints are answered, and it is watched whether the notice and the law are kept to',
    criteria: [Criterion.P8_1, Criterion.CC4_1],
    owner: 'organisation',
    remainder: 'Give people a contact, keep a log of complaints and answers, and review the practice once a year.',
    checklist: ['S3-16'],
  },
} as const satisfies Record<string, Control>;
