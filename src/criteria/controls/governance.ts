import type { Control } from '../control';
import { Criterion } from '../criterion';

/** People lead, decide and know their part. */
export const GOVERNANCE = {
  governance: {
    title: 'Leaders set the tone, oversee the controls, and give each duty to a named person',
    criteria: [Criterion.CC1_1, Criterion.CC1_2, Criterion.CC1_3, Criterion.CC1_5],
    owner: 'organisation',
    remainder:
      'Keep a code of conduct, minutes of the oversight, an organisation chart, and the appointment of each responsible person.',
    checklist: ['S1-24'],
  },
  policies: {
    title: 'Policies and procedures are written, approved, current and known',
    criteria: [Criterion.CC5_3, Criterion.CC1_1, Criterion.CC2_2, Criterion.CC2_1],
    owner: 'shared',
    remainder: 'Write and approve the policies, and review them once a year. The library writes only the technical standards.',
    checklist: ['S1-27', 'S2-13', 'S3-02', 'S3-21', 'S3-33', 'S3-62'],
  },
  training: {
    title: 'People are trained for their duties, and it is tracked who was',
    criteria: [Criterion.CC1_4, Criterion.CC1_5, Criterion.CC2_2],
    owner: 'organisation',
    remainder: 'Train everyone on joining and once a year, and keep the list of who completed it.',
    checklist: ['S1-18', 'S3-39', 'S3-40', 'S3-42'],
  },
  communication: {
    title: 'Those inside and outside who need to know about the controls are told',
    criteria: [Criterion.CC2_2, Criterion.CC2_3],
    owner: 'organisation',
    remainder: 'Send news about security to staff, share the report with customers, and give everyone a way to raise a concern.',
    checklist: ['S1-31', 'S3-41'],
  },
  'risk-assessment': {
    title: 'Risks, fraud among them, are identified, rated and answered',
    criteria: [Criterion.CC3_2, Criterion.CC3_1, Criterion.CC3_3, Criterion.CC3_4, Criterion.CC9_1, Criterion.CC5_1],
    owner: 'organisation',
    remainder:
      'Keep a risk register, and go through it once a year and after each large change. The inventory and the findings feed it.',
    checklist: ['S2-09', 'S3-18', 'S3-35', 'S3-36', 'S3-37', 'S3-65'],
  },
  'vendor-management': {
    title: 'Vendors and partners are assessed before they are used, and again each year',
    criteria: [Criterion.CC9_2, Criterion.P6_4, Criterion.P6_5],
    owner: 'organisation',
    remainder:
      'List the vendors, read their reports (that of AWS comes from AWS Artifact), and put the duties into the contracts.',
    checklist: ['S2-10', 'S3-63'],
  },
  'physical-security': {
    title: 'Data centres are guarded, and storage media are destroyed before they leave',
    criteria: [Criterion.CC6_4, Criterion.CC6_5, Criterion.A1_2],
    owner: 'AWS',
    remainder: 'Read the SOC 2 report of AWS, meet what it expects of its customers, and secure your own offices and laptops.',
    checklist: ['S1-05'],
  },
} as const satisfies Record<string, Control>;
