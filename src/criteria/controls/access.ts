import type { Control } from '../control';
import { Criterion } from '../criterion';

/** People and programs can do what their task needs, and no more. */
export const ACCESS = {
  'identity-management': {
    title: 'Every person and program has an identity of its own, given and removed through one directory',
    criteria: [Criterion.CC6_2, Criterion.CC6_1, Criterion.CC6_3],
    owner: 'shared',
    remainder:
      'Approve each new member of a group before access is given, move people to other groups when their work changes, and remove them on the day they leave.',
    checklist: ['S1-01', 'S2-02', 'S3-61'],
  },
  'strong-authentication': {
    title: 'A password alone opens nothing: a second factor is asked for, and sessions end',
    criteria: [Criterion.CC6_1, Criterion.CC6_2],
    owner: 'shared',
    remainder:
      'Require a second factor in the company directory, and show the auditor a picture of that setting, which AWS tells nobody.',
    checklist: ['S1-01', 'S2-07', 'S3-01', 'S3-32'],
  },
  'least-privilege': {
    title: 'Permissions cover what a role needs and no more, and critical duties are kept apart',
    criteria: [Criterion.CC6_3, Criterion.CC6_1, Criterion.CC5_1],
    owner: 'shared',
    remainder:
      'Decide what each role may do and which group has it, keep those who write a change from approving it, and give a reason for broad permissions. Review each use of emergency access.',
    checklist: ['S3-03', 'S3-12'],
  },
  'access-review': {
    title: 'Who has access to what is listed and reviewed on a schedule',
    criteria: [Criterion.CC6_2, Criterion.CC6_3, Criterion.CC2_1],
    owner: 'shared',
    remainder:
      'Read the access workbook each quarter, decide line by line, have the rejected access removed, and put the signed workbook beside the review.',
    checklist: ['S0-11', 'S1-17', 'S3-26', 'S3-59'],
  },
  'credential-lifecycle': {
    title: 'Passwords, access keys and certificates expire, are rotated, and are removed when unused',
    criteria: [Criterion.CC6_1, Criterion.CC6_2, Criterion.CC6_3],
    owner: 'shared',
    remainder: 'Switch off the users, keys and roles that the access workbook lists as unused, and note when it was done.',
    checklist: ['S3-60'],
  },
  'host-access': {
    title: 'Servers are reached by named people through a recorded channel, never through an open port',
    criteria: [Criterion.CC6_1, Criterion.CC6_3, Criterion.CC6_6],
    owner: 'shared',
    remainder: 'Decide who may open a session on a server, and add the log of one session to the description of that path.',
    checklist: ['S4-12'],
  },
} as const satisfies Record<string, Control>;
