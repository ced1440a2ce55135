/** Something that somebody may do somewhere. */
export interface Access {
  readonly kind: 'IAM user' | 'IAM role' | 'Identity Center user';
  readonly who: string;
  /** The group that it comes by, or who may take a role. */
  readonly through: string;
  readonly account: string;
  /** The permission set or the policy. */
  readonly access: string;
  /** When it was last used: a day, `never`, or empty where AWS does not say. */
  readonly lastUsed: string;
}

/** A key of a user. */
export interface Key {
  readonly number: 1 | 2;
  readonly active: boolean;
  /** When it was made; undefined where AWS does not say. */
  readonly rotated?: Date;
  readonly lastUsed?: Date;
}

/** A user of IAM, or the root user. */
export interface User {
  readonly name: string;
  readonly arn: string;
  readonly isRoot: boolean;
  readonly created?: Date;
  readonly hasPassword: boolean;
  readonly passwordLastUsed?: Date;
  readonly passwordChanged?: Date;
  readonly hasSecondFactor: boolean;
  readonly keys: readonly Key[];
}

/** A role of IAM. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly created?: Date;
  readonly lastUsed?: Date;
}

/** A permission set of Identity Center. */
export interface PermissionSet {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly session: string;
  readonly policies: readonly string[];
  readonly accounts: number;
  readonly people: number;
}

/** A use of emergency access that nobody reviewed yet. */
export interface EmergencyUse {
  readonly item: string;
  readonly title: string;
  readonly opened?: Date;
}

/** What was found in an account. */
export interface Collected {
  readonly access: readonly Access[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  readonly permissionSets: readonly PermissionSet[];
  readonly emergencyUses: readonly EmergencyUse[];
  /** What a reader must know of what was collected. */
  readonly notes: readonly string[];
}

/** What somebody should do something about. */
export interface Concern {
  readonly metric: string;
  readonly who: string;
  readonly what: string;
}

/** How access changed since the review before. */
export interface Change {
  readonly change: 'added' | 'removed';
  readonly access: Access;
}
