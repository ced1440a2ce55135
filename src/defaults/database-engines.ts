import { Token } from 'aws-cdk-lib';
import type * as rds from 'aws-cdk-lib/aws-rds';

/** What an engine of RDS needs to take only encrypted connections, to audit and to log; the rules have the same facts. */
export interface DatabaseEngine {
  /** Its name, for people. */
  readonly name: string;
  /** The first major version that has standard support, as of November 2026. */
  readonly supportedSince: string;
  /** Parameters that force TLS and turn on auditing. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The option that a parameter group cannot replace. */
  readonly option?: EngineOption;
  /** Logs that are sent to CloudWatch Logs. */
  readonly logs: readonly string[];
  /** Whether people and services can sign in by IAM. */
  readonly iamAuthentication: boolean;
  /** Instance types without Performance Insights. */
  readonly withoutInsights?: RegExp;
  /** An edition that RDS neither encrypts nor gives a standby. */
  readonly isLimited?: boolean;
}

/** An option of an option group. */
export interface EngineOption {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Whether RDS writes the audit log to a bucket, by a role. */
  readonly takesBucket?: boolean;
}

/**
 * RDS would take TLS 1.1 of PostgreSQL; the versions of MySQL and MariaDB that have support take nothing older than 1.2.
 *
 * A library beside those that RDS loads by itself, which Performance Insights reads; who changes what, in sessions of everyone.
 * What it writes needs `CREATE EXTENSION pgaudit` in each database.
 */
const POSTGRESQL: Pick<DatabaseEngine, 'supportedSince' | 'parameters' | 'logs' | 'iamAuthentication'> = {
  supportedSince: '14',
  parameters: {
    'rds.force_ssl': '1',
    ssl_min_protocol_version: 'TLSv1.2',
    shared_preload_libraries: 'pg_stat_statements,pgaudit',
    'pgaudit.log': 'ddl,role,write',
    log_connections: '1',
    log_disconnections: '1',
  },
  logs: ['postgresql'],
  iamAuthentication: true,
};

/** For both, RDS has the plugin of MariaDB: connections, and statements that change data, structure or rights. */
const MYSQL: Omit<DatabaseEngine, 'name' | 'supportedSince'> = {
  parameters: { require_secure_transport: '1' },
  option: {
    name: 'MARIADB_AUDIT_PLUGIN',
    settings: { SERVER_AUDIT_EVENTS: 'CONNECT,QUERY_DDL,QUERY_DML_NO_SELECT,QUERY_DCL' },
  },
  logs: ['audit', 'error'],
  iamAuthentication: true,
  withoutInsights: /^t(2|3|4g)\.(micro|small)$/,
};

const SQL_SERVER: DatabaseEngine = {
  name: 'SQL Server',
  supportedSince: '14',
  parameters: { 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' },
  option: { name: 'SQLSERVER_AUDIT', settings: { ENABLE_COMPRESSION: 'true' }, takesBucket: true },
  logs: ['agent', 'error'],
  iamAuthentication: false,
};

/**
 * By the type of an engine; the first that matches counts.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.SSLSupport.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.Audit.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
 */
const ENGINES: readonly (readonly [type: RegExp, engine: DatabaseEngine])[] = [
  [/^postgres$/, { name: 'PostgreSQL', ...POSTGRESQL, logs: [...POSTGRESQL.logs, 'upgrade'] }],
  [/^aurora-postgresql$/, { name: 'Aurora PostgreSQL', ...POSTGRESQL }],
  [/^mysql$/, { name: 'MySQL', supportedSince: '8.4', ...MYSQL }],
  [/^mariadb$/, { name: 'MariaDB', supportedSince: '10.11', ...MYSQL }],
  [
    /^aurora(-mysql)?$/,
    {
      name: 'Aurora MySQL',
      supportedSince: '8.0',
      parameters: {
        require_secure_transport: 'ON',
        server_audit_logging: '1',
        server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
      },
      logs: ['audit', 'error'],
      iamAuthentication: true,
      withoutInsights: /^(t2|t3)\.|^t4g\.(micro|small)$/,
    },
  ],
  [/^sqlserver-ex$/, { ...SQL_SERVER, name: 'SQL Server Express', logs: ['error'], isLimited: true }],
  [/^sqlserver-/, SQL_SERVER],
  [
    /^oracle-/,
    {
      name: 'Oracle',
      supportedSince: '19',
      // Records in files, which RDS sends to CloudWatch Logs, and without the text of statements and its values.
      parameters: { audit_trail: 'XML' },
      option: {
        name: 'NATIVE_NETWORK_ENCRYPTION',
        settings: {
          'SQLNET.ENCRYPTION_SERVER': 'REQUIRED',
          'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES256,AES192,AES128',
          'SQLNET.CRYPTO_CHECKSUM_SERVER': 'REQUIRED',
          'SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER': 'SHA512,SHA384,SHA256',
        },
      },
      logs: ['alert', 'audit', 'listener'],
      iamAuthentication: false,
    },
  ],
];

/** What is known of an engine; undefined for one that the library does not know. */
export function databaseEngine({ engineType }: rds.IEngine): DatabaseEngine | undefined {
  return ENGINES.find(([type]) => type.test(engineType.toLowerCase()))?.[1];
}

/** Whether a version of an engine has standard support; undefined when the engine does not say which it is. */
export function isSupported(engine: rds.IEngine): boolean | undefined {
  const known = databaseEngine(engine);
  const version = engine.engineVersion?.majorVersion;
  if (known === undefined || version === undefined || Token.isUnresolved(version)) return undefined;
  const [own, least] = [version, known.supportedSince].map((each) => each.split('.').map(Number));
  const differing = least.findIndex((number, index) => number !== (own[index] ?? 0));
  return differing === -1 || (own[differing] ?? 0) > least[differing];
}

/** Whether an instance type can report what a database spends its time on. */
export function takesInsights(engine: rds.IEngine, instanceType: string): boolean {
  return databaseEngine(engine)?.withoutInsights?.test(instanceType) !== true;
}

/** The parameters of an engine, with what an app sets before them; libraries that it loads stay, beside those for auditing. */
export function engineParameters(engine: DatabaseEngine, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = { ...engine.parameters, ...own };
  if (own[LIBRARIES] === undefined || engine.parameters[LIBRARIES] === undefined) return all;
  const libraries = own[LIBRARIES].split(',').map((library) => library.trim());
  return { ...all, [LIBRARIES]: [...new Set([...libraries, 'pgaudit'])].join(',') };
}

const LIBRARIES = 'shared_preload_libraries';
