import { join } from 'node:path';
import { run } from '../helpers/process';
import type { ServerAddress } from '../helpers/servers/database-server';
import { describeWithMariaDb, MariaDbServer } from '../helpers/servers/mariadb';
import { describeWithPostgres, PostgresServer } from '../helpers/servers/postgres';

jest.setTimeout(120_000);

const BUNDLE = join(__dirname, '..', '..', 'assets', 'functions', 'validate-data', 'index.js');

/** Call the function as it is deployed, in a process of its own. */
async function call(engine: string, { host, port }: ServerAddress) {
  const data = { database: 'shop', user: 'tester', tables: [], assertions: [], statementSeconds: 1 };
  const event = {
    test: { job: {}, target: { expect: { data } } },
    settings: { endpoint: { host, port, engine } },
  };
  const code = `require(${JSON.stringify(BUNDLE)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 600000 })
    .then((step) => console.log(JSON.stringify(step.checks.map(({ name, passed }) => [name, passed]))))`;
  const env = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const { code: exit, stdout, stderr } = await run(process.execPath, ['-e', code], { env });
  if (exit !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** It trusts the authorities of RDS and no other, so a server of a test is as far away as one that pretends to be RDS. */
const REFUSED = [
  ['the server answers', true],
  ['the server speaks TLS', true],
  ['the certificate of the server is verified', false],
];

describeWithPostgres('the bundle with PostgreSQL', () => {
  test('has its client and the authorities of RDS, and trusts no other', async () => {
    const server = await PostgresServer.start();
    expect(await call('postgres', server.address).finally(() => server.stop())).toEqual(REFUSED);
  });
});

describeWithMariaDb('the bundle with MariaDB', () => {
  test('has its client and the authorities of RDS, and trusts no other', async () => {
    const server = await MariaDbServer.start();
    expect(await call('mariadb', server.address).finally(() => server.stop())).toEqual(REFUSED);
  });
});

test('the bundle that reads files asks the system what is mounted, and takes no folder of its own for a file system', async () => {
  const bundle = join(__dirname, '..', '..', 'assets', 'functions', 'validate-files', 'index.js');
  const files = { minimumFiles: 0, minimumBytes: 0, sampleSize: 0, paths: [] };
  const event = { test: { job: { id: 'job-1' }, target: { expect: { files } } } };
  const code = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 600000 })
    .then((step) => console.log(JSON.stringify(step.checks)))`;
  const { stdout } = await run(process.execPath, ['-e', code]);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ name: 'the file system is mounted', observed: 'nothing is mounted', passed: false }),
  ]);
});

test('the authorities are those of RDS', async () => {
  const count = `console.log((require('node:fs').readFileSync(${JSON.stringify(BUNDLE)}, 'utf8').match(/BEGIN CERTIFICATE/g) ?? []).length)`;
  expect(Number((await run(process.execPath, ['-e', count])).stdout)).toBeGreaterThan(100);
});
