import type { ExpectedTable } from '../restore-messages';

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly string[];
}

/** How a family of databases is asked. */
export interface Dialect {
  /** Version and cipher of the connection's TLS. */
  readonly tls: Statement;
  /** One value: whether the transaction can only read. */
  readonly readOnly: readonly Statement[];
  /** The names of all tables that are not the server's own, one a row. */
  readonly tables: (database: string) => Statement;
  /** A row when the table is there. */
  readonly exists: (table: ExpectedTable, database: string) => Statement;
  readonly count: (table: ExpectedTable) => Statement;
  /** A count that stops at a number. */
  readonly countUpTo: (table: ExpectedTable, most: number) => Statement;
  /** The newest value of a column of time, in seconds since 1970. */
  readonly newest: (table: ExpectedTable) => Statement;
}

/** A name in the quotes of a dialect; quotes in it are doubled, so that no name ends early. */
function quoted(name: string, quote: string): string {
  if (name.includes('\0')) throw new Error('a name must not have a zero character');
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

function dialect(
  quote: string,
  own: Pick<Dialect, 'tls' | 'readOnly' | 'tables' | 'exists'>,
  epoch: (max: string) => string,
): Dialect {
  const name = ({ schema, name }: ExpectedTable) =>
    schema === undefined ? quoted(name, quote) : `${quoted(schema, quote)}.${quoted(name, quote)}`;
  return {
    ...own,
    count: (table) => ({ sql: `SELECT count(*) FROM ${name(table)}` }),
    countUpTo: (table, most) => ({
      sql: `SELECT count(*) FROM (SELECT 1 FROM ${name(table)} LIMIT ${Math.floor(most)}) AS counted`,
    }),
    newest: (table) => ({ sql: `SELECT ${epoch(`max(${quoted(table.freshColumn!, quote)})`)} FROM ${name(table)}` }),
  };
}

const POSTGRES: Dialect = dialect(
  '"',
  {
    tls: { sql: 'SELECT version, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()' },
    readOnly: [{ sql: "SELECT current_setting('transaction_read_only')" }],
    tables: () => ({
      sql:
        "SELECT table_schema || '.' || table_name FROM information_schema.tables " +
        "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    }),
    exists: ({ schema = 'public', name }) => ({
      sql: 'SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2',
      values: [schema, name],
    }),
  },
  (max) => `extract(epoch FROM ${max}::timestamptz)`,
);

const MYSQL: Dialect = dialect(
  '`',
  {
    tls: { sql: "SHOW SESSION STATUS WHERE variable_name IN ('Ssl_cipher', 'Ssl_version')" },
    // MySQL and MariaDB have a name of their own for it.
    readOnly: [{ sql: 'SELECT @@transaction_read_only' }, { sql: 'SELECT @@tx_read_only' }],
    tables: (database) => ({
      sql: 'SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1',
      values: [database],
    }),
    exists: ({ schema, name }, database) => ({
      sql: 'SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
      values: [schema ?? database, name],
    }),
  },
  (max) => `unix_timestamp(${max})`,
);

/** How an engine of RDS is asked; undefined for those that are not looked into. */
export function dialectOf(engine: string): Dialect | undefined {
  if (isPostgres(engine)) return POSTGRES;
  return /^(mysql|mariadb|aurora-mysql)$/.test(engine) ? MYSQL : undefined;
}

export function isPostgres(engine: string): boolean {
  return /^(aurora-)?postgres(ql)?$/.test(engine);
}
