import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { Check, ExpectedData, Step } from '../../src/backup/restore-messages';
import { makeHandler } from '../../src/backup/validate-data/handler';
import { makeCertificate } from '../helpers/servers/certificates';
import type { ServerAddress } from '../helpers/servers/database-server';
import { describeWithMariaDb, MariaDbServer } from '../helpers/servers/mariadb';
import { describeWithPostgres, PostgresServer } from '../helpers/servers/postgres';
import { temporaryFolder } from '../helpers/temporary';

jest.setTimeout(180_000);

const RECOVERY_POINT_AT = '2026-11-21T03:00:00.000Z';
const FRESH = '2026-11-21 02:30:00';
const SECRET_WORD = 'correct-horse-battery';

const EXPECTED: ExpectedData = {
  database: 'shop',
  user: 'tester',
  tables: [
    { name: 'orders', minimumRows: 3, freshColumn: 'updated_at', maximumAgeSeconds: 3_600 },
    { name: 'we"ird`; DROP TABLE orders', minimumRows: 1 },
  ],
  assertions: [{ name: 'every order has a customer', sql: 'SELECT count(*) FROM orders WHERE customer IS NULL', expected: '0' }],
  statementSeconds: 5,
};

interface Look {
  readonly engine: string;
  readonly address: ServerAddress;
  readonly expected?: Partial<ExpectedData>;
  readonly password?: string;
  /** The authority of another server. */
  readonly authority?: string;
  readonly remaining?: number;
}

async function look({ engine, address, expected, password, authority, remaining = 600_000 }: Look): Promise<readonly Check[]> {
  const file = authority ?? address.authority;
  const validate = makeHandler({
    signIn: async () => ({ user: address.user, password: password ?? address.password }),
    authorities: file === undefined ? [] : [readFileSync(file, 'utf8')],
    patience: { attempts: 2, pauseMs: 10 },
    connectMs: 1_500,
    remaining: () => remaining,
  });
  const step: Step = await validate({
    test: {
      verdict: 'validate',
      job: {
        id: 'job',
        kind: 'RDS',
        source: 'arn:aws:rds:eu-west-1:111122223333:db:shop',
        recoveryPoint: 'arn',
        recoveryPointAt: RECOVERY_POINT_AT,
        startedAt: RECOVERY_POINT_AT,
        status: 'COMPLETED',
      },
      target: { kind: 'RDS', expect: { data: { ...EXPECTED, ...expected } }, hook: 'none' },
      settings: { planArn: 'arn', rpoSeconds: 1, rtoSeconds: 1, validationHours: 8, keyArn: 'arn' },
      deadline: '2099-01-01T00:00:00Z',
    },
    settings: { done: true, wait: 1, checks: [], endpoint: { host: address.host, port: address.port, engine } },
  });
  // Whatever is wrong, a ticket must not show how to sign in.
  expect(JSON.stringify(step)).not.toContain(address.password);
  return step.checks;
}

const failed = (checks: readonly Check[]) => checks.filter(({ passed }) => !passed).map(({ name }) => name);

