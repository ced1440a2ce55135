import type { Control } from '../control';
import { Criterion } from '../criterion';

/** An auditor can see what is claimed, and on what grounds. */
export const AUDIT = {
  'audit-scope': {
    title: 'The systems, accounts and criteria in the scope of the audit are written down',
    criteria: [Criterion.CC2_1, Criterion.CC3_1],
    owner: 'shared',
    remainder: 'Choose the categories, and confirm that the listed systems are the ones that customers rely on.',
    checklist: ['S1-25', 'S2-08', 'S3-20', 'S3-64', 'S4-01'],
  },
  'system-description': {
    title: 'Diagrams that everyone can read show the system as it is deployed',
    criteria: [Criterion.CC2_1, Criterion.CC2_3, Criterion.CC6_6],
    owner: 'shared',
    remainder: 'Write the description of the service, its people and its commitments that the diagrams belong to.',
    checklist: ['S3-23', 'S4-11'],
  },
  'control-mapping': {
    title: 'Every criterion is mapped to the controls, rules and resources that support it',
    criteria: [Criterion.CC5_1, Criterion.CC5_2, Criterion.CC2_1],
    owner: 'shared',
    remainder: 'Link each risk in the register to the controls that reduce it, and design those that are missing.',
    checklist: ['S2-14', 'S3-66'],
  },
  'control-testing': {
    title: 'Controls are tested before the audit and all through its period, and gaps are found',
    criteria: [Criterion.CC4_1, Criterion.CC4_2, Criterion.CC5_2, Criterion.CC7_1],
    owner: 'shared',
    remainder: 'Read the gap report, test the controls that people carry out, and ask whether the tools still do their job.',
    checklist: ['S1-28', 'S1-30', 'S1-32', 'S2-11', 'S2-15', 'S2-17', 'S3-17', 'S3-48', 'S3-55', 'S3-67', 'S3-70', 'S4-02'],
  },
  'evidence-collection': {
    title: 'Evidence is collected on a schedule, complete, and sealed against change',
    criteria: [Criterion.CC4_1, Criterion.CC2_1],
    owner: 'library',
    checklist: ['S2-16', 'S3-28', 'S3-29', 'S4-03'],
  },
  'exception-management': {
    title: 'Deficiencies and exceptions have an owner, a reason and an end, and are followed until closed',
    criteria: [Criterion.CC4_2, Criterion.CC5_1],
    owner: 'shared',
    remainder: 'Approve or refuse each exception, set priorities, remedy what is open, and answer the findings of the auditor.',
    checklist: ['S1-29', 'S3-19', 'S3-31', 'S3-69'],
  },
  'auditor-engagement': {
    title: 'An independent auditor is engaged, and is given what the examination needs',
    criteria: [Criterion.CC4_1, Criterion.CC2_3],
    owner: 'organisation',
    remainder: 'Choose the kind of report and a licensed firm, give its auditors read-only access and time, and answer openly.',
    checklist: ['S1-26', 'S2-01', 'S2-18', 'S3-27', 'S3-30', 'S3-68', 'S4-04', 'S4-05'],
  },
} as const satisfies Record<string, Control>;
