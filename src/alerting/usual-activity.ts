import { isIP } from 'node:net';
import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { DeclaredActivity } from './alert-settings';
import { AlertSource } from './alert-source';

/** Why activity is usual, who answers for it, and for how long. */
export interface UsualActivityOptions {
  /** Why it is usual, in at least three words, for an auditor to read. */
  readonly reason: string;

  /** The team that answers for it. */
  readonly owner: string;

  /** Last day on which it counts, in UTC, as `YYYY-MM-DD`. From the next day on it alerts again. */
  readonly expires: string;

  /**
   * What it is called in the log and the ledger.
   *
   * @default - what kind of activity it is
   */
  readonly name?: string;

  /**
   * Types of findings and names of calls that it covers; `*` stands for anything. Calls are written as
   * `rds.amazonaws.com:DeleteDBInstance`.
   *
   * @default - those that belong to the kind of activity
   */
  readonly types?: string[];
}

/** Usual activity of any kind: what matches all that is given. */
export interface UsualActivityProps extends UsualActivityOptions {
  /**
   * ARNs of the roles or users that do it; `*` stands for anything. A role stands for its sessions.
   *
   * @default - whoever does it, from the addresses
   */
  readonly principals?: string[];

  /**
   * Addresses that it comes from, as blocks such as `192.0.2.0/24`.
   *
   * @default - from anywhere, by the principals
   */
  readonly addresses?: string[];

  /**
   * Where its alerts would come from.
   *
   * @default - from anywhere
   */
  readonly sources?: AlertSource[];
}

/** What people see as unusual where an office has several networks. */
const SIGN_IN_FINDINGS = ['*:IAMUser/ConsoleLogin*', '*:IAMUser/AnomalousBehavior', 'UnauthorizedAccess:IAMUser/*ConsoleLogin*'];

/**
 * Activity that is usual: it is written down instead of alerting.
 *
 * Every declaration has a reason, an owner and a last day. What it covers goes to the log of the function with the declaration,
 * and is not lost; the ledger lists every declaration. From the day after the last one it alerts again, whether or not anybody
 * deploys. What is critical (9.0 and more), and everything that the root user does, alerts in any case.
 *
 * @example
 * new AlertRouter(this, 'Alerts', {
 *   subscriptions: [new subscriptions.EmailSubscription('on-call@example.com')],
 *   usualActivity: [
 *     UsualActivity.scanner(['192.0.2.0/28'], {
 *       reason: 'Weekly scan by the security team', owner: 'security team', expires: '2027-12-31',
 *     }),
 *   ],
 * });
 */
export class UsualActivity {
  /**
   * A role that deploys: what it deletes, and the keys and users that it makes.
   *
   * Findings of GuardDuty on it still alert, for its keys may be stolen; so do secrets that it may not read.
   */
  public static deploymentRole(role: iam.IRole, options: UsualActivityOptions): UsualActivity {
    const sources = [AlertSource.DELETIONS, AlertSource.CREDENTIALS];
    const types = ['*.amazonaws.com:Delete*', 'iam.amazonaws.com:*', 'kms.amazonaws.com:*'];
    return new UsualActivity({ name: 'deployment role', principals: [role.roleArn], sources, types, ...options });
  }

  /** A scanner that looks for weaknesses: the findings on port scans and on discovery from its addresses. */
  public static scanner(addresses: string[], options: UsualActivityOptions): UsualActivity {
    return new UsualActivity({ name: 'scanner', addresses, types: ['Recon:*', 'Discovery:*'], ...options });
  }

  /** Addresses of an office: the findings on unusual sign-ins and calls from there. */
  public static officeRange(addresses: string[], options: UsualActivityOptions): UsualActivity {
    return new UsualActivity({ name: 'office', addresses, types: SIGN_IN_FINDINGS, ...options });
  }

  /** A role that makes backups: what it deletes when its time is over, and the findings on how much it reads. */
  public static backupJobs(role: iam.IRole, options: UsualActivityOptions): UsualActivity {
    const types = ['backup.amazonaws.com:DeleteRecoveryPoint', 'rds.amazonaws.com:Delete*Snapshot', '*:S3/AnomalousBehavior*'];
    return new UsualActivity({ name: 'backup jobs', principals: [role.roleArn], types, ...options });
  }

  /** Any other activity: what matches all that is given. */
  public static of(props: UsualActivityProps): UsualActivity {
    return new UsualActivity({ name: 'usual activity', ...props });
  }

  /**
   * What is declared, as the function reads it.
   *
   * @internal
   */
  public readonly _declared: DeclaredActivity;

  private constructor(props: UsualActivityProps & { readonly name: string }) {
    const { name, reason, owner, expires, principals, addresses, types, sources } = props;
    validate(props);
    this._declared = { name, reason, owner, expires, principals, addresses, types, sources };
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function validate({ name, reason, owner, expires, principals = [], addresses = [] }: UsualActivityProps): void {
  const of = `of the usual activity '${name}'`;
  if (!/\S+\s+\S+\s+\S+/.test(reason)) {
    throw new Error(`'reason' ${of} must say why it is usual, in at least three words, got '${reason}'`);
  }
  if (owner.trim() === '') throw new Error(`'owner' ${of} must not be empty: name the team that answers for it`);
  const time = Date.parse(`${expires}T00:00:00Z`);
  if (!DAY.test(expires) || Number.isNaN(time) || !new Date(time).toISOString().startsWith(expires)) {
    throw new Error(`'expires' ${of} must be a day such as '2027-03-31', got '${expires}'`);
  }
  if (principals.length === 0 && addresses.length === 0) {
    throw new Error(
      `'principals' or 'addresses' ${of} must be given, got neither: it would cover everybody. Say who does it, or from where`,
    );
  }
  const everybody = principals.find((each) => !Token.isUnresolved(each) && /^[*:]*$/.test(each.replace(/^arn:[^:]*/, '')));
  if (everybody !== undefined) {
    throw new Error(`'principals' ${of} must be ARNs of roles or users, got '${everybody}': it would cover everybody`);
  }
  const wrong = addresses.find((each) => !isBlock(each));
  if (wrong !== undefined) {
    throw new Error(`'addresses' ${of} must be blocks such as '192.0.2.0/24' that are not the whole internet, got '${wrong}'`);
  }
}

function isBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return (
    rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= most))
  );
}
