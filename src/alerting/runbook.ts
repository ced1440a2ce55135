import type { RunbookFamily } from './runbook-family';

/** A call of AWS that a runbook makes. */
export interface Call {
  /** Namespace of the service, as Systems Manager calls it. */
  readonly service: string;
  readonly api: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the role of the runbook may do for it, and on what: `{P}`, `{R}` and `{A}` stand for partition, Region and account. */
  readonly rights: Readonly<Record<string, readonly string[]>>;
  /** Values that later steps and the person need, by name: where they are in the answer, and of which type they are. */
  readonly outputs?: Readonly<
    Record<string, readonly [selector: string, type: 'String' | 'StringList' | 'Boolean' | 'Integer' | 'MapList' | 'StringMap']>
  >;
}

/** A step of a runbook. */
export interface Step extends Call {
  /** Letters and digits. */
  readonly name: string;
  /** What it does, for people. */
  readonly title: string;
}

/** A step that contains, and how to take it back. */
export interface ContainingStep extends Step {
  readonly undo: Step;
}

export interface Parameter {
  readonly type: 'String' | 'StringList' | 'Boolean' | 'Integer';
  readonly description: string;
  readonly allowedPattern?: string;
  readonly allowedValues?: readonly string[];
  readonly default?: string | boolean | number | readonly string[];
  /** What the construct knows, so that nobody needs to type it. */
  readonly given?: 'quarantinePolicy' | 'isolationGroup';
}

/** How to answer a kind of finding. The document and the page are made from it. */
export interface Runbook {
  readonly family: RunbookFamily;
  readonly title: string;
  /** What happened, for somebody who is woken at night. */
  readonly summary: string;
  /** How it shows. */
  readonly signs: readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** How things stand; what is needed to take the containing steps back. It only reads. */
  readonly look: readonly Step[];
  readonly contain: readonly ContainingStep[];
  /** Evidence that is kept. */
  readonly collect: readonly Step[];
  readonly eradicate: readonly Step[];
  /** Whether things are as they should be. It only reads. */
  readonly recover: readonly Step[];
  /** What people do, by phase. */
  readonly people: Readonly<Record<'contain' | 'collect' | 'eradicate' | 'recover', readonly string[]>>;
}
