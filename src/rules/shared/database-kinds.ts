import type { Resource } from '../../model/resource';
import type { Ternary } from './ternary';

/** Engine of a database, in lower case; undefined when only deployment knows, as for a copy or a snapshot. */
export function engineOf(database: Resource): string | undefined {
  return database.at('Engine').string?.toLowerCase();
}

/** Whether an instance leaves storage, backups, logs and deletion protection to its cluster. */
export function isClusterMember(database: Resource): boolean {
  return database.type === 'AWS::RDS::DBInstance' && !database.at('DBClusterIdentifier').isAbsent;
}

/** Whether an instance is a read replica; a restore to a point in time names a source too, but is a database of its own. */
export function isReadReplica(database: Resource): boolean {
  const isSet = (path: string) => !database.at(path).isAbsent;
  if (database.type !== 'AWS::RDS::DBInstance' || isSet('RestoreTime') || isSet('UseLatestRestorableTime')) return false;
  return isSet('SourceDBInstanceIdentifier') || isSet('SourceDBClusterIdentifier');
}

/** Whether a cluster is a Multi-AZ cluster of RDS, not an Aurora cluster. */
export function isMultiAzCluster(database: Resource): Ternary {
  if (database.type !== 'AWS::RDS::DBCluster') return false;
  return database.at('Engine').isUnknown ? undefined : /^(mysql|postgres)$/.test(engineOf(database) ?? '');
}

/** Whether the operating system of a database is open to its owner, and many settings of RDS are not. */
export function isRdsCustom(database: Resource): boolean {
  return engineOf(database)?.startsWith('custom-') === true;
}

/** The cluster of an instance, when it is among the templates. */
export function clusterOf(instance: Resource): Resource | undefined {
  return instance.at('DBClusterIdentifier').targets('AWS::RDS::DBCluster')[0];
}
