import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type {
  BucketRestoreTestOptions,
  DatabaseRestoreTestOptions,
  FileSystemRestoreTestOptions,
  InstanceRestoreTestOptions,
  TableRestoreTestOptions,
  VolumeRestoreTestOptions,
} from './restore-expectations';
import type { RestoreHook } from './restore-hook';
import type { Kind } from './restore-messages';
import { databaseParts, filesOf, inRange, type TestParts } from './restore-parts';

/** Kinds of resources that AWS Backup restores and this library checks. */
export enum RestorableType {
  /** Clusters of Aurora. */
  AURORA = 'Aurora',
  /** Tables of DynamoDB. */
  DYNAMODB = 'DynamoDB',
  /** Volumes of EBS. */
  EBS = 'EBS',
  /** Instances of EC2. */
  EC2 = 'EC2',
  /** File systems of EFS. */
  EFS = 'EFS',
  /** Databases of RDS other than Aurora. */
  RDS = 'RDS',
  /** Buckets of S3. */
  S3 = 'S3',
}

/**
 * Something whose backups are restored as a test, and what must be true of what comes back.
 *
 * @example
 * declare const orders: rds.DatabaseInstance;
 * RestoreTest.database(orders, {
 *   databaseName: 'shop',
 *   tables: [{ name: 'orders', minimumRows: 1000, freshnessColumn: 'updated_at' }],
 *   assertions: [{ name: 'every order has a customer', sql: 'SELECT count(*) FROM orders WHERE customer IS NULL', expected: '0' }],
 * });
 */
export class RestoreTest {
  /**
   * A database of RDS: PostgreSQL, MySQL or MariaDB are looked into; of others settings are compared.
   *
   * @param database the database.
   * @param options what must be true of it.
   * @throws when an option is out of range, or needs another one.
   */
  public static database(database: rds.IDatabaseInstance, options: DatabaseRestoreTestOptions = {}): RestoreTest {
    const resource = database.node.defaultChild;
    const group = resource instanceof rds.CfnDBInstance ? resource.dbParameterGroupName : undefined;
    return new RestoreTest({ kind: 'RDS', source: database.instanceArn, ...databaseParts(options, group) });
  }

  /**
   * A cluster of Aurora. AWS Backup restores it without an instance; one is added for the test, and removed.
   *
   * @param cluster the cluster.
   * @param options what must be true of it.
   * @throws when an option is out of range, or needs another one.
   */
  public static databaseCluster(cluster: rds.IDatabaseCluster, options: DatabaseRestoreTestOptions = {}): RestoreTest {
    const resource = cluster.node.defaultChild;
    const group = resource instanceof rds.CfnDBCluster ? resource.dbClusterParameterGroupName : undefined;
    const source = Stack.of(cluster).formatArn({
      service: 'rds',
      resource: 'cluster',
      resourceName: cluster.clusterIdentifier,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new RestoreTest({ kind: 'Aurora', source, ...databaseParts(options, group) });
  }

  /**
   * A table of DynamoDB.
   *
   * @param table the table.
   * @param options what must be true of it.
   * @throws when an option is out of range.
   */
  public static table(table: dynamodb.ITable, options: TableRestoreTestOptions = {}): RestoreTest {
    const { hook, ...expect } = options;
    inRange('minimumItems', expect.minimumItems, 0, Number.MAX_SAFE_INTEGER);
    inRange('sampleSize', expect.sampleSize, 0, 100);
    return new RestoreTest({ kind: 'DynamoDB', source: table.tableArn, expect, hook });
  }

  /**
   * A bucket.
   *
   * @param bucket the bucket.
   * @param options what must be true of it.
   * @throws when an option is out of range.
   */
  public static bucket(bucket: s3.IBucket, options: BucketRestoreTestOptions = {}): RestoreTest {
    const { hook, ...expect } = options;
    inRange('minimumObjects', expect.minimumObjects, 0, Number.MAX_SAFE_INTEGER);
    inRange('minimumBytes', expect.minimumBytes, 0, Number.MAX_SAFE_INTEGER);
    inRange('sampleSize', expect.sampleSize, 0, 100);
    return new RestoreTest({ kind: 'S3', source: bucket.bucketArn, expect, hook });
  }

  /**
   * A volume. Its blocks are read from a snapshot, which is erased after the test.
   *
   * @param volume the volume.
   * @param options what must be true of it.
   */
  public static volume(volume: ec2.IVolume, options: VolumeRestoreTestOptions = {}): RestoreTest {
    const { hook, ...expect } = options;
    return new RestoreTest({ kind: 'EBS', source: ec2Arn(volume, 'volume', volume.volumeId), expect, hook });
  }

  /**
   * An instance, with its volumes.
   *
   * @param instance the instance.
   * @param options what must be true of it.
   * @throws when there is a health command, and no role.
   */
  public static instance(instance: ec2.IInstance, options: InstanceRestoreTestOptions = {}): RestoreTest {
    const { hook, healthCommand, instanceRole } = options;
    if (healthCommand !== undefined && instanceRole === undefined) {
      throw new Error(
        "'instanceRole' must be set with 'healthCommand', got none: without a role, Systems Manager does not reach the restored " +
          'instance. Set it to the role of the instance',
      );
    }
    const source = ec2Arn(instance, 'instance', instance.instanceId);
    return new RestoreTest({ kind: 'EC2', source, expect: healthCommand ? { healthCommand } : {}, hook, instanceRole });
  }

  /**
   * A file system, which is mounted, and whose files are counted and read.
   *
   * @param fileSystem the file system.
   * @param options what must be true of it.
   * @throws when an option is out of range, a path leads upwards, or files are not read and something is said of them.
   */
  public static fileSystem(fileSystem: efs.IFileSystem, options: FileSystemRestoreTestOptions = {}): RestoreTest {
    const { hook, minimumBytes } = options;
    const expect = { minimumBytes, files: filesOf(options) };
    return new RestoreTest({ kind: 'EFS', source: fileSystem.fileSystemArn, expect, hook });
  }

  /**
   * Every resource of a kind that AWS Backup protects, or those with tags. Settings are compared, and that there is something inside; of
   * databases of RDS and Aurora only settings.
   *
   * Restore testing compares the tags of the latest recovery point, not those that a resource has today.
   *
   * @param type the kind.
   * @param tags tags that it must have, all of them; none for every resource of the kind.
   */
  public static tagged(type: RestorableType, tags: Record<string, string> = {}): RestoreTest {
    const expect = type === RestorableType.EFS ? { files: filesOf({}) } : {};
    return new RestoreTest({ kind: type as Kind, tags, expect });
  }

  /**
   * A database that AWS Backup does not know. On the schedule of the plan, the hook restores and validates it, and removes the copy.
   *
   * @param name its name in tickets and metrics: letters, digits and dashes.
   * @param hook what restores and validates it.
   * @throws when the name has other characters.
   */
  public static selfHosted(name: string, hook: RestoreHook): RestoreTest {
    if (!/^[A-Za-z0-9-]{1,40}$/.test(name))
      throw new Error(`'name' of a self-hosted database must be 1 to 40 letters, digits and dashes, got '${name}': change it`);
    return new RestoreTest({ kind: 'SelfHosted', source: name, expect: {}, hook });
  }

  private constructor(
    /** @internal */
    public readonly _parts: TestParts,
  ) {}
}

function ec2Arn(resource: IConstruct, type: string, id: string): string {
  return Stack.of(resource).formatArn({ service: 'ec2', resource: type, resourceName: id });
}
