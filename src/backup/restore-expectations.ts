import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { RestoreHook } from './restore-hook';

/** A table that must have come back. */
export interface RestoredTable {
  /** Its name, as it is written in the catalogue of the database; quotes are added. */
  readonly name: string;

  /**
   * The schema that it is in.
   *
   * @default - `public` in PostgreSQL, the database itself in MySQL and MariaDB
   */
  readonly schema?: string;

  /**
   * The number of rows that it must at least have.
   *
   * @default 1
   */
  readonly minimumRows?: number;

  /**
   * A column with the time of the last change, in UTC. Its newest value is compared with the time of the recovery point.
   *
   * @default - not looked at
   */
  readonly freshnessColumn?: string;

  /**
   * How much older than the recovery point the newest change may be.
   *
   * @default - the RPO
   */
  readonly maximumAge?: Duration;
}

/** A statement of your own, which is run in a transaction that can only read. */
export interface RestoredAssertion {
  /** What it shows, as a reader of the ticket understands it. */
  readonly name: string;
  /** The statement. It is shown in the ticket. */
  readonly sql: string;
  /** The first value of the first row, as text: `0`, or in PostgreSQL `t` for true. */
  readonly expected: string;
}

/** What every kind of restore test can be told. */
export interface RestoreTestOptions {
  /**
   * A validation of your own, which runs after that of the library.
   *
   * @default - none
   */
  readonly hook?: RestoreHook;
}

/** What must be true of a restored database. */
export interface DatabaseRestoreTestOptions extends RestoreTestOptions {
  /**
   * The name of the database to look into, from inside of the network. Without it, only settings are compared.
   *
   * @default - settings only
   */
  readonly databaseName?: string;

  /**
   * The user who signs in with a token of IAM. Give it the role `rds_iam`, or the plugin for IAM, and a right to select.
   *
   * @default 'restore_validator'
   */
  readonly user?: string;

  /**
   * A secret with `username` and `password` to sign in with, in the place of a token. A restored database has the passwords of its
   * recovery point, so use one that is not rotated. The network gets an endpoint for Secrets Manager, billed by hour.
   *
   * @default - a token of IAM, which the restored database is told to take
   */
  readonly secret?: secretsmanager.ISecret;

  /**
   * Tables that must have come back, at most 50.
   *
   * @default - at least one table, whatever it is
   */
  readonly tables?: RestoredTable[];

  /**
   * Statements of your own, at most 50.
   *
   * @default - none
   */
  readonly assertions?: RestoredAssertion[];

  /**
   * So long one statement may take: 1 second to 5 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly statementTimeout?: Duration;

  /**
   * The class of the restored instance, or for Aurora of the one that is added for the test. It is billed until the test is over.
   *
   * @default - that of the backup; db.t4g.medium for Aurora
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The parameter group of the restored database, which must force TLS.
   *
   * @default - that of the source where this app makes it, or else one that AWS Backup chooses
   */
  readonly parameterGroupName?: string;
}

/** What must be true of a restored table of DynamoDB. */
export interface TableRestoreTestOptions extends RestoreTestOptions {
  /**
   * The number of items that it must at least have; counting stops there. Reading is billed by volume.
   *
   * @default 1
   */
  readonly minimumItems?: number;

  /**
   * How many items are drawn and read by their keys: 0 to 100.
   *
   * @default 25
   */
  readonly sampleSize?: number;

  /**
   * Attributes that every drawn item must have.
   *
   * @default - the keys
   */
  readonly requiredAttributes?: string[];
}

/** What must be true of a restored bucket. */
export interface BucketRestoreTestOptions extends RestoreTestOptions {
  /**
   * The number of objects that it must at least have. With 0, a bucket may be empty; the ticket then says that there was nothing to read.
   *
   * @default 1
   */
  readonly minimumObjects?: number;

  /**
   * The number of bytes that its objects must at least have together.
   *
   * @default 0
   */
  readonly minimumBytes?: number;

  /**
   * How many objects are drawn and read: 0 to 100. Of those of more than 64 MiB the beginning is read; with a list of checksums, all.
   * Objects in an archive are not drawn. A bucket in which nothing can be read fails the test, unless this is 0.
   *
   * @default 20
   */
  readonly sampleSize?: number;

  /**
   * The key of an object in the bucket itself with the checksums of others, as `sha256sum` writes them. Objects are then drawn from
   * it, and compared with it.
   *
   * @default - the checksums that S3 keeps with each object
   */
  readonly checksumFile?: string;
}

/** What must be true of a restored volume. */
export interface VolumeRestoreTestOptions extends RestoreTestOptions {
  /**
   * Its size in GiB, at least.
   *
   * @default - that of the source
   */
  readonly minimumSizeGiB?: number;

  /**
   * What it may begin with, of `ext`, `xfs`, `btrfs`, `ntfs`, `lvm`, `gpt` and `mbr`.
   *
   * @default - any of them
   */
  readonly fileSystems?: string[];
}

/** What must be true of a restored instance. */
export interface InstanceRestoreTestOptions extends RestoreTestOptions {
  /**
   * A command that must succeed on the restored instance, sent by Systems Manager. The network gets three endpoints, billed by hour.
   *
   * @default - status checks only
   */
  readonly healthCommand?: string;

  /**
   * The role that the instance had when it was backed up, which the restored one gets as well: commands need it.
   *
   * @default - none; must be set with `healthCommand`
   */
  readonly instanceRole?: iam.IRole;
}

/** What must be true of a restored file system. */
export interface FileSystemRestoreTestOptions extends RestoreTestOptions {
  /**
   * Whether it is mounted and its files are read, by a function of its own in the network without a way out. Set it to `false` for
   * file systems in one zone only, which the function could not mount, and in Regions where Lambda mounts none.
   *
   * @default true
   */
  readonly readFiles?: boolean;

  /**
   * The number of files that it must at least have: 0 to 100,000. Counting stops after 200,000 entries, or after ten minutes.
   *
   * @default 1
   */
  readonly minimumFiles?: number;

  /**
   * The number of bytes that its files must at least have together; where files are not read, its size as EFS meters it, which can be
   * hours behind.
   *
   * @default 1
   */
  readonly minimumBytes?: number;

  /**
   * How many files are drawn and read to their end: 0 to 100.
   *
   * @default 20
   */
  readonly sampleSize?: number;

  /**
   * The path of a file in the file system itself with the checksums of others, as `sha256sum` writes them at its root. Files are then
   * drawn from it, and compared with it.
   *
   * @default - none: files are read to their end
   */
  readonly checksumFile?: string;

  /**
   * Paths of files or folders that must have come back, from the root of the file system; at most 50.
   *
   * @default - none
   */
  readonly paths?: string[];
}
