import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CertificateKind, makeCertificate } from './certificates';

/** How a server is started. */
export interface ServerOptions {
  /** The certificate that it shows; `off` for a server that does not speak TLS. @default 'good' */
  readonly tls?: CertificateKind | 'off';
  /** Settings in its configuration, beside those that it needs to run here. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Statements that its administrator runs in `database` once it is up. */
  readonly sql?: string;
}

/** What a client needs to connect. `user` owns `database`, and is no administrator. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The file of the authority that clients trust; not set where the server does not speak TLS. */
  readonly authority?: string;
}

/** Servers refuse to run as root: then they run as the account `nobody`. */
const NOBODY = 65534;
export const ACCOUNT = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A folder for a server, which it alone may read, with its certificate. */
export class ServerFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'cdk-soc2-server-'));
  public readonly certificate;

  constructor(tls: CertificateKind | 'off') {
    this.certificate = tls === 'off' ? undefined : makeCertificate(this.path, tls);
    const files = readdirSync(this.path).map((name) => join(this.path, name));
    for (const file of files) chmodSync(file, 0o600);
    for (const each of [this.path, ...files]) if (ACCOUNT.uid !== undefined) chownSync(each, ACCOUNT.uid, ACCOUNT.gid);
  }

  /** Run a program of the server to its end, as the account of the server. */
  public run(program: string, args: readonly string[]): void {
    execFileSync(program, args, { ...ACCOUNT, cwd: this.path, stdio: 'pipe' });
  }
}

/** A server that runs, and what it has said so far. */
export class ServerProcess {
  private readonly process: ChildProcess;
  private text = '';
  private readonly end = () => this.process.kill('SIGKILL');

  constructor(
    private readonly folder: ServerFolder,
    program: string,
    args: readonly string[],
  ) {
    this.process = spawn(program, args, { ...ACCOUNT, cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
    });
    // A test runner that ends before its tests do takes it along.
    process.once('exit', this.end);
  }

  /** Everything that the server wrote to its log. */
  public get log(): string {
    return this.text;
  }

  /** Wait until something is so; what the server said is in the error when it ends first, or takes too long. */
  public async until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt++) {
      if (await isSo()) return;
      if (this.process.exitCode !== null) break;
      await sleep(250);
    }
    const { exitCode } = this.process;
    await this.stop();
    throw new Error(`${what}: the server ${exitCode === null ? 'takes too long' : `ended with ${exitCode}`}\n${this.text}`);
  }

  /** Stop the server, and remove its folder. */
  public async stop(): Promise<void> {
    process.off('exit', this.end);
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      // Both servers take it for an end that does not wait for clients.
      this.process.kill('SIGQUIT');
      const late = setTimeout(this.end, 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(this.folder.path, { recursive: true, force: true });
  }
}

/** Where clients find a server on a port. */
export function addressOf(port: number, folder: ServerFolder): ServerAddress {
  return {
    host: 'localhost',
    port,
    user: 'tester',
    password: randomBytes(12).toString('hex'),
    database: 'shop',
    authority: folder.certificate?.authority,
  };
}
