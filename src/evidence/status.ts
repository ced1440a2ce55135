import type { ControlOwner } from '../criteria/control';
import { type Counts, totalOf } from './counts';

/** What the design shows about a control or a criterion, in one word. */
export type Status = 'open' | 'review' | 'supported' | 'inherited' | 'attached' | 'absent' | 'people';

/** How each status is told. */
export const STATUSES: Readonly<Record<Status, string>> = {
  open: 'Open findings',
  review: 'To review',
  supported: 'Supported by design',
  inherited: 'Provided elsewhere',
  attached: 'Evidence attached',
  absent: 'Nothing to judge',
  people: 'Answered by people',
};

export const STATUS_MEANINGS: Readonly<Record<Status, string>> = {
  open: 'At least one rule of severity error found a deviation that nobody accepted.',
  review: 'No error, but warnings, values that only deployment knows, or no rule that passed: a person decides.',
  supported: 'Rules passed. Where one did not, it is advice, or its deviation is accepted, or another app or team provides it.',
  inherited: 'Another app or team provides it, and nothing here shows it: its owner has the evidence.',
  attached: 'No rule judges it: the files of the bundle are the evidence, or what is collected while the system runs.',
  absent: 'No rule of this control judged anything: the templates hold nothing that it applies to, or it was left out.',
  people: 'Templates cannot show it: the evidence is kept by people, or by AWS.',
};

/** The status that counts of verdicts give, and where no rule judges, who answers. */
export function statusOf(counts: Counts, owner: ControlOwner, hasRules: boolean): Status {
  if (counts.error > 0) return 'open';
  if (counts.warning > 0 || counts.undetermined > 0) return 'review';
  const total = totalOf(counts);
  // What is only accepted, or only advised, is not shown to be so.
  if (total > 0) return counts.pass > 0 ? 'supported' : counts.inherited === total ? 'inherited' : 'review';
  if (hasRules) return 'absent';
  return owner === 'library' ? 'attached' : 'people';
}

/** Who answers for a control, as people are told. */
export const OWNERS: Readonly<Record<ControlOwner, string>> = {
  library: 'Infrastructure',
  shared: 'Infrastructure and people',
  organisation: 'People',
  AWS: 'AWS',
};
