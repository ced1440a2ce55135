import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { keptBucket } from '../defaults/kept-bucket';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { Soc2Environment } from '../environment/soc2-environment';
import { BY_CONTROL } from './collection-messages';

/** Where evidence is kept. */
export interface IEvidenceStore extends IConstruct {
  /** Receives the evidence. Constructs that write reports take it as their bucket. */
  readonly bucket: s3.IBucket;
}

/** Options of `EvidenceStore`. */
export interface EvidenceStoreProps {
  /**
   * How long evidence is kept, and locked against deletion and change: at least 365 days, for an auditor looks at a whole period.
   *
   * @default Duration.days(2555)
   */
  readonly retention?: Duration;

  /**
   * Whether nobody at all can lift the lock before its time, not even the root user or AWS (the mode COMPLIANCE of Object Lock).
   *
   * **This cannot be undone.** Whatever is written is stored, and billed, until its time is over; only closing the account ends it.
   * Only production can have it.
   *
   * @default false - the mode is GOVERNANCE, and the policy of the bucket denies everybody to lift the lock while it stands
   */
  readonly irreversibleLock?: boolean;
}

const DEFAULT_RETENTION = Duration.days(2555);

/** Days that the first audit period of a year needs. */
const LEAST_RETENTION = 365;

/**
 * Where evidence of the operation of controls is kept for years, and altered by nobody.
 *
 * Evidence is locked (S3 Object Lock), encrypted with a key of its own, versioned, and received over TLS only. The policy denies
 * deletion to everybody. What is written again becomes another version, and the one before stays. After 90 days, evidence moves to S3
 * Glacier Instant Retrieval.
 *
 * `EvidenceCollector` writes into it. Other constructs that write reports take `bucket` for theirs, each with a prefix of its own:
 * tickets of restore tests, overdue findings, reports on operations. Below `controls/` there is a list of records for each control.
 *
 * What it creates: a bucket, a KMS key, and once for each stack a bucket for access logs.
 * What it costs in kind: the key and its requests (few, through an S3 bucket key), and storage, which the lock makes binding.
 *
 * @example
 * const store = new EvidenceStore(this, 'Evidence');
 * new OperationsDashboard(this, 'Operations', { reportBucket: store.bucket });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class EvidenceStore extends Construct implements IEvidenceStore {
  /**
   * Take a bucket that there is, in the account for evidence of the organization for example. Its policy, and that of its key, must let
   * the roles write that write into it.
   *
   * @param scope where the reference is made.
   * @param id its id in there.
   * @param bucket the bucket, with Object Lock.
   */
  public static fromBucket(scope: Construct, id: string, bucket: s3.IBucket): IEvidenceStore {
    return new StoreElsewhere(scope, id, bucket);
  }

  public readonly bucket: s3.IBucket;
  /** Encrypts the evidence. */
  public readonly encryptionKey: kms.IKey;

  /**
   * @param scope where the store is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the retention is too short, or the lock is irreversible outside of production.
   */
  constructor(scope: Construct, id: string, props: EvidenceStoreProps = {}) {
    super(scope, id);
    const { retention = DEFAULT_RETENTION, irreversibleLock = false } = props;
    if (!retention.isUnresolved() && retention.toDays() < LEAST_RETENTION) {
      throw new Error(
        `'retention' of evidence must be at least ${LEAST_RETENTION} days, got ${retention.toDays()}: an auditor looks at a whole ` +
          'period, most often a year',
      );
    }
    if (irreversibleLock && !Soc2Environment.of(this).isProduction) {
      throw new Error(
        "'irreversibleLock' must be false outside of production, got true: nobody could delete what such an environment leaves " +
          'behind. Leave it out there',
      );
    }
    this.encryptionKey = new kms.Key(this, 'Key', {
      description: 'Encrypts evidence for audits',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const lock = irreversibleLock ? s3.ObjectLockRetention.compliance(retention) : s3.ObjectLockRetention.governance(retention);
    this.bucket = partOfSafeguard(keptBucket(this, 'Bucket', { encryptionKey: this.encryptionKey, retention, lock }));
  }

  /**
   * The prefix below which the records that show a control are listed.
   *
   * @param control id of the control, such as `audit-trail`; see CONTROLS.md.
   */
  public prefixOf(control: string): string {
    return `${BY_CONTROL}${control}/`;
  }
}

class StoreElsewhere extends Construct implements IEvidenceStore {
  constructor(
    scope: Construct,
    id: string,
    public readonly bucket: s3.IBucket,
  ) {
    super(scope, id);
  }
}
