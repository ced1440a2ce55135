import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as rds from 'aws-cdk-lib/aws-rds';
import { SecureDatabase, SecureDatabaseCluster } from '../../src';
import { describeWithMariaDb, MariaDbServer } from '../helpers/servers/mariadb';
import { describeWithPostgres, PostgresServer } from '../helpers/servers/postgres';
import { takesTls } from '../helpers/servers/tls-versions';
import { CLUSTER_ENGINES, ENGINES, network, propertiesOf, templateOf } from './databases';

jest.setTimeout(120_000);

type Settings = Record<string, string>;

const made = (engine: keyof typeof ENGINES) =>
  templateOf((stack) => new SecureDatabase(stack, 'Orders', { vpc: network(stack), engine: ENGINES[engine] }));
const writer = rds.ClusterInstance.serverlessV2('Writer');
const madeCluster = (name: keyof typeof CLUSTER_ENGINES) =>
  templateOf((stack) => {
    new SecureDatabaseCluster(stack, 'Orders', { vpc: network(stack), engine: CLUSTER_ENGINES[name], writer });
  });

/** What the parameter group says to the server; `rds.force_ssl` is for RDS, which does what `hostssl` does. */
function parametersOf(engine: keyof typeof ENGINES): { readonly forceTls: boolean; readonly settings: Settings } {
  const { 'rds.force_ssl': force, ...settings } = propertiesOf(made(engine), 'AWS::RDS::DBParameterGroup').Parameters;
  return { forceTls: force === '1', settings };
}

/** What the option group says to the plugin that RDS loads, which is that of MariaDB. */
function auditOf(engine: 'MariaDB' | 'MySQL'): Settings {
  const [{ OptionSettings: settings }] = propertiesOf(made(engine), 'AWS::RDS::OptionGroup').OptionConfigurations;
  const named = settings.map(({ Name, Value }: { Name: string; Value: string }) => [Name.toLowerCase(), Value]);
  return { plugin_load_add: 'server_audit', server_audit_logging: 'ON', ...Object.fromEntries(named) };
}

/** Of itself, Debian's OpenSSL would refuse old versions of TLS for the server. */
const LAX = 'ALL:@SECLEVEL=0';

describeWithPostgres('a PostgreSQL with the parameters of SecureDatabase', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    const { forceTls, settings } = parametersOf('PostgreSQL');
    const sql = 'CREATE EXTENSION pgaudit; CREATE TABLE orders (id int); GRANT ALL ON orders TO tester';
    server = await PostgresServer.start({ forceTls, settings: { ...settings, ssl_ciphers: LAX }, sql });
  });
  afterAll(() => server?.stop());

  test('knows every one of them, and takes its value', async () => {
    const { settings } = parametersOf('PostgreSQL');
    const names = Object.keys(settings).map((name) => `'${name}'`);
    const { stdout } = await server.administrate(`SELECT name FROM pg_settings WHERE name IN (${names}) AND source <> 'default'`);
    expect(stdout.trim().split('\n').sort()).toEqual(Object.keys(settings).sort());
  });

  test('refuses connections without TLS', async () => {
    expect((await server.query('SELECT 1', { sslmode: 'disable' })).stderr).toMatch(/no pg_hba.conf entry .* no encryption/);
    expect(await server.query('SELECT 1')).toMatchObject({ code: 0, stdout: '1\n' });
  });

  test('refuses TLS that is older than 1.2', async () => {
    expect(await takesTls(server.address, 'postgres', 'tls1_1')).toBe(false);
    expect(await takesTls(server.address, 'postgres', 'tls1_2')).toBe(true);
    expect(await takesTls(server.address, 'postgres', 'tls1_3')).toBe(true);
  });

  test('logs who comes and goes, and from where', async () => {
    await server.query('SELECT 1');
    await server.logs(/connection authorized: user=tester database=shop.* SSL enabled \(protocol=TLSv1\.3/);
    await server.logs(/disconnection: session time: .* user=tester database=shop host=127\.0\.0\.1/);
  });

  test('logs changes of data, of its structure and of rights, and not what is read', async () => {
    await server.query('INSERT INTO orders VALUES (7)');
    await server.query('SELECT id AS unrecorded FROM orders');
    await server.administrate('CREATE TABLE invoices (id int)');
    await server.administrate('GRANT SELECT ON invoices TO tester');
    await server.logs(/AUDIT: SESSION,1,1,WRITE,INSERT,,,INSERT INTO orders VALUES \(7\)/);
    await server.logs(/AUDIT: SESSION,1,1,DDL,CREATE TABLE,TABLE,public\.invoices/);
    await server.logs(/AUDIT: SESSION,1,1,ROLE,GRANT,TABLE,,GRANT SELECT ON invoices TO tester/);
    expect(server.log).not.toContain('unrecorded');
  });
}, ['pgaudit', 'pg_stat_statements']);

