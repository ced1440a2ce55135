/** Options of `OrganizationBaseline`. */
export interface OrganizationBaselineProps {
  /** Id of the organization, such as `o-a1b2c3d4e5`: its accounts read the code of functions. */
  readonly organizationId: string;

  /** Ids of the root or the units whose accounts get the stack; those that come later get it when they come. */
  readonly targetIds: string[];

  /** The Regions that each account gets the stack in, 1 at least, each once. */
  readonly regions: string[];

  /**
   * Accounts in the units that do not get it.
   *
   * @default - all get it
   */
  readonly excludedAccounts?: string[];

  /**
   * Whether the stack set is made by the delegated administrator of stack sets, and not by the account that manages the organization.
   *
   * @default false
   */
  readonly asDelegatedAdministrator?: boolean;

  /**
   * How many of a hundred accounts in a Region are changed at the same time, 1 to 100.
   *
   * @default 25
   */
  readonly maxConcurrentPercentage?: number;

  /**
   * In how many of a hundred accounts of a Region the stack may fail until the change is stopped there, 0 to 100. Where it failed in fewer, the
   * deployment succeeds: the stack set lists its instances that are not current.
   *
   * @default 10
   */
  readonly failureTolerancePercentage?: number;

  /**
   * Whether Regions are changed at the same time. Otherwise it is one after the other, in the order of `regions`.
   *
   * @default true
   */
  readonly regionsInParallel?: boolean;

  /**
   * Whether the stack stays in an account that leaves the units. What records and detects should not stop because somebody moves an
   * account.
   *
   * @default true
   */
  readonly retainStacks?: boolean;

  /**
   * Name of the stack set, 1 to 128 letters, digits and hyphens, a letter first. Another name makes another stack set.
   *
   * @default - a name from the path of the construct
   */
  readonly stackSetName?: string;

  /**
   * What the names of the buckets for the code of functions begin with, 3 to 30 lower-case letters, digits and hyphens; the account and the
   * Region follow. Each stack set has buckets of its own.
   *
   * @default 'baseline-assets'
   */
  readonly assetBucketPrefix?: string;
}
