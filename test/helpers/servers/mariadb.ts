import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { describeIf } from '../optional';
import { type Ended, run } from '../process';
import { addressOf, type ServerAddress, ServerFolder, type ServerOptions, ServerProcess } from './database-server';

/** Where Debian puts the server. */
const PROGRAM = '/usr/sbin/mariadbd';

/** Tests that need MariaDB. */
export function describeWithMariaDb(name: string, tests: () => void): void {
  describeIf(existsSync(PROGRAM), name, 'MariaDB is not on this machine', tests);
}

/** A real MariaDB on a free port, for the tests of a file. */
export class MariaDbServer {
  /** Start one, and wait until it answers. */
  public static async start(options: ServerOptions = {}): Promise<MariaDbServer> {
    const folder = new ServerFolder(options.tls ?? 'good');
    const data = join(folder.path, 'data');
    const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
    folder.run('mariadb-install-db', install);
    const port = await freePort();
    const file = join(folder.path, 'my.cnf');
    writeFileSync(file, configuration(folder, port, options.settings ?? {}));
    const server = new ServerProcess(folder, PROGRAM, [`--defaults-file=${file}`]);
    const mariaDb = new MariaDbServer(addressOf(port, folder), folder, server);
    await server.until('start', async () => (await mariaDb.administrate('SELECT 1', 'mysql')).code === 0);
    const { user, password, database } = mariaDb.address;
    await mariaDb.prepare(
      `CREATE DATABASE ${database}; CREATE USER ${user} IDENTIFIED BY '${password}'; GRANT ALL ON ${database}.* TO ${user}`,
      'mysql',
    );
    if (options.sql !== undefined) await mariaDb.prepare(options.sql);
    return mariaDb;
  }

  private constructor(
    public readonly address: ServerAddress,
    private readonly folder: ServerFolder,
    private readonly server: ServerProcess,
  ) {}

  /** Everything that the server wrote to its log. */
  public get log(): string {
    return this.server.log;
  }

  /** The folder of the server's data, where plugins write files of their own. */
  public get data(): string {
    return join(this.folder.path, 'data');
  }

  /** Run a statement as a client does; `more` are options of `mariadb`, as `--skip-ssl`. TLS is checked unless they say otherwise. */
  public query(sql: string, more: readonly string[] = this.tls()): Promise<Ended> {
    const { port, user, password, database } = this.address;
    return mariadb(
      sql,
      ['--protocol=tcp', '--host=localhost', `--port=${port}`, `--user=${user}`, `--password=${password}`, ...more],
      database,
    );
  }

  /** Options of a client that uses TLS, and checks the certificate and its host. */
  public tls(): string[] {
    const { authority } = this.address;
    return authority === undefined ? ['--skip-ssl'] : ['--ssl', `--ssl-ca=${authority}`, '--ssl-verify-server-cert'];
  }

  /** Run statements as the administrator, who comes by a socket. */
  public administrate(sql: string, database = this.address.database): Promise<Ended> {
    return mariadb(sql, ['--protocol=socket', `--socket=${join(this.folder.path, 'socket')}`, '--user=root'], database);
  }

  /** Wait until something is so, of a file that the server writes for example. */
  public until(what: string, isSo: () => boolean): Promise<void> {
    return this.server.until(what, isSo);
  }

  public stop(): Promise<void> {
    return this.server.stop();
  }

  private async prepare(sql: string, database?: string): Promise<void> {
    const { code, stderr } = await this.administrate(sql, database);
    if (code === 0) return;
    await this.stop();
    throw new Error(`the SQL of the test fails: ${stderr}`);
  }
}

function mariadb(sql: string, options: readonly string[], database: string): Promise<Ended> {
  return run('mariadb', [
    '--no-defaults',
    '--batch',
    '--skip-column-names',
    '--connect-timeout=10',
    ...options,
    `--execute=${sql}`,
    database,
  ]);
}

function configuration(folder: ServerFolder, port: number, settings: Readonly<Record<string, string>>): string {
  const { certificate } = folder;
  const tls = certificate && { ssl_cert: certificate.certificate, ssl_key: certificate.key, ssl_ca: certificate.authority };
  const all = {
    datadir: join(folder.path, 'data'),
    socket: join(folder.path, 'socket'),
    pid_file: join(folder.path, 'pid'),
    bind_address: '127.0.0.1',
    port: String(port),
    skip_name_resolve: 'ON',
    ...tls,
    ...settings,
  };
  return `[mariadbd]\n${Object.entries(all)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`;
}