describeWithPostgres('a PostgreSQL without them', () => {
  test('takes connections without TLS and with an old one, and logs nothing of it', async () => {
    const server = await PostgresServer.start({ settings: { ssl_ciphers: LAX, ssl_min_protocol_version: 'TLSv1.1' } });
    try {
      expect(await server.query('SELECT 1', { sslmode: 'disable' })).toMatchObject({ code: 0 });
      expect(await takesTls(server.address, 'postgres', 'tls1_1')).toBe(true);
      expect(server.log).not.toMatch(/connection authorized|AUDIT/);
    } finally {
      await server.stop();
    }
  });
});

const auditLog = ({ data }: MariaDbServer) => readFileSync(join(data, 'server_audit.log'), 'utf8');

describeWithMariaDb('a MariaDB with the parameters and options of SecureDatabase', () => {
  let server: MariaDbServer;
  beforeAll(async () => {
    const settings = { ...parametersOf('MariaDB').settings, ...auditOf('MariaDB') };
    server = await MariaDbServer.start({ settings, sql: 'CREATE TABLE orders (id int)' });
  });
  afterAll(() => server?.stop());

  test('has them on', async () => {
    const variables = await server.administrate(
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('require_secure_transport', 'server_audit_logging')",
    );
    expect(variables.stdout).toBe('require_secure_transport\tON\nserver_audit_logging\tON\n');
  });

  test('refuses connections without TLS', async () => {
    expect((await server.query('SELECT 1', ['--skip-ssl'])).stderr).toMatch(/ERROR 1045 .* Access denied/);
    expect(await server.query('SELECT 1')).toMatchObject({ code: 0, stdout: '1\n' });
  });

  test('takes TLS 1.2 and 1.3', async () => {
    expect(await takesTls(server.address, 'mysql', 'tls1_2')).toBe(true);
    expect(await takesTls(server.address, 'mysql', 'tls1_3')).toBe(true);
  });

  test.each([
    ['who comes', /,tester,(localhost|127\.0\.0\.1),\d+,\d+,CONNECT,shop,,0$/m],
    ['who is turned away', /,FAILED_CONNECT,,,1045$/m],
    ['who goes', /,tester,(localhost|127\.0\.0\.1),\d+,\d+,DISCONNECT,shop,,0$/m],
    ['changes of data', /,tester,.*,QUERY,shop,'INSERT INTO orders VALUES \(7\)',0$/m],
    ['changes of its structure', /,root,.*,QUERY,shop,'CREATE TABLE invoices \(id int\)',0$/m],
    ['changes of rights', /,root,.*,QUERY,shop,'GRANT SELECT ON shop\.invoices TO tester',0$/m],
  ])('logs %s', async (_name, line) => {
    await server.query('INSERT INTO orders VALUES (7)');
    await server.query('SELECT id AS unrecorded FROM orders');
    await server.query('SELECT 1', [...server.tls(), '--password=wrong']);
    await server.administrate('CREATE TABLE invoices (id int); GRANT SELECT ON shop.invoices TO tester; DROP TABLE invoices');
    await server.until(`log ${line}`, () => line.test(auditLog(server)));
    expect(auditLog(server)).not.toContain('unrecorded');
  });
});

describeWithMariaDb('a MariaDB without them', () => {
  test('takes connections without TLS', async () => {
    const server = await MariaDbServer.start();
    const plain = await server.query('SELECT 1', ['--skip-ssl']).finally(() => server.stop());
    expect(plain).toMatchObject({ code: 0 });
  });
});

describe('what cannot be tried here', () => {
  test('MySQL is told the same as MariaDB', () => {
    expect(parametersOf('MySQL')).toEqual(parametersOf('MariaDB'));
    expect(auditOf('MySQL')).toEqual(auditOf('MariaDB'));
  });

  test('Aurora PostgreSQL is told the same as PostgreSQL', () => {
    const ofCluster = propertiesOf(madeCluster('Aurora PostgreSQL'), 'AWS::RDS::DBClusterParameterGroup').Parameters;
    expect(ofCluster).toEqual(propertiesOf(made('PostgreSQL'), 'AWS::RDS::DBParameterGroup').Parameters);
  });
});

describeWithMariaDb('the parameters of Aurora MySQL, which has the names of the plugin of MariaDB', () => {
  test('are taken by it', async () => {
    const parameters: Settings = propertiesOf(madeCluster('Aurora MySQL'), 'AWS::RDS::DBClusterParameterGroup').Parameters;
    const server = await MariaDbServer.start({ settings: { plugin_load_add: 'server_audit', ...parameters } });
    try {
      expect((await server.query('SELECT 1', ['--skip-ssl'])).stderr).toMatch(/ERROR 1045 .* Access denied/);
      await server.until('the audit log', () => /,CREATE DATABASE shop'|,QUERY,.*CREATE USER tester/.test(auditLog(server)));
    } finally {
      await server.stop();
    }
  });
});
