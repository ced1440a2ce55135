import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { isReadReplica } from './database-kinds';

/** The property that names a parameter group, and the type of the group. */
const GROUPS: Readonly<Record<string, readonly [path: string, type: string]>> = {
  'AWS::DocDB::DBCluster': ['DBClusterParameterGroupName', 'AWS::DocDB::DBClusterParameterGroup'],
  'AWS::Neptune::DBCluster': ['DBClusterParameterGroupName', 'AWS::Neptune::DBClusterParameterGroup'],
  'AWS::RDS::DBCluster': ['DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup'],
  'AWS::RDS::DBInstance': ['DBParameterGroupName', 'AWS::RDS::DBParameterGroup'],
  'AWS::Redshift::Cluster': ['ClusterParameterGroupName', 'AWS::Redshift::ClusterParameterGroup'],
};

/** What a group says of one of its members. */
export type Setting =
  | { readonly kind: 'set'; readonly value: Value }
  /** The group leaves it out, or is the default one; `at` is what to change. */
  | { readonly kind: 'default'; readonly at: Value }
  | { readonly kind: 'unknown'; readonly at: Value };

/** Where a parameter of a database is decided, and how. */
export function parameterOf(database: Resource, name: string): Setting {
  const { owner, at } = groupNameOf(database);
  const group = at.targets(GROUPS[owner.type][1])[0];
  if (!group) return at.isAbsent || isDefaultGroup(at) ? { kind: 'default', at } : { kind: 'unknown', at };
  const parameters = group.at('Parameters');
  if (parameters.isUnknown) return { kind: 'unknown', at: parameters };
  const value =
    group.type === 'AWS::Redshift::ClusterParameterGroup'
      ? parameters.pick('ParameterName', name).at('ParameterValue')
      : parameters.entries().find(([key]) => key.toLowerCase() === name)?.[1];
  return value === undefined || value.isAbsent ? { kind: 'default', at: parameters } : { kind: 'set', value };
}

/** Family of the parameter group of a database, for example `postgres17`; undefined when it is not known. */
export function familyOf(database: Resource): string | undefined {
  const { owner, at } = groupNameOf(database);
  const group = at.targets(GROUPS[owner.type][1])[0];
  if (group) return (group.at('Family').string ?? group.at('ParameterGroupFamily').string)?.toLowerCase();
  return isDefaultGroup(at) ? at.string?.slice('default.'.length).toLowerCase() : undefined;
}

/** What is expected of a parameter. */
export interface ExpectedParameter {
  readonly name: string;
  readonly expected: string;
  readonly test: (value: Value) => boolean;
  /** Why it is right when nothing sets it; without it, a parameter that nothing sets is wrong. */
  readonly byDefault?: string;
}

/** Expect a parameter of a database to have a certain value. */
export function mustHaveParameter(database: Resource, wanted: ExpectedParameter): Observation[] {
  const { name, byDefault } = wanted;
  const expected = `'${name}' is ${wanted.expected}`;
  const setting = parameterOf(database, name);
  if (setting.kind === 'set') return setting.value.must(wanted.expected, wanted.test);
  if (setting.kind === 'unknown') return [setting.at.undetermined(expected, 'the parameter group is not among these templates')];
  if (byDefault !== undefined) return [{ kind: 'note', resource: database, path: setting.at.path, text: byDefault }];
  return [setting.at.fails(expected, `'${name}' is not set in a parameter group`)];
}

/** A read replica without a group of its own has the one of its source. */
export function ownerOf(database: Resource, path: string): Resource {
  if (!database.at(path).isAbsent || !isReadReplica(database)) return database;
  return database.at('SourceDBInstanceIdentifier').targets('AWS::RDS::DBInstance')[0] ?? database;
}

function groupNameOf(database: Resource): { readonly owner: Resource; readonly at: Value } {
  const [path] = GROUPS[database.type];
  const owner = ownerOf(database, path);
  return { owner, at: owner.at(path) };
}

function isDefaultGroup(name: Value): boolean {
  return name.string?.toLowerCase().startsWith('default.') === true;
}
