import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { CacheAuthentication } from './cache-authentication';
import type { CacheEngine } from './cache-engine';

/** Options of `SecureCache`. */
export interface SecureCacheProps {
  /** The network that the cache is in. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the network; two Availability Zones or more for a cache with replicas.
   *
   * @default - the isolated subnets, or those with egress where there are no others
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Who may connect, as far as the network goes.
   *
   * @default - a new group that nobody may enter until `connections` says who, and nothing leaves
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * What runs the cache.
   *
   * @default CacheEngine.VALKEY
   */
  readonly engine?: CacheEngine;

  /**
   * Version of the engine, such as `8.2`: Valkey 7.2 or newer, or Redis OSS 7.0 or newer. Minor versions follow automatically.
   *
   * @default - 8.2 of Valkey, 7.1 of Redis OSS
   */
  readonly engineVersion?: string;

  /**
   * Size of a node.
   *
   * @default cache.t4g.medium
   */
  readonly nodeType?: string;

  /**
   * Copies of the primary node, 0 to 5. With one or more, they are spread over Availability Zones and take over when it fails.
   *
   * @default - 1 in production, 0 elsewhere
   */
  readonly replicas?: number;

  /**
   * Port of the cache.
   *
   * @default 6379
   */
  readonly port?: number;

  /**
   * The key that encrypts nodes, snapshots and the secret.
   *
   * @default - the data key of the stage
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How the application proves who it is.
   *
   * @default CacheAuthentication.IAM
   */
  readonly authentication?: CacheAuthentication;

  /**
   * What the user of the application may do, as an access string of Redis.
   *
   * @default - every key and every command but those that are dangerous; `INFO`, which clients need, is allowed
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
   */
  readonly accessString?: string;

  /**
   * How long automatic snapshots are kept, in whole days, up to 35. A rule asks for 15 or more.
   *
   * @default - 35 days in production, 15 elsewhere
   */
  readonly snapshotRetention?: Duration;

  /**
   * Name of a snapshot that the cache is filled from when it is made. Leave it as it is afterwards: another name is another cache.
   *
   * @default - the cache is empty at first
   */
  readonly snapshotName?: string;

  /**
   * What happens to the cache when it is removed from its stack.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Where alarms are sent.
   *
   * @default - where the environment sends its alarms; no alarms where it sends none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Load of a node, in percent of what its engine can take, from which an alarm goes off after 15 minutes.
   *
   * @default 90
   */
  readonly cpuAlarmThreshold?: number;

  /**
   * Memory in use, in percent, from which an alarm goes off after 15 minutes.
   *
   * @default 80
   */
  readonly memoryAlarmThreshold?: number;

  /**
   * Failed logins in five minutes from which an alarm goes off.
   *
   * @default 10
   */
  readonly failedLoginAlarmThreshold?: number;
}
