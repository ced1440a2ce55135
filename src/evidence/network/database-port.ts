import type { Value } from '../../model/value';

/** The ports that engines listen on unless a template says otherwise. */
const BY_ENGINE: readonly (readonly [engine: RegExp, port: number])[] = [
  [/postgres/, 5432],
  [/mysql|mariadb/, 3306],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/^(redis|valkey)/, 6379],
  [/^memcached/, 11_211],
];

const BY_TYPE: Readonly<Record<string, number>> = {
  'AWS::DocDB::DBCluster': 27_017,
  'AWS::Neptune::DBCluster': 8182,
  'AWS::Redshift::Cluster': 5439,
};

/** The port that a rule takes from the address of a database, as the template of the database has it. */
export function databasePort(value: Value): number | undefined {
  const { resolved, target } = value;
  if (!target || resolved.kind !== 'reference' || !resolved.attribute.endsWith('Port')) return undefined;
  const port = target.at('Port');
  if (!port.isAbsent) return port.number;
  const engine = target.at('Engine').string;
  return BY_TYPE[target.type] ?? BY_ENGINE.find(([pattern]) => engine !== undefined && pattern.test(engine))?.[1];
}
