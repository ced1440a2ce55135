import { setTimeout as sleep } from 'node:timers/promises';
import type { Check, Endpoint } from '../restore-messages';
import { check, reason } from '../restore-shared/checks';
import { type Dialect, isPostgres } from './dialect';
import { meetPlainMySql, openMySql } from './mysql';
import { meetPlainPostgres, openPostgres } from './postgres';
import { NoConnection, type Session, STAGES, type Stage, type Way } from './session';

/** What is checked while a connection comes about, in the order in which it does. */
const NAMES: Readonly<Record<Stage, readonly [name: string, expected: string, passed: string]>> = {
  answer: ['the server answers', 'an answer in time', 'it answers'],
  tls: ['the server speaks TLS', 'TLS', 'TLS'],
  certificate: ['the certificate of the server is verified', 'a certificate of the authority, for the host', 'it is'],
  'sign-in': ['the sign-in works', 'a session', 'a session'],
};

/** How often a server that has just been restored is asked again. */
export interface Patience {
  readonly attempts: number;
  readonly pauseMs: number;
}

/** A connection, or the check that says why there is none. */
export interface Connected {
  readonly session?: Session;
  readonly checks: readonly Check[];
}

/** Connect, and say how far it came. */
export async function connect(
  { engine }: Pick<Endpoint, 'engine'>,
  way: Way,
  { attempts, pauseMs }: Patience,
): Promise<Connected> {
  const asked = `connect to ${way.host}:${way.port} with TLS`;
  const open = isPostgres(engine) ? openPostgres : openMySql;
  try {
    const session = await open(way);
    return { session, checks: STAGES.map((stage) => passedAt(stage, asked)) };
  } catch (error) {
    const failed = error instanceof NoConnection ? error.stage : 'answer';
    if (failed === 'answer' && attempts > 1) {
      await sleep(pauseMs);
      return connect({ engine }, way, { attempts: attempts - 1, pauseMs });
    }
    const passed = STAGES.slice(0, STAGES.indexOf(failed)).map((stage) => passedAt(stage, asked));
    const [name, expected] = NAMES[failed];
    return { checks: [...passed, check(name, asked, expected, (error as Error).message, false)] };
  }
}

function passedAt(stage: Stage, asked: string): Check {
  const [name, expected, passed] = NAMES[stage];
  return check(name, asked, expected, passed, true);
}

/** Whether the server sends clients away that come without TLS; nothing where that cannot be known. */
export async function refusesPlain({ engine }: Pick<Endpoint, 'engine'>, way: Way): Promise<readonly Check[]> {
  const meet = isPostgres(engine) ? meetPlainPostgres : meetPlainMySql;
  const asked = `connect to ${way.host}:${way.port} without TLS`;
  const name = 'connections without TLS are refused';
  try {
    const meeting = await meet(way);
    return meeting === undefined ? [] : [check(name, asked, 'a refusal', meeting.said, meeting.isRefused)];
  } catch (error) {
    return [check(name, asked, 'a refusal', reason(error), false)];
  }
}

/** Which TLS the connection has, by the word of the server. */
export async function tlsOf(session: Session, dialect: Dialect): Promise<Check> {
  const name = 'the connection is encrypted';
  const expected = 'TLSv1.2 or TLSv1.3';
  try {
    const observed = (await session.ask(dialect.tls.sql)).flat().join(' ');
    return check(name, dialect.tls.sql, expected, observed || 'no TLS', /TLSv1\.[23]/.test(observed));
  } catch (error) {
    return check(name, dialect.tls.sql, expected, reason(error), false);
  }
}
