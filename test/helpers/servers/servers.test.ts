import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeWithMariaDb, MariaDbServer } from './mariadb';
import { describeWithPostgres, PostgresServer } from './postgres';

jest.setTimeout(120_000);

describeWithPostgres('PostgreSQL for tests', () => {
  test('has the tables of the test, a user who owns the database, and TLS that clients can check', async () => {
    const server = await PostgresServer.start({ sql: 'CREATE TABLE orders AS SELECT 7 AS id; GRANT SELECT ON orders TO tester' });
    try {
      const sql =
        'SELECT id, current_user, rolsuper, (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) FROM orders, pg_roles WHERE rolname = current_user';
      expect(await server.query(sql)).toMatchObject({ code: 0, stdout: '7|tester|f|t\n' });
      expect(await server.query('SELECT 1', { password: 'wrong' })).toMatchObject({ code: 2 });
    } finally {
      await server.stop();
    }
    expect(existsSync(dirname(server.address.authority!))).toBe(false);
    expect((await server.query('SELECT 1')).code).not.toBe(0);
  });

  test.each([
    ['self-signed', /certificate verify failed/],
    ['wrong host', /does not match host name "localhost"/],
  ] as const)('can show a certificate that clients refuse: %s', async (tls, refusal) => {
    const server = await PostgresServer.start({ tls });
    const answer = await server.query('SELECT 1').finally(() => server.stop());
    expect(answer.code).not.toBe(0);
    expect(answer.stderr).toMatch(refusal);
  });

  test('can do without TLS', async () => {
    const server = await PostgresServer.start({ tls: 'off' });
    const [plain, encrypted] = await Promise.all([
      server.query('SELECT 1'),
      server.query('SELECT 1', { sslmode: 'require' }),
    ]).finally(() => server.stop());
    expect(plain.code).toBe(0);
    expect(encrypted.stderr).toMatch(/does not support SSL/);
  });

  test('says what the server said when it does not start', () =>
    expect(PostgresServer.start({ settings: { no_such_setting: '1' } })).rejects.toThrow(/ended with 1[\s\S]*no_such_setting/));
});

describeWithMariaDb('MariaDB for tests', () => {
  test('has the tables of the test, a user for one database, and TLS that clients can check', async () => {
    const server = await MariaDbServer.start({ sql: 'CREATE TABLE orders AS SELECT 7 AS id' });
    try {
      const sql =
        "SELECT id, current_user, variable_value <> '' FROM orders, information_schema.session_status WHERE variable_name = 'ssl_version'";
      expect(await server.query(sql)).toMatchObject({ code: 0, stdout: '7\ttester@%\t1\n' });
      expect((await server.query('SELECT 1 FROM mysql.user')).stderr).toMatch(/denied/);
    } finally {
      await server.stop();
    }
    expect(existsSync(dirname(server.address.authority!))).toBe(false);
    expect((await server.query('SELECT 1')).code).not.toBe(0);
  });

  test.each([
    ['self-signed', /self-signed certificate/],
    ['wrong host', /SSL certificate validation failure|Validation of SSL server certificate failed/],
  ] as const)('can show a certificate that clients refuse: %s', async (tls, refusal) => {
    const server = await MariaDbServer.start({ tls });
    const answer = await server.query('SELECT 1').finally(() => server.stop());
    expect(answer.code).not.toBe(0);
    expect(answer.stderr).toMatch(refusal);
  });

  test('can do without TLS', async () => {
    const server = await MariaDbServer.start({ tls: 'off' });
    const [plain, encrypted] = await Promise.all([
      server.query('SELECT 1'),
      server.query('SELECT 1', ['--ssl', '--ssl-verify-server-cert']),
    ]).finally(() => server.stop());
    expect(plain.code).toBe(0);
    expect(encrypted.stderr).toMatch(/SSL/);
  });

  test('says what the server said when it does not start', () =>
    expect(MariaDbServer.start({ settings: { no_such_setting: '1' } })).rejects.toThrow(/ended with \d[\s\S]*no_such_setting/));
});
