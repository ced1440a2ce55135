import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';
import { privateSubnets } from '../defaults/private-subnets';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { addCacheAlarms } from './cache-alarms';
import { CacheAuthentication } from './cache-authentication';
import { CacheEngine } from './cache-engine';
import { addCacheUsers } from './cache-users';
import { CACHE_VERSIONS, checkCacheVersion } from './cache-versions';
import type { SecureCacheProps } from './secure-cache-props';

/**
 * A cache of Valkey or Redis that only the application reaches, over TLS and under a name of its own, and that keeps snapshots.
 *
 * It is encrypted at rest with a customer-managed key, takes TLS connections only, takes minor versions by itself, logs what is slow
 * and what its engine says, and in production has a replica in another Availability Zone that takes over. The user `default`, which
 * needs no password, is turned off.
 *
 * What it creates: a replication group with its subnet group, security group, two users in a user group, a log group, alarms where
 * there is somewhere to send them, a secret if it is asked for, and once for each stack a key for data and one
 * for logs. What it costs in kind: a node, a second one in production, storage of snapshots beyond the size of the cache, the logs,
 * the keys and the alarms.
 *
 * CloudFormation has no way to encrypt a deployed group: it makes an empty one. To take over the data of a group that was made
 * without this class, make the cache from a snapshot of it with `snapshotName`; `docs/migrating-data.md` says how, step by step.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * declare const service: lambda.Function;
 *
 * const cache = new SecureCache(this, 'Sessions', { vpc });
 * cache.connections.allowDefaultPortFrom(service, 'The service keeps its sessions here');
 * cache.grantConnect(service);
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export class SecureCache extends Construct implements ec2.IConnectable {
  /** Who may connect, as far as the network goes. */
  public readonly connections: ec2.Connections;
  /** The group of nodes. */
  public readonly replicationGroup: elasticache.CfnReplicationGroup;
  /** The subnets of the group. */
  public readonly subnetGroup: elasticache.CfnSubnetGroup;
  /** The user that the application connects as. */
  public readonly user: elasticache.CfnUser;
  /** The user of the application, and `default`, which is turned off. */
  public readonly userGroup: elasticache.CfnUserGroup;
  /** Receives what is slow, and what the engine says. */
  public readonly logGroup: logs.LogGroup;
  /** The password of the user; only with `CacheAuthentication.SECRET`. */
  public readonly secret?: secretsmanager.Secret;

  /**
   * @param scope where the cache is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the engine is too old for what is asked, when there are too few Availability Zones for the replicas, and when a
   * number is outside of its range.
   */
  constructor(scope: Construct, id: string, props: SecureCacheProps) {
    super(scope, id);
    const { isProduction } = Soc2Environment.of(this);
    const {
      vpc,
      engine = CacheEngine.VALKEY,
      engineVersion = CACHE_VERSIONS[engine].current,
      replicas = isProduction ? 1 : 0,
      port = 6379,
      encryptionKey = domainKey(this, 'data'),
      authentication = CacheAuthentication.IAM,
    } = props;
    const snapshotDays = props.snapshotRetention?.toDays() ?? (isProduction ? 35 : 15);
    const subnets = vpc.selectSubnets(props.vpcSubnets ?? privateSubnets(vpc));
    checkCacheVersion(engine, engineVersion);
    checkRange('replicas', replicas, 5);
    checkRange('snapshotRetention', snapshotDays, 35);
    if (replicas > 0) checkZones(subnets);

    this.subnetGroup = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      description: `Subnets of ${this.node.path}`,
      subnetIds: subnets.subnetIds,
    });
    const securityGroups = props.securityGroups ?? [
      new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description: `Cache ${this.node.path}`, allowAllOutbound: false }),
    ];
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(port) });
    const { user, userGroup, secret } = addCacheUsers(this, {
      isIam: authentication === CacheAuthentication.IAM,
      accessString: props.accessString ?? 'on ~* +@all -@dangerous +info',
      encryptionKey,
    });
    this.user = user;
    this.userGroup = userGroup;
    this.secret = secret;
    this.logGroup = encryptedLogGroup(this, 'Logs');

    this.replicationGroup = new elasticache.CfnReplicationGroup(this, 'Resource', {
      replicationGroupDescription: this.node.path,
      engine,
      engineVersion,
      cacheNodeType: props.nodeType ?? 'cache.t4g.medium',
      numCacheClusters: replicas + 1,
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      port,
      cacheSubnetGroupName: this.subnetGroup.ref,
      securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      atRestEncryptionEnabled: true,
      kmsKeyId: encryptionKey.keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      userGroupIds: [userGroup.ref],
      autoMinorVersionUpgrade: true,
      snapshotName: props.snapshotName,
      snapshotRetentionLimit: snapshotDays,
      logDeliveryConfigurations: ['slow-log', 'engine-log'].map((logType) => ({
        logType,
        logFormat: 'json',
        destinationType: 'cloudwatch-logs',
        destinationDetails: { cloudWatchLogsDetails: { logGroup: this.logGroup.logGroupName } },
      })),
    });
    this.replicationGroup.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.SNAPSHOT);
    addCacheAlarms(this, props.alarmTopic, {
      group: this.replicationGroup,
      nodes: replicas + 1,
      cpu: props.cpuAlarmThreshold ?? 90,
      memory: props.memoryAlarmThreshold ?? 80,
      failedLogins: props.failedLoginAlarmThreshold ?? 10,
    });
  }

  /** Host name of the primary node, for reading and writing. */
  public get endpointAddress(): string {
    return this.replicationGroup.attrPrimaryEndPointAddress;
  }

  /** Port of the cache, as text. */
  public get endpointPort(): string {
    return this.replicationGroup.attrPrimaryEndPointPort;
  }

  /**
   * Let somebody sign in as the user of the application. Let them through the network with `connections` as well.
   *
   * @param grantee a role, or what has one.
   */
  public grantConnect(grantee: iam.IGrantable): iam.Grant {
    if (this.secret) return this.secret.grantRead(grantee);
    const group = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'replicationgroup',
      resourceName: this.replicationGroup.ref,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return iam.Grant.addToPrincipal({ grantee, actions: ['elasticache:Connect'], resourceArns: [group, this.user.attrArn] });
  }
}

function checkRange(property: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new Error(`'${property}' of a cache must be a whole number from 0 to ${most}, got ${value}`);
}

function checkZones({ availabilityZones, isPendingLookup }: ec2.SelectedSubnets): void {
  const zones = new Set(availabilityZones);
  if (isPendingLookup || zones.size > 1) return;
  throw new Error(
    `'vpcSubnets' of a cache with replicas must be in two Availability Zones or more, got ${[...zones].join(', ') || 'none'}: ` +
      "choose other subnets, or set 'replicas' to 0",
  );
}
