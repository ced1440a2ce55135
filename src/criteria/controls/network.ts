import type { Control } from '../control';
import { Criterion } from '../criterion';

/** Traffic takes only the ways that are meant for it. */
export const NETWORK = {
  'public-exposure': {
    title: 'Nothing can be reached or read from the internet unless it is meant to be',
    criteria: [Criterion.CC6_6, Criterion.CC6_1],
    owner: 'library',
    checklist: ['S2-05'],
  },
  'network-boundary': {
    title: 'Firewalls let in only the traffic that a system needs',
    criteria: [Criterion.CC6_6, Criterion.CC6_1],
    owner: 'library',
    checklist: ['S2-02', 'S3-01', 'S3-52', 'S4-09'],
  },
  'network-segmentation': {
    title: 'Systems of different trust stand in separate parts of the network',
    criteria: [Criterion.CC6_6, Criterion.CC6_1],
    owner: 'library',
    checklist: [],
  },
  'web-application-firewall': {
    title: 'Web traffic is filtered for known attacks before it reaches an application',
    criteria: [Criterion.CC6_6],
    owner: 'library',
    checklist: ['S3-52'],
  },
  'egress-control': {
    title: 'Data leaves only to destinations that are known',
    criteria: [Criterion.CC6_7, Criterion.CC6_6, Criterion.CC7_2],
    owner: 'shared',
    remainder: 'List the destinations that each system has to reach, and look into every attempt to reach another.',
    checklist: ['S0-07'],
  },
} as const satisfies Record<string, Control>;
