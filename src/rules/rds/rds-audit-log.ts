import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { isClusterMember, isMultiAzCluster, isRdsCustom } from '../shared/database-kinds';
import { engineVersionOf } from '../shared/database-versions';
import { optionOf } from '../shared/option-groups';
import { mustHaveParameter, parameterOf } from '../shared/parameter-groups';

const isOn = ({ string }: Value) => /^(1|on|true)$/i.test(string ?? '');
const isSomething = ({ string }: Value) => string !== undefined && !/^\s*(none)?\s*$/i.test(string);
const PGAUDIT = { name: 'shared_preload_libraries', expected: "a list with 'pgaudit'", test: hasPgaudit };
const PGAUDIT_LOG = { name: 'pgaudit.log', expected: "kinds of statements, as in 'ddl,role,write'", test: isSomething };
const AURORA_MYSQL = { name: 'server_audit_logging', expected: 'on', test: isOn };
const AURORA_EVENTS = { name: 'server_audit_events', expected: "kinds of events, as in 'CONNECT,QUERY_DCL'", test: isSomething };

const AUDITED: readonly (readonly [engine: RegExp, check: (database: Resource) => Observation[]])[] = [
  [/^(aurora-postgresql|postgres)$/, (database) => [PGAUDIT, PGAUDIT_LOG].flatMap((each) => mustHaveParameter(database, each))],
  [/^aurora(-mysql)?$/, (database) => [AURORA_MYSQL, AURORA_EVENTS].flatMap((each) => mustHaveParameter(database, each))],
  [/^(mysql|mariadb)$/, (database) => mustHaveOption(database, 'MARIADB_AUDIT_PLUGIN')],
  [/^sqlserver-/, (database) => mustHaveOption(database, 'SQLSERVER_AUDIT')],
  [/^db2-/, (database) => mustHaveOption(database, 'DB2_AUDIT')],
  [/^oracle-/, oracleMustAudit],
];

const withGroup = (Engine: string, Parameters: JsonObject) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine, DBParameterGroupName: { Ref: 'Group' } } },
  Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'any', Parameters } },
});
const aurora = (Engine: string, Parameters: JsonObject) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine, DBClusterParameterGroupName: { Ref: 'Group' } } },
  Group: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Family: 'any', Parameters } },
});
const withOption = (Engine: string, ...names: string[]) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine, OptionGroupName: { Ref: 'Options' } } },
  Options: {
    Type: 'AWS::RDS::OptionGroup',
    Properties: { EngineName: Engine, OptionConfigurations: names.map((OptionName) => ({ OptionName })) },
  },
});

export default defineRule({
  id: 'RDS.13',
  slug: 'rds-audit-log',
  title: 'RDS databases write an audit log',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  /** A Multi-AZ cluster of MySQL takes no option group, and so has no audit plugin. */
  applies: (database) =>
    !isClusterMember(database) &&
    !isRdsCustom(database) &&
    !(isMultiAzCluster(database) && database.at('Engine').string === 'mysql'),
  rationale: 'Exported logs show errors and slow queries; who read or changed which data is in them only when the engine audits.',
  remediation:
    "Set `parameters`: `{ shared_preload_libraries: 'pgaudit', 'pgaudit.log': 'ddl,role,write' }` for PostgreSQL, `{ server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL' }` for Aurora MySQL, `{ audit_trail: 'DB' }` for Oracle. For the others, give an `OptionGroup` the option `MARIADB_AUDIT_PLUGIN` (MySQL and MariaDB), `SQLSERVER_AUDIT` or `DB2_AUDIT`.",
  references: ['Security Hub RDS.34', 'NIST 800-53 AU-12', 'AWS documentation: pgAudit, MariaDB Audit Plugin, Advanced Auditing'],
  check: (database) => {
    const { engine } = engineVersionOf(database);
    if (engine === undefined) return [database.at('Engine').undetermined('an engine that is known', 'it is that of its origin')];
    return AUDITED.find(([pattern]) => pattern.test(engine))?.[1](database) ?? [];
  },
  examples: {
    pass: {
      'PostgreSQL audits': withGroup('postgres', {
        shared_preload_libraries: 'pg_stat_statements,pgaudit',
        'pgaudit.log': 'ddl,role',
      }),
      'Aurora PostgreSQL audits': aurora('aurora-postgresql', { shared_preload_libraries: 'pgaudit', 'pgaudit.log': 'all' }),
      'Aurora MySQL audits': aurora('aurora-mysql', { server_audit_logging: 1, server_audit_events: 'CONNECT,QUERY' }),
      'MySQL has the audit plugin': withOption('mysql', 'MARIADB_AUDIT_PLUGIN'),
      'SQL Server has the audit option': withOption('sqlserver-se', 'SQLSERVER_BACKUP_RESTORE', 'SQLSERVER_AUDIT'),
      'Oracle has an audit trail': withGroup('oracle-se2', { audit_trail: 'DB,EXTENDED' }),
    },
    fail: {
      'PostgreSQL has no parameter group': { Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } } },
      'PostgreSQL loads pgaudit and lets it do nothing': withGroup('postgres', { shared_preload_libraries: 'pgaudit' }),
      'PostgreSQL is told what to audit without pgaudit': aurora('aurora-postgresql', { 'pgaudit.log': 'all' }),
      'Aurora MySQL audits no events': aurora('aurora-mysql', { server_audit_logging: '1' }),
      'Aurora MySQL does not audit': aurora('aurora-mysql', { server_audit_logging: '0', server_audit_events: 'CONNECT' }),
      'MariaDB has no option group': { Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mariadb' } } },
      'SQL Server has another option': withOption('sqlserver-se', 'SQLSERVER_BACKUP_RESTORE'),
    },
    undetermined: {
      'the option group is elsewhere': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', OptionGroupName: 'orders' } },
      },
      'Oracle may audit by statements of SQL': withGroup('oracle-ee', { open_cursors: '300' }),
      'the engine is that of a snapshot': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { DBSnapshotIdentifier: 'orders' } },
      },
      'what is audited is a parameter': {
        Parameters: { Events: { Type: 'String' } },
        Resources: aurora('aurora-mysql', { server_audit_logging: '1', server_audit_events: { Ref: 'Events' } }),
      },
    },
  },
});

function hasPgaudit({ string }: Value): boolean {
  return (string ?? '').split(',').some((library) => library.trim() === 'pgaudit');
}

function mustHaveOption(database: Resource, name: string): Observation[] {
  const option = optionOf(database, name);
  if (option.kind === 'set') return [];
  const expected = `the option '${name}'`;
  if (option.kind === 'default') return [option.at.fails(expected, `no option group has the option '${name}'`)];
  return [option.at.undetermined(expected, 'the options are not all among these templates')];
}

/** Unified auditing is turned on with SQL. */
function oracleMustAudit(database: Resource): Observation[] {
  const setting = parameterOf(database, 'audit_trail');
  const expected = "'audit_trail' is set, or a policy of unified auditing";
  if (setting.kind === 'set' && (isSomething(setting.value) || setting.value.isUnknown))
    return setting.value.must(expected, isSomething);
  const { at } = setting.kind === 'set' ? { at: setting.value } : setting;
  return [at.undetermined(expected, 'policies of unified auditing are made with SQL')];
}
