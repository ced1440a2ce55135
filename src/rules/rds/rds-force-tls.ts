import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { isClusterMember, isRdsCustom } from '../shared/database-kinds';
import { type EngineVersion, engineVersionOf, isAtLeast } from '../shared/database-versions';
import { optionOf } from '../shared/option-groups';
import { mustHaveParameter, parameterOf } from '../shared/parameter-groups';

interface Switch {
  readonly engine: RegExp;
  readonly parameter: string;
  readonly on: RegExp;
  /** The first version that requires TLS when the parameter is not set; no version does when not given. */
  readonly since?: string;
}

const ON = /^(1|on|true)$/i;
const SWITCHES: readonly Switch[] = [
  { engine: /^postgres$/, parameter: 'rds.force_ssl', on: ON, since: '15' },
  { engine: /^aurora-postgresql$/, parameter: 'rds.force_ssl', on: ON, since: '17' },
  { engine: /^mysql$/, parameter: 'require_secure_transport', on: ON },
  { engine: /^aurora(-mysql)?$/, parameter: 'require_secure_transport', on: ON, since: '8.4' },
  { engine: /^mariadb$/, parameter: 'require_secure_transport', on: ON, since: '11.8' },
  { engine: /^sqlserver-/, parameter: 'rds.force_ssl', on: ON },
  { engine: /^db2-/, parameter: 'db2comm', on: /^ssl$/i },
];

const instance = (Engine: string, EngineVersion: string, properties: object = {}) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine, EngineVersion, ...properties } },
});
const withGroup = (Engine: string, EngineVersion: string, Parameters: JsonObject) => ({
  ...instance(Engine, EngineVersion, { DBParameterGroupName: { Ref: 'Group' } }),
  Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'any', Parameters } },
});
const aurora = (Engine: string, EngineVersion: string, Parameters: JsonObject) => ({
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { Engine, EngineVersion, DBClusterParameterGroupName: { Ref: 'Group' } },
  },
  Group: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Family: 'any', Parameters } },
});
const oracle = (...OptionConfigurations: JsonObject[]) => ({
  ...instance('oracle-se2', '19', { OptionGroupName: { Ref: 'Options' } }),
  Options: { Type: 'AWS::RDS::OptionGroup', Properties: { EngineName: 'oracle-se2', OptionConfigurations } },
});
const network = (Value: string): JsonObject => ({
  OptionName: 'NATIVE_NETWORK_ENCRYPTION',
  OptionSettings: [{ Name: 'SQLNET.ENCRYPTION_SERVER', Value }],
});

