/**
 * A control that another app or team provides for this one, such as the trail of the organization.
 *
 * The ledger records it as inherited, with this owner and pointer, and never as passed.
 */
export interface InheritedControl {
  /** Id or slug of the rule that the control meets, for example `guardduty-enabled`; `RuleInfo.inheritable` says which can be met so. */
  readonly rule: string;
  /** Who provides it: a team or an account. */
  readonly owner: string;
  /** Where its evidence is: a link, a ticket, the name of the stack that creates it. */
  readonly pointer: string;
}

/** A rule that an app leaves out. */
export interface RuleExclusion {
  /** Id or slug of the rule. */
  readonly rule: string;
  /** Why, for an auditor to read; the ledger records it. */
  readonly reason: string;
}
