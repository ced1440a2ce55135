import { Client, type ClientConfig, type QueryArrayConfig } from 'pg';
import { type Meeting, NoConnection, type Session, type Stage, StatementTimeout, stageOf, type Way, within } from './session';

/** Classes of errors of PostgreSQL about who signs in: invalid authorization, and a database that is not there. */
const SIGN_IN = /^(28|3D)/;

/** Connect to PostgreSQL: certificate and host are checked, as by `verify-full`. */
export async function openPostgres(way: Way): Promise<Session> {
  const client = clientFor(way, { ca: [...way.authorities], minVersion: 'TLSv1.2' });
  try {
    await connect(client, way);
  } catch (error) {
    await end(client);
    throw error instanceof NoConnection ? error : new NoConnection(stage(error), (error as Error).message);
  }
  return { ask: (sql, values = []) => ask(client, sql, values, way.statementMs), close: () => end(client) };
}

/** How the server meets a client that comes without TLS: it refuses before it asks for a password, so none is sent. */
export async function meetPlainPostgres(way: Way): Promise<Meeting> {
  const client = clientFor({ ...way, password: '' }, false);
  try {
    await connect(client, way);
    return { isRefused: false, said: 'the server lets it in' };
  } catch (error) {
    if (error instanceof NoConnection) throw error;
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (code === '28000' && /no encryption|SSL off/i.test(message)) return { isRefused: true, said: message };
    return { isRefused: false, said: 'the server asks for a password' };
  } finally {
    await end(client);
  }
}

function clientFor({ host, port, database, user, password, connectMs, statementMs }: Way, ssl: ClientConfig['ssl']): Client {
  const client = new Client({
    host,
    port,
    database,
    user,
    password,
    ssl,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    application_name: 'restore test',
    options: '-c default_transaction_read_only=on -c TimeZone=UTC',
  });
  // A connection that breaks is noticed by the statement that waits for it.
  client.on('error', () => undefined);
  return client;
}

function connect(client: Client, { host, connectMs }: Way): Promise<unknown> {
  const late = () => new NoConnection('answer', `${host} does not answer within ${connectMs} ms`);
  return within(connectMs, late, client.connect(), () => void end(client));
}

function stage(error: unknown): Stage {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (/does not support SSL/i.test(message)) return 'tls';
  if (SIGN_IN.test(code) || /password/i.test(message)) return 'sign-in';
  return stageOf(error);
}

async function ask(client: Client, sql: string, values: readonly string[], statementMs: number) {
  // One statement by one message: what follows a semicolon is an error, and cannot leave the transaction.
  const query: QueryArrayConfig & { readonly queryMode: 'extended' } = {
    text: sql,
    values: [...values],
    rowMode: 'array',
    queryMode: 'extended',
    types: { getTypeParser: () => (value: string) => value },
  };
  const run = async () => {
    await client.query('BEGIN TRANSACTION READ ONLY');
    try {
      return (await client.query<(string | null)[]>(query)).rows;
    } finally {
      await client.query('ROLLBACK');
    }
  };
  const late = () => new StatementTimeout(`no answer within ${statementMs} ms`);
  try {
    return await within(statementMs + 2_000, late, run(), () => void end(client));
  } catch (error) {
    throw (error as { readonly code?: string }).code === '57014' ? late() : error;
  }
}

/** The server may never answer that it closes as well. */
async function end(client: Client): Promise<void> {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: { destroy: () => void } } }).connection;
  await within(
    1_000,
    () => new Error('late'),
    client.end(),
    () => stream.destroy(),
  ).catch(() => undefined);
  stream.destroy();
}