export default defineRule({
  id: 'RDS.12',
  slug: 'rds-force-tls',
  title: 'RDS databases accept only encrypted connections',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database) && !isRdsCustom(database),
  rationale:
    'A database that also takes plain connections will get them: one client without TLS shows its password and its data.',
  remediation:
    "Set `parameters` of the instance or cluster: `{ 'rds.force_ssl': '1' }` for PostgreSQL and SQL Server, `{ require_secure_transport: 'ON' }` for MySQL and MariaDB, `{ db2comm: 'SSL' }` with a port by `ssl_svcename` for Db2. For Oracle, give an `OptionGroup` the option `NATIVE_NETWORK_ENCRYPTION` with `SQLNET.ENCRYPTION_SERVER` set to `REQUIRED`.",
  references: [
    'Security Hub RDS.38',
    'Security Hub RDS.39',
    'AWS Config RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT',
    'AWS Config RDS_SQLSERVER_ENCRYPTED_IN_TRANSIT',
    'NIST 800-53 SC-8',
  ],
  check: (database) => {
    const known = engineVersionOf(database);
    const { engine } = known;
    if (engine === undefined) return [database.at('Engine').undetermined('an engine that is known', 'it is that of its origin')];
    if (engine.startsWith('oracle-')) return oracleMustEncrypt(database);
    const found = SWITCHES.find((each) => each.engine.test(engine));
    return found ? mustForce(database, found, known) : [];
  },
  examples: {
    pass: {
      'PostgreSQL is told to': withGroup('postgres', '14.12', { 'rds.force_ssl': '1' }),
      'PostgreSQL 15 does so by default': instance('postgres', '15.7'),
      'PostgreSQL 17 has a parameter group about something else': withGroup('postgres', '17', { log_connections: '1' }),
      'Aurora PostgreSQL is told to': aurora('aurora-postgresql', '16.4', { 'rds.force_ssl': 1 }),
      'Aurora PostgreSQL 17 does so by default': aurora('aurora-postgresql', '17.4', { log_connections: '1' }),
      'the default parameter group tells the version': {
        Cluster: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { Engine: 'aurora-postgresql', DBClusterParameterGroupName: 'default.aurora-postgresql17' },
        },
      },
      'MySQL is told to': withGroup('mysql', '8.4', { require_secure_transport: 'ON' }),
      'Aurora MySQL is told to': aurora('aurora-mysql', '8.0.mysql_aurora.3.10.0', { require_secure_transport: '1' }),
      'Aurora MySQL 8.4 does so by default': aurora('aurora-mysql', '8.4.mysql_aurora.8.4.7', { time_zone: 'UTC' }),
      'MariaDB 11.8 does so by default': instance('mariadb', '11.8.3'),
      'SQL Server is told to': withGroup('sqlserver-se', '16.00', { 'rds.force_ssl': '1' }),
      'Db2 listens for TLS only': withGroup('db2-se', '11.5', { db2comm: 'SSL', ssl_svcename: '50443' }),
      'Oracle requires encryption': oracle(network('REQUIRED')),
      'a replica has the parameter group of its source': {
        ...withGroup('mysql', '8.4', { require_secure_transport: 'ON' }),
        Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
      },
    },
    fail: {
      'PostgreSQL 14 does not by default': instance('postgres', '14.12'),
      'PostgreSQL is told not to': withGroup('postgres', '17', { 'rds.force_ssl': '0' }),
      'Aurora PostgreSQL 16 does not by default': aurora('aurora-postgresql', '16.4', { log_connections: '1' }),
      'MySQL does not by default': instance('mysql', '8.4'),
      'Aurora MySQL 3 does not by default': aurora('aurora-mysql', '8.0.mysql_aurora.3.10.0', { time_zone: 'UTC' }),
      'MariaDB 11.4 does not by default': instance('mariadb', '11.4'),
      'SQL Server does not by default': instance('sqlserver-ex', '16.00', { DBParameterGroupName: 'default.sqlserver-ex-16.0' }),
      'Db2 listens for both': withGroup('db2-ae', '11.5', { db2comm: 'TCPIP,SSL' }),
      'Oracle has no such option': oracle(),
      'Oracle only accepts encryption': oracle(network('REQUESTED')),
      'TLS is not required in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: withGroup('mysql', '8.4', { require_secure_transport: { 'Fn::If': ['IsProduction', 'ON', 'OFF'] } }),
      },
    },
    undetermined: {
      'the parameter group is elsewhere': instance('postgres', '16', { DBParameterGroupName: 'orders' }),
      'the value is a parameter': {
        Parameters: { Tls: { Type: 'String' } },
        Resources: withGroup('postgres', '16', { 'rds.force_ssl': { Ref: 'Tls' } }),
      },
      'the version of PostgreSQL is not stated': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } },
      },
      'the engine is that of a snapshot': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { DBSnapshotIdentifier: 'orders' } },
      },
      'Oracle has a port for TLS beside the plain one': oracle({ OptionName: 'SSL', Port: 2484 }),
    },
  },
});

function mustForce(database: Resource, { parameter, on, since }: Switch, { engine, version }: EngineVersion): Observation[] {
  const setting = parameterOf(database, parameter);
  if (setting.kind === 'default' && since !== undefined && version === undefined)
    return [
      setting.at.undetermined(
        `'${parameter}' is on`,
        `${engine} is safe by default since ${since}, and the version is not known`,
      ),
    ];
  const isSafe = since !== undefined && version !== undefined && isAtLeast(version, since);
  const byDefault = isSafe ? `${engine} requires TLS by default since version ${since}` : undefined;
  return mustHaveParameter(database, { name: parameter, expected: 'on', test: ({ string }) => on.test(string ?? ''), byDefault });
}

/** The option `SSL` adds a port, and leaves the plain one open. */
function oracleMustEncrypt(database: Resource): Observation[] {
  const expected = "the option 'NATIVE_NETWORK_ENCRYPTION' with encryption required";
  const option = optionOf(database, 'NATIVE_NETWORK_ENCRYPTION');
  if (option.kind === 'unknown') return [option.at.undetermined(expected, 'the options are not all among these templates')];
  if (option.kind === 'set') {
    const server = option.value.at('OptionSettings').pick('Name', 'SQLNET.ENCRYPTION_SERVER').at('Value');
    return server.must("'REQUIRED'", ({ string }) => string?.toUpperCase() === 'REQUIRED');
  }
  if (optionOf(database, 'SSL').kind === 'default')
    return [option.at.fails(expected, 'no option requires encrypted connections')];
  return [
    option.at.undetermined(expected, "the option 'SSL' has a port of its own, and who reaches the plain one is not decided here"),
  ];
}
