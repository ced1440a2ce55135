import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type { Construct } from 'constructs';
import { Soc2Environment } from '../environment/soc2-environment';

/** A lock that nobody can take away, AWS included. */
export interface ComplianceLock {
  /**
   * That you know what it means: after `coolingOff` the lock cannot be removed or changed by anyone, and every backup in the vault
   * is kept, and billed, until its retention is over, also when the account is to be closed. Must be true.
   */
  readonly iUnderstandThatItIsIrreversible: boolean;

  /** For how long the lock can still be removed: 3 days or more. */
  readonly coolingOff: Duration;
}

/** The property that says for how long a lock can be removed, for those who lock a vault for good and said so. */
export function changeableFor(
  scope: Construct,
  lock: ComplianceLock | undefined,
): Pick<backup.LockConfiguration, 'changeableFor'> {
  if (lock === undefined) return {};
  mustBeUnderstood(scope, 'complianceLock', lock.iUnderstandThatItIsIrreversible);
  const days = lock.coolingOff.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 3) {
    throw new Error(
      `'coolingOff' of 'complianceLock' must be whole days, 3 or more, got ${days}: AWS Backup leaves that much time to change your mind`,
    );
  }
  return { changeableFor: lock.coolingOff };
}

/** Stop what cannot be undone, unless it is for production and was asked for in so many words. */
export function mustBeUnderstood(scope: Construct, property: string, isUnderstood: boolean): void {
  const { kind, isProduction } = Soc2Environment.of(scope);
  if (!isProduction) {
    throw new Error(
      `'${property}' must be left out outside production, got it for ${kind}: backups that nobody can delete, not even AWS, would ` +
        'outlive the environment. Use the default lock, which an administrator can lift',
    );
  }
  if (!isUnderstood) {
    throw new Error(
      `'iUnderstandThatItIsIrreversible' of '${property}' must be true, got false: backups cannot be deleted by anyone until their ` +
        `retention is over, and are billed until then. Set it to true, or leave out '${property}'`,
    );
  }
}
