import {
  type DBCluster,
  type DBInstance,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Endpoint } from '../restore-messages';
import { nameIn } from '../restore-shared/steps';

/** What is of interest of an instance or a cluster. */
export interface Database {
  /** The operation that described it. */
  readonly asked: string;
  readonly status: string;
  readonly isEncrypted: boolean;
  readonly keyArn?: string;
  readonly isPublic: boolean;
  readonly vpcIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly parameterGroup: { readonly name: string; readonly isOfCluster: boolean };
  readonly endpoint: Endpoint;
}

/** Look at an instance or a cluster, by its ARN; undefined when it is not there. */
export async function describe(rds: RDSClient, arn: string): Promise<Database | undefined> {
  return isCluster(arn) ? describeCluster(rds, arn) : describeInstance(rds, arn);
}

/** The key of the database that was backed up; undefined when it is gone, or not encrypted. */
export async function keyOfSource(rds: RDSClient, arn: string): Promise<string | undefined> {
  if (!/^arn:[^:]+:rds:/.test(arn)) return undefined;
  return isCluster(arn) ? (await cluster(rds, arn))?.KmsKeyId : (await instance(rds, nameIn(arn)))?.KmsKeyId;
}

function isCluster(arn: string): boolean {
  return arn.split(':')[5] === 'cluster';
}

async function describeInstance(rds: RDSClient, arn: string): Promise<Database | undefined> {
  const found = await instance(rds, nameIn(arn));
  if (found === undefined) return undefined;
  return {
    asked: 'rds:DescribeDBInstances',
    status: found.DBInstanceStatus ?? 'unknown',
    isEncrypted: found.StorageEncrypted === true,
    ...(found.KmsKeyId && { keyArn: found.KmsKeyId }),
    isPublic: found.PubliclyAccessible !== false,
    vpcIds: [found.DBSubnetGroup?.VpcId ?? 'unknown'],
    securityGroupIds: groupsOf(found),
    parameterGroup: { name: found.DBParameterGroups?.[0]?.DBParameterGroupName ?? '', isOfCluster: false },
    endpoint: { host: found.Endpoint?.Address ?? '', port: found.Endpoint?.Port ?? 0, engine: found.Engine ?? 'unknown' },
  };
}

async function describeCluster(rds: RDSClient, arn: string): Promise<Database | undefined> {
  const found = await cluster(rds, arn);
  if (found === undefined) return undefined;
  const names = (found.DBClusterMembers ?? []).map(({ DBInstanceIdentifier: name }) => name!);
  const members = (await Promise.all(names.map((name) => instance(rds, name)))).filter((each) => each !== undefined);
  return {
    asked: 'rds:DescribeDBClusters',
    status: found.Status ?? 'unknown',
    isEncrypted: found.StorageEncrypted === true,
    ...(found.KmsKeyId && { keyArn: found.KmsKeyId }),
    isPublic: found.PubliclyAccessible === true || members.some(({ PubliclyAccessible }) => PubliclyAccessible !== false),
    vpcIds: [...new Set(members.map(({ DBSubnetGroup }) => DBSubnetGroup?.VpcId ?? 'unknown'))],
    securityGroupIds: groupsOf(found),
    parameterGroup: { name: found.DBClusterParameterGroup ?? '', isOfCluster: true },
    endpoint: { host: found.Endpoint ?? '', port: found.Port ?? 0, engine: found.Engine ?? 'unknown' },
  };
}

function groupsOf({ VpcSecurityGroups: groups = [] }: DBInstance | DBCluster): readonly string[] {
  return groups.map(({ VpcSecurityGroupId: id }) => id ?? 'unknown').sort();
}

async function instance(rds: RDSClient, DBInstanceIdentifier: string): Promise<DBInstance | undefined> {
  return missingAsUndefined('DBInstanceNotFoundFault', async () => {
    const { DBInstances: [found] = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return found;
  });
}

async function cluster(rds: RDSClient, arn: string): Promise<DBCluster | undefined> {
  return missingAsUndefined('DBClusterNotFoundFault', async () => {
    const { DBClusters: [found] = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: nameIn(arn) }));
    return found;
  });
}

async function missingAsUndefined<T>(name: string, get: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if ((error as Error).name === name || (error as Error).name === name.replace('Fault', '')) return undefined;
    throw error;
  }
}
