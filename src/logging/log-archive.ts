import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { keptBucket } from '../defaults/kept-bucket';
import { Soc2Environment } from '../environment/soc2-environment';
import { encryptForSenders, receiveConfigurations, receiveLogs } from './log-archive-senders';

/** Where logs are kept. */
export interface ILogArchive extends IConstruct {
  /** Receives the logs of trails and of log deliveries. */
  readonly bucket: s3.IBucket;
  /** Receives what AWS Config records. */
  readonly configurationBucket: s3.IBucket;
  /** Encrypts both. */
  readonly encryptionKey: kms.IKey;
  /** The organization whose accounts may write; not set when only the account of the archive may. */
  readonly organizationId?: string;
}

/** What is known of an archive that is deployed elsewhere. */
export interface LogArchiveAttributes {
  /** Name of the bucket for logs. */
  readonly bucketName: string;

  /**
   * Name of the bucket for what AWS Config records.
   *
   * @default - `bucketName`, which then must not have Object Lock: AWS Config does not deliver to such a bucket
   */
  readonly configurationBucketName?: string;

  /** ARN of the key that encrypts them. Its policy must let CloudTrail and AWS Config use it. */
  readonly encryptionKeyArn: string;

  /**
   * The organization whose accounts may write, `o-…`.
   *
   * @default - only the account of the archive may write
   */
  readonly organizationId?: string;
}

/** Options of `LogArchive`. */
export interface LogArchiveProps {
  /**
   * The organization whose accounts may write, such as `o-a1b2c3d4e5`: their trails, the trail of the organization, AWS Config, and
   * log deliveries.
   *
   * @default - only the account of the archive may write
   */
  readonly organizationId?: string;

  /**
   * How long logs are kept, at least 365 days: an auditor looks at a whole period, most often a year.
   *
   * @default Duration.days(2555)
   */
  readonly retention?: Duration;

  /**
   * How long logs are locked against deletion and change, at most as long as they are kept.
   *
   * @default - as long as they are kept
   */
  readonly lockedFor?: Duration;

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
 * Where the logs of an account or an organization are kept for years, and deleted by nobody.
 *
 * Logs are locked (S3 Object Lock), encrypted with a key of their own, versioned, readable in the account only, and received over
 * TLS only. The policies of the buckets deny deletion to everybody, and let services of AWS write for this account or organization
 * alone. After 90 days logs move to S3 Glacier Instant Retrieval.
 *
 * AWS Config does not deliver to a bucket with Object Lock. What it records has a bucket of its own, with the same policy.
 *
 * Access logs of buckets and of Application Load Balancers cannot go here: S3 and these balancers deliver only to buckets that S3
 * encrypts itself, and without a lock.
 *
 * An organization has one archive, in an account that nobody works in. Trails and recorders of other accounts refer to it with
 * `LogArchive.fromAttributes`.
 *
 * What it creates: two buckets, a KMS key, and once for each stack a bucket for access logs.
 * What it costs in kind: the key and its requests (few, through S3 bucket keys), and storage, which the lock makes binding.
 *
 * @example
 * new LogArchive(this, 'LogArchive', { organizationId: 'o-a1b2c3d4e5' });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-deliverychannel.html
 */
export class LogArchive extends Construct implements ILogArchive {
  /**
   * Refer to an archive that is deployed elsewhere, in the account for logs of the organization for example.
   *
   * @param scope where the reference is made.
   * @param id its id in there.
   * @param attributes what is known of the archive.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: LogArchiveAttributes): ILogArchive {
    return new ArchiveElsewhere(scope, id, attributes);
  }

  public readonly bucket: s3.IBucket;
  public readonly configurationBucket: s3.IBucket;
  public readonly encryptionKey: kms.IKey;
  public readonly organizationId?: string;

  /**
   * @param scope where the archive is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a time is too short or too long, the id of the organization is none, or the lock is irreversible outside of
   * production.
   */
  constructor(scope: Construct, id: string, props: LogArchiveProps = {}) {
    super(scope, id);
    const { retention = DEFAULT_RETENTION, lockedFor = retention, irreversibleLock = false, organizationId } = props;
    checkTimes(retention, lockedFor);
    checkOrganization(organizationId);
    if (irreversibleLock && !Soc2Environment.of(this).isProduction) {
      throw new Error(
        "'irreversibleLock' must be false outside of production, got true: nobody could delete what such an environment leaves " +
          'behind. Leave it out there',
      );
    }

    const key = new kms.Key(this, 'Key', {
      description: 'Encrypts archived logs',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    encryptForSenders(key, props);
    const lock = irreversibleLock ? s3.ObjectLockRetention.compliance(lockedFor) : s3.ObjectLockRetention.governance(lockedFor);
    const bucket = keptBucket(this, 'Bucket', { encryptionKey: key, retention, lock });
    receiveLogs(bucket, props);
    const configurations = keptBucket(this, 'ConfigurationBucket', { encryptionKey: key, retention });
    receiveConfigurations(configurations, props);

    this.encryptionKey = key;
    this.bucket = bucket;
    this.configurationBucket = configurations;
    this.organizationId = organizationId;
  }
}

class ArchiveElsewhere extends Construct implements ILogArchive {
  public readonly bucket: s3.IBucket;
  public readonly configurationBucket: s3.IBucket;
  public readonly encryptionKey: kms.IKey;
  public readonly organizationId?: string;

  constructor(scope: Construct, id: string, attributes: LogArchiveAttributes) {
    super(scope, id);
    const { bucketName, configurationBucketName: other, encryptionKeyArn, organizationId } = attributes;
    this.bucket = s3.Bucket.fromBucketName(this, 'Bucket', bucketName);
    this.configurationBucket = other ? s3.Bucket.fromBucketName(this, 'ConfigurationBucket', other) : this.bucket;
    this.encryptionKey = kms.Key.fromKeyArn(this, 'Key', encryptionKeyArn);
    this.organizationId = organizationId;
  }
}

function checkTimes(retention: Duration, lockedFor: Duration): void {
  if (retention.isUnresolved() || lockedFor.isUnresolved()) return;
  const [kept, locked] = [retention.toDays(), lockedFor.toDays()];
  if (kept < LEAST_RETENTION) {
    throw new Error(
      `'retention' of the archive must be at least ${LEAST_RETENTION} days, got ${kept}: an auditor looks at a whole period, most ` +
        'often a year',
    );
  }
  if (locked < 1 || locked > kept) {
    throw new Error(
      `'lockedFor' of the archive must be 1 to ${kept} days, got ${locked}: logs are locked for at most as long as they are kept`,
    );
  }
}

function checkOrganization(organizationId: string | undefined): void {
  if (organizationId === undefined || Token.isUnresolved(organizationId) || /^o-[a-z0-9]{10,32}$/.test(organizationId)) return;
  throw new Error(
    `'organizationId' must be 'o-' and 10 to 32 letters and digits, got '${organizationId}': it is in the console of ` +
      'Organizations, under the name of the organization',
  );
}