/** What both families of databases promise. */
function promises(
  engine: string,
  good: () => ServerAddress,
  start: (tls: 'off' | 'self-signed' | 'wrong host') => Promise<Started>,
) {
  test('a good copy passes every check', async () => {
    const checks = await look({ engine, address: good() });
    expect(failed(checks)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'the server answers',
      'the server speaks TLS',
      'the certificate of the server is verified',
      'the sign-in works',
      'the connection is encrypted',
      'connections without TLS are refused',
      'the transaction can only read',
      'the database has tables',
      'table orders exists',
      'table orders has its rows',
      'table orders is fresh',
      'table we"ird`; DROP TABLE orders exists',
      'table we"ird`; DROP TABLE orders has its rows',
      'every order has a customer',
    ]);
    expect(checks.find(({ name }) => name === 'the connection is encrypted')?.observed).toMatch(/TLSv1\.3/);
    expect(checks.find(({ name }) => name === 'table orders has its rows')).toMatchObject({
      expected: 'at least 3 rows',
      observed: '3 rows',
    });
  });

  test('a missing table fails by its name, and the rest is still looked at', async () => {
    const checks = await look({ engine, address: good(), expected: { tables: [{ name: 'invoices', minimumRows: 1 }] } });
    expect(failed(checks)).toEqual(['table invoices exists']);
  });

  test('a truncated table fails by its rows', async () => {
    const checks = await look({ engine, address: good(), expected: { tables: [{ name: 'emptied', minimumRows: 1 }] } });
    expect(failed(checks)).toEqual(['table emptied has its rows']);
    expect(checks.find(({ passed }) => !passed)?.observed).toBe('0 rows');
  });

  test('stale data fails, and so does a table without any time', async () => {
    const tables = [
      { name: 'stale', minimumRows: 1, freshColumn: 'updated_at', maximumAgeSeconds: 3_600 },
      { name: 'emptied', minimumRows: 0, freshColumn: 'updated_at', maximumAgeSeconds: 3_600 },
    ];
    const checks = await look({ engine, address: good(), expected: { tables } });
    expect(failed(checks)).toEqual(['table stale is fresh', 'table emptied is fresh']);
    expect(checks.find(({ name }) => name === 'table stale is fresh')?.observed).toMatch(
      /^the newest change is of 2026-11-01T.*Z, \d+ seconds before$/,
    );
  });

  test('an assertion of the user that does not hold fails by its name, with what was seen', async () => {
    const assertions = [
      { name: 'orders are in euro', sql: "SELECT 'dollar'", expected: 'euro' },
      { name: 'no answer', sql: 'SELECT 1 FROM orders WHERE 1 = 0', expected: '1' },
      { name: 'broken', sql: 'SELEKT 1', expected: '1' },
    ];
    const checks = await look({ engine, address: good(), expected: { assertions } });
    expect(failed(checks)).toEqual(['orders are in euro', 'no answer', 'broken']);
    expect(checks.find(({ name }) => name === 'orders are in euro')).toMatchObject({ expected: 'euro', observed: 'dollar' });
  });

  test('statements cannot write, not even after the end of the transaction', async () => {
    const assertions = [
      { name: 'writes', sql: 'DELETE FROM orders', expected: '' },
      { name: 'breaks out', sql: 'COMMIT; DELETE FROM orders', expected: '' },
    ];
    expect(failed(await look({ engine, address: good(), expected: { assertions } }))).toEqual(['writes', 'breaks out']);
    expect(failed(await look({ engine, address: good() }))).toEqual([]);
  });

  test('a wrong password fails the sign-in', async () => {
    const checks = await look({ engine, address: good(), password: SECRET_WORD });
    expect(failed(checks)).toEqual(['the sign-in works']);
    expect(JSON.stringify(checks)).not.toContain(SECRET_WORD);
  });

  test('an authority that did not sign the certificate fails the certificate', async () => {
    const { authority } = makeCertificate(temporaryFolder('authority'), 'good');
    const checks = await look({ engine, address: good(), authority });
    expect(failed(checks)).toEqual(['the certificate of the server is verified']);
  });

  test.each(['self-signed', 'wrong host'] as const)('a certificate that is %s fails the certificate', async (tls) => {
    const server = await start(tls);
    const checks = await look({ engine, address: server.address }).finally(() => server.stop());
    expect(failed(checks)).toEqual(['the certificate of the server is verified']);
  });

  test('a server without TLS fails, and no password is sent', async () => {
    const server = await start('off');
    const checks = await look({ engine, address: server.address }).finally(() => server.stop());
    expect(failed(checks)).toEqual(['the server speaks TLS']);
  });

  test('a server that takes the connection and says nothing fails in time', async () => {
    const silent = await listen();
    const start = Date.now();
    const address = { ...good(), port: (silent.address() as { readonly port: number }).port };
    const checks = await look({ engine, address }).finally(() => silent.close());
    expect(failed(checks)).toEqual(['the server answers']);
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  test('nobody there fails the answer', async () => {
    const silent = await listen();
    const { port } = silent.address() as { readonly port: number };
    await new Promise((closed) => silent.close(closed));
    expect(failed(await look({ engine, address: { ...good(), port } }))).toEqual(['the server answers']);
  });

  test('what there is no time for fails as not looked at', async () => {
    const checks = await look({ engine, address: good(), remaining: 21_000 });
    expect(checks.find(({ name }) => name === 'every order has a customer')?.observed).toMatch(/^not looked at/);
  });
}

interface Started {
  readonly address: ServerAddress;
  readonly stop: () => Promise<void>;
}

async function listen(): Promise<Server> {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return server;
}

function tables(quote: string): string {
  return [
    'CREATE TABLE orders (id int, customer int, updated_at timestamp)',
    `INSERT INTO orders VALUES (1, 7, '2026-11-20 10:00:00'), (2, 8, '${FRESH}'), (3, 9, '2026-11-19 10:00:00')`,
    'CREATE TABLE emptied (id int, updated_at timestamp)',
    'CREATE TABLE stale (id int, updated_at timestamp)',
    "INSERT INTO stale VALUES (1, '2026-11-01 10:00:00')",
    `CREATE TABLE ${quote}we"ird\`; DROP TABLE orders${quote} (id int)`.replace(
      quote === '"' ? 'we"ird' : 'ird`',
      quote === '"' ? 'we""ird' : 'ird``',
    ),
    `INSERT INTO ${quote}we"ird\`; DROP TABLE orders${quote} VALUES (1)`.replace(
      quote === '"' ? 'we"ird' : 'ird`',
      quote === '"' ? 'we""ird' : 'ird``',
    ),
  ].join('; ');
}

describeWithPostgres('a restored PostgreSQL', () => {
  const sql = `${tables('"')}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO tester`;
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start({ sql, forceTls: true });
  });
  afterAll(() => server?.stop());

  promises(
    'postgres',
    () => server.address,
    (tls) => PostgresServer.start({ tls, sql }),
  );

  test('one that lets clients in without TLS fails', async () => {
    const lax = await PostgresServer.start({ sql });
    const checks = await look({ engine: 'aurora-postgresql', address: lax.address }).finally(() => lax.stop());
    expect(failed(checks)).toEqual(['connections without TLS are refused']);
  });

  test('a statement that takes too long fails by its name, and the next one is asked', async () => {
    const assertions = [
      { name: 'slow', sql: 'SELECT pg_sleep(60)', expected: '' },
      { name: 'next', sql: 'SELECT 1', expected: '1' },
    ];
    const checks = await look({ engine: 'postgres', address: server.address, expected: { assertions, statementSeconds: 1 } });
    expect(failed(checks)).toEqual(['slow']);
    expect(checks.at(-2)?.observed).toBe('StatementTimeout: no answer within 1000 ms');
  });

  test('rows that take too long to count are counted up to the floor', async () => {
    await server.administrate(
      "CREATE FUNCTION nap(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN IF n > 5 THEN PERFORM pg_sleep(1); END IF; RETURN n; END'; " +
        'CREATE VIEW slower AS SELECT n FROM generate_series(1, 50) AS n WHERE nap(n) > 0; GRANT SELECT ON slower TO tester',
    );
    const checks = await look({
      engine: 'postgres',
      address: server.address,
      expected: { tables: [{ name: 'slower', minimumRows: 4 }], statementSeconds: 1 },
    });
    expect(failed(checks)).toEqual([]);
    expect(checks.find(({ name }) => name === 'table slower has its rows')?.observed).toBe('4 rows or more');
  });
});

