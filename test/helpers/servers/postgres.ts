import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { describeIf } from '../optional';
import { type Ended, run } from '../process';
import { addressOf, type ServerAddress, ServerFolder, type ServerOptions, ServerProcess } from './database-server';

/** How a PostgreSQL server is started. */
export interface PostgresOptions extends ServerOptions {
  /** Whether it lets only clients in that use TLS: what `rds.force_ssl` does in RDS. @default false */
  readonly forceTls?: boolean;
}

/** Where Debian puts the programs of the newest version that is installed. */
const PROGRAMS = newest('/usr/lib/postgresql');

/** Tests that need PostgreSQL, and extensions of it by name. */
export function describeWithPostgres(name: string, tests: () => void, extensions: readonly string[] = []): void {
  const missing = extensions.find((extension) => !existsSync(extensionFile(extension)));
  const lack = missing === undefined ? 'PostgreSQL is not on this machine' : `PostgreSQL has no ${missing} on this machine`;
  describeIf(PROGRAMS !== undefined && missing === undefined, name, lack, tests);
}

/** A real PostgreSQL on a free port, for the tests of a file. */
export class PostgresServer {
  /** Start one, and wait until it answers. */
  public static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const folder = new ServerFolder(options.tls ?? 'good');
    const data = join(folder.path, 'data');
    folder.run(join(PROGRAMS!, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync']);
    const port = await freePort();
    writeFileSync(join(data, 'postgresql.auto.conf'), configuration(folder, port, options.settings ?? {}));
    writeFileSync(join(data, 'pg_hba.conf'), whoMayConnect(options.forceTls === true));
    const server = new ServerProcess(folder, join(PROGRAMS!, 'postgres'), ['-D', data]);
    const postgres = new PostgresServer(addressOf(port, folder), folder, server);
    await server.until('start', async () => (await postgres.administrate('SELECT 1', 'postgres')).code === 0);
    const { user, password, database } = postgres.address;
    await postgres.prepare(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`, 'postgres');
    await postgres.prepare(`CREATE DATABASE ${database} OWNER ${user}`, 'postgres');
    if (options.sql !== undefined) await postgres.prepare(options.sql);
    return postgres;
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

  /** Run a statement as a client does; options are those of libpq, as `{ sslmode: 'disable' }`. TLS is checked unless they say otherwise. */
  public query(sql: string, options: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const { host, port, user, password, database, authority } = this.address;
    const tls: Record<string, string> =
      authority === undefined ? { sslmode: 'disable' } : { sslmode: 'verify-full', sslrootcert: authority };
    return psql(sql, { host, port, user, password, dbname: database, ...tls, ...options });
  }

  /** Run statements as the administrator, who comes by a socket. */
  public administrate(sql: string, dbname = this.address.database): Promise<Ended> {
    return psql(sql, { host: this.folder.path, port: this.address.port, user: 'postgres', dbname });
  }

  /** Wait until the log has a line. */
  public logs(line: RegExp): Promise<void> {
    return this.server.until(`log ${line}`, () => line.test(this.log));
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

function psql(sql: string, options: Readonly<Record<string, string | number>>): Promise<Ended> {
  const target = Object.entries({ connect_timeout: 10, ...options }).map(([name, value]) => `${name}='${value}'`);
  const args = ['--no-psqlrc', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', `--command=${sql}`, target.join(' ')];
  return run(join(PROGRAMS!, 'psql'), args);
}

function configuration(folder: ServerFolder, port: number, settings: Readonly<Record<string, string>>): string {
  const { certificate } = folder;
  const tls = certificate && { ssl: 'on', ssl_cert_file: certificate.certificate, ssl_key_file: certificate.key };
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder.path,
    fsync: 'off',
    ...tls,
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}

function whoMayConnect(forceTls: boolean): string {
  return `local all all trust\n${forceTls ? 'hostssl' : 'host'} all all 127.0.0.1/32 scram-sha-256\n`;
}

function newest(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const versions = readdirSync(folder).filter((version) => existsSync(join(folder, version, 'bin', 'postgres')));
  const [version] = versions.sort((one, other) => Number(other) - Number(one));
  return version === undefined ? undefined : join(folder, version, 'bin');
}

function extensionFile(extension: string): string {
  const [version] = /\d+/.exec(PROGRAMS ?? '') ?? [];
  return `/usr/share/postgresql/${version}/extension/${extension}.control`;
}
