import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Data is unreadable to whoever has no key. */
export const ENCRYPTION = {
  'encryption-at-rest': {
    title: 'Stored data is encrypted',
    criteria: [Criterion.CC6_1, Criterion.C1_1],
    owner: 'library',
    checklist: ['S1-16', 'S2-05', 'S2-07', 'S3-12', 'S3-54', 'S4-07'],
  },
  'encryption-in-transit': {
    title: 'Data is encrypted on its way',
    criteria: [Criterion.CC6_7, Criterion.CC6_1, Criterion.C1_1],
    owner: 'library',
    checklist: ['S1-16', 'S3-54', 'S4-08'],
  },
  'key-management': {
    title: 'Encryption keys rotate, are used only by those meant to, and are not lost',
    criteria: [Criterion.CC6_1, Criterion.C1_1],
    owner: 'shared',
    remainder: 'Decide who may administer each key and who may use it, and keep the two apart.',
    checklist: [],
  },
  'secret-management': {
    title: 'Passwords and other secrets are kept in a vault and rotated, never written in code or settings',
    criteria: [Criterion.CC6_1, Criterion.CC6_2],
    owner: 'shared',
    remainder: 'Keep secrets out of source code, and rotate those that other companies issue to you.',
    checklist: [],
  },
} as const satisfies Record<string, Control>;
