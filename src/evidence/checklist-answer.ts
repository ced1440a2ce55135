import type { ChecklistItem } from '../criteria/checklist';
import { addCounts, noCounts } from './counts';
import type { ControlView, Evidence } from './evidence';
import { type Status, statusOf } from './status';

/** What the bundle answers to an item of the checklists. */
export interface ChecklistAnswer {
  readonly status: Status;
  readonly controls: readonly ControlView[];
}

/** The answer to an item: its controls, and what their rules found. */
export function answerTo({ id, owner, files = [] }: ChecklistItem, { controls }: Evidence): ChecklistAnswer {
  const answering = controls.filter(({ control }) => control.checklist.includes(id));
  if (owner === 'organisation' || owner === 'AWS') return { status: 'people', controls: answering };
  const counts = noCounts();
  for (const view of answering) addCounts(counts, view.counts);
  const hasRules = answering.some(({ rules }) => rules.length > 0);
  const status = statusOf(counts, owner, hasRules);
  return { status: files.length > 0 && status === 'people' ? 'attached' : status, controls: answering };
}
