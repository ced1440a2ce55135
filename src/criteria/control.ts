import type { Criterion } from './criterion';

/** Who answers for a control: the library alone, the library and people, people alone, or AWS. */
export type ControlOwner = 'library' | 'shared' | 'organisation' | 'AWS';

/** Something that is in place so that criteria are met. */
export interface Control {
  /** What is true when the control works, without a full stop. */
  readonly title: string;
  /** Criteria that the control supports, the most relevant first. */
  readonly criteria: readonly Criterion[];
  readonly owner: ControlOwner;
  /** What people still do; said for every control that the library does not answer for alone. */
  readonly remainder?: string;
  /** Ids of the items of the source checklists that the control answers. */
  readonly checklist: readonly string[];
}