describeWithMariaDb('a restored MariaDB', () => {
  const sql = `${tables('`')}`;
  let server: MariaDbServer;
  beforeAll(async () => {
    server = await MariaDbServer.start({ sql, settings: { require_secure_transport: 'ON' } });
  });
  afterAll(() => server?.stop());

  promises(
    'mariadb',
    () => server.address,
    (tls) => MariaDbServer.start({ tls, sql }),
  );

  test('one that lets clients in without TLS fails', async () => {
    const lax = await MariaDbServer.start({ sql });
    const checks = await look({ engine: 'mysql', address: lax.address }).finally(() => lax.stop());
    expect(failed(checks)).toEqual(['connections without TLS are refused']);
  });

  test('a statement that takes too long fails by its name', async () => {
    const assertions = [{ name: 'slow', sql: 'SELECT sleep(60) FROM orders', expected: '' }];
    const checks = await look({ engine: 'mariadb', address: server.address, expected: { assertions, statementSeconds: 1 } });
    expect(failed(checks)).toEqual(['slow']);
    expect(checks.at(-1)?.observed).toBe('StatementTimeout: no answer within 1000 ms');
  });
});

test('an engine that nobody can look into fails by its name', async () => {
  const address = { host: 'localhost', port: 1, user: 'u', password: 'pass-word', database: 'd' };
  expect(failed(await look({ engine: 'oracle-ee', address }))).toEqual(['the engine can be looked into']);
});
