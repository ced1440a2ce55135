import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import { type Meeting, NoConnection, type Session, type Stage, StatementTimeout, stageOf, type Way, within } from './session';

/** Errors of MySQL and MariaDB about who signs in. */
const SIGN_IN = [
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
];
/** A statement took too long: by MySQL, by MariaDB, and the one that either interrupts. */
const TOO_LONG = [3024, 1969, 1317];

/** Connect to MySQL or MariaDB: certificate and host are checked. */
export async function openMySql(way: Way): Promise<Session> {
  const ssl = { ca: [...way.authorities], minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true };
  // Tokens of IAM are sent as they are; without TLS there is no connection that they could be sent over.
  const connection = createConnection({ ...optionsFor(way), ssl, enableCleartextPlugin: true });
  try {
    await connect(connection, way);
    await prepare(connection, way);
  } catch (error) {
    connection.destroy();
    throw error instanceof NoConnection ? error : new NoConnection(stage(error), (error as Error).message);
  }
  return {
    ask: (sql, values = []) => ask(connection, sql, values, way.statementMs),
    close: async () => connection.destroy(),
  };
}

/**
 * How the server meets a client that comes without TLS.
 *
 * MariaDB says nothing but that access is denied, so the client has the password that TLS has just let in; what is sent is the answer
 * to a challenge. Where the server asks for the password itself, as for a token of IAM, it is not sent, and nothing is known.
 */
export async function meetPlainMySql(way: Way): Promise<Meeting> {
  const connection = createConnection(optionsFor(way));
  try {
    await connect(connection, way);
    return { isRefused: false, said: 'the server lets it in' };
  } catch (error) {
    if (error instanceof NoConnection) throw error;
    const { sqlState, message } = error as { readonly sqlState?: string; readonly message: string };
    return sqlState === undefined ? undefined : { isRefused: true, said: message };
  } finally {
    connection.destroy();
  }
}

function optionsFor({ host, port, database, user, password, connectMs }: Way): ConnectionOptions {
  return {
    host,
    port,
    database,
    user,
    password,
    connectTimeout: connectMs,
    multipleStatements: false,
    rowsAsArray: true,
    typeCast: (field) => field.string(),
    // A file of the function is none of the server's business.
    flags: ['-LOCAL_FILES'],
  };
}

function connect(connection: Connection, { host, connectMs }: Way): Promise<void> {
  connection.on('error', () => undefined);
  const connected = new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const late = () => new NoConnection('answer', `${host} does not answer within ${connectMs} ms`);
  return within(connectMs, late, connected, () => connection.destroy());
}

/** MySQL counts the time of reading statements in milliseconds, MariaDB that of all in seconds; each refuses the word of the other. */
async function prepare(connection: Connection, { statementMs }: Way): Promise<void> {
  await run(connection, "SET SESSION time_zone = '+00:00'");
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  await run(connection, `SET SESSION max_execution_time = ${Math.ceil(statementMs)}`).catch(() =>
    run(connection, `SET SESSION max_statement_time = ${statementMs / 1_000}`),
  );
}

async function ask(connection: Connection, sql: string, values: readonly string[], statementMs: number) {
  const inTransaction = async () => {
    await run(connection, 'START TRANSACTION READ ONLY');
    try {
      return await run(connection, sql, values);
    } finally {
      await run(connection, 'ROLLBACK');
    }
  };
  const late = () => new StatementTimeout(`no answer within ${statementMs} ms`);
  try {
    return await within(statementMs + 2_000, late, inTransaction(), () => connection.destroy());
  } catch (error) {
    throw TOO_LONG.includes((error as { readonly errno?: number }).errno ?? 0) ? late() : error;
  }
}

function run(connection: Connection, sql: string, values: readonly string[] = []): Promise<(string | null)[][]> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, values: [...values] }, (error, rows) => {
      if (error) reject(error);
      else resolve(Array.isArray(rows) ? (rows as unknown as (string | null)[][]) : []);
    });
  });
}

function stage(error: unknown): Stage {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT' || /does not support secure/i.test(message)) return 'tls';
  if (SIGN_IN.includes(code)) return 'sign-in';
  return stageOf(error);
}
