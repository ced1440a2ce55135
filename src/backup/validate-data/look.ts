import { createHash } from 'node:crypto';
import type { Check, ExpectedAnswer, ExpectedData, ExpectedTable } from '../restore-messages';
import { atLeast, check, reason } from '../restore-shared/checks';
import type { Dialect, Statement } from './dialect';
import { type Session, StatementTimeout } from './session';

/** What is looked at. */
export interface Subject {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly expected: ExpectedData;
  /** When the recovery point was made; data may not be much older. */
  readonly recoveryPointAt?: string;
  /** Milliseconds that are left for statements. */
  readonly remaining: () => number;
}

type Look = () => Promise<readonly Check[]>;

/** Look into a database: each thing by itself, so that one that fails does not hide the next. */
export async function look(subject: Subject): Promise<readonly Check[]> {
  const { expected } = subject;
  const all: readonly (readonly [string, Look])[] = [
    ['the transaction can only read', () => readOnly(subject)],
    ['the database has tables', () => tables(subject)],
    ...expected.tables.map((table) => [`table ${nameOf(table)}`, () => lookAtTable(subject, table)] as const),
    ...expected.assertions.map((answer) => [answer.name, () => assertion(subject, answer)] as const),
  ];
  const checks: Check[] = [];
  for (const [name, each] of all) checks.push(...(await attempt(subject, name, each)));
  return checks;
}

async function attempt({ expected, remaining }: Subject, name: string, look: Look): Promise<readonly Check[]> {
  if (remaining() < expected.statementSeconds * 1_000)
    return [check(name, 'nothing', 'an answer', 'not looked at: the time of the function is over', false)];
  try {
    return await look();
  } catch (error) {
    return [check(name, 'a statement', 'an answer', reason(error), false)];
  }
}

async function readOnly({ session, dialect }: Subject): Promise<readonly Check[]> {
  const [statement, other] = dialect.readOnly;
  const value = await first(session, statement).catch((error) => {
    if (other === undefined) throw error;
    return first(session, other);
  });
  return [check('the transaction can only read', statement.sql, 'on', value === '1' ? 'on' : value)];
}

async function tables({ session, dialect, expected }: Subject): Promise<readonly Check[]> {
  const { sql, values } = dialect.tables(expected.database);
  const names = (await session.ask(sql, values)).flat();
  const digest = createHash('sha256').update(names.join('\n')).digest('hex');
  const observed = `${names.length} tables, SHA-256 of their names ${digest}`;
  return [check('the database has tables', sql, 'at least 1 table', observed, names.length > 0)];
}

async function lookAtTable(subject: Subject, table: ExpectedTable): Promise<readonly Check[]> {
  const { session, dialect, expected } = subject;
  const { sql, values } = dialect.exists(table, expected.database);
  const isThere = (await session.ask(sql, values)).length > 0;
  const exists = check(`table ${nameOf(table)} exists`, sql, 'a table', isThere ? 'a table' : 'no table that the user may see');
  if (!isThere) return [exists];
  const fresh = () => freshness(subject, table);
  const isDated = table.freshColumn !== undefined;
  return [
    exists,
    ...(await attempt(subject, `table ${nameOf(table)} has its rows`, () => rows(subject, table))),
    ...(isDated ? await attempt(subject, `table ${nameOf(table)} is fresh`, fresh) : []),
  ];
}

/** All rows are counted where there is time; else whether there are enough. */
async function rows({ session, dialect }: Subject, table: ExpectedTable): Promise<readonly Check[]> {
  const name = `table ${nameOf(table)} has its rows`;
  const all = dialect.count(table);
  try {
    return [atLeast(name, all.sql, table.minimumRows, Number(await first(session, all)), 'rows')];
  } catch (error) {
    if (!(error instanceof StatementTimeout)) throw error;
    const some = dialect.countUpTo(table, table.minimumRows);
    return [atLeast(name, some.sql, table.minimumRows, Number(await first(session, some)), 'rows or more')];
  }
}

async function freshness({ session, dialect, recoveryPointAt }: Subject, table: ExpectedTable): Promise<readonly Check[]> {
  const statement = dialect.newest(table);
  const seconds = await first(session, statement);
  const name = `table ${nameOf(table)} is fresh`;
  const most = table.maximumAgeSeconds ?? 0;
  const expected = `a change in the ${most} seconds before the recovery point of ${recoveryPointAt ?? 'an unknown time'}`;
  if (seconds === null || recoveryPointAt === undefined)
    return [check(name, statement.sql, expected, seconds ?? 'no change at all', false)];
  const newest = Number(seconds) * 1_000;
  const age = Math.round((Date.parse(recoveryPointAt) - newest) / 1_000);
  const observed = `the newest change is of ${new Date(newest).toISOString()}, ${age} seconds before`;
  return [check(name, statement.sql, expected, observed, age <= most)];
}

async function assertion({ session }: Subject, { name, sql, expected }: ExpectedAnswer): Promise<readonly Check[]> {
  return [check(name, sql, expected, (await first(session, { sql })) ?? 'NULL')];
}

async function first(session: Session, { sql, values }: Statement): Promise<string | null> {
  const [row] = await session.ask(sql, values);
  if (row === undefined) throw new Error('the statement answers no row');
  return row[0];
}

function nameOf({ schema, name }: ExpectedTable): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
