import { RDSClient } from '@aws-sdk/client-rds';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Step, ValidatorCall } from '../restore-messages';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { describe, keyOfSource } from './describe';
import { forcesTls } from './forced-tls';
import { settingsOf } from './settings';

/** Seconds between two looks at a database that is not there yet. */
const PAUSE = 30;

/** Wait until a restored database is there, compare its settings, and say where it is reached. */
export function makeHandler(rds: RDSClient) {
  return async ({ test }: ValidatorCall): Promise<Step> => {
    const { created } = test.job;
    if (created === undefined) throw new Error('the restore names no database that it made');
    const database = await describe(rds, created);
    if (database === undefined || database.status !== 'available') {
      beforeDeadline(test, `${nameIn(created)} to be available; it is ${database?.status ?? 'not there'}`);
      return again(PAUSE);
    }
    const sourceKey = await keyOfSource(rds, test.job.source);
    const tls = await forcesTls(rds, database);
    return done([...settingsOf(database, test, sourceKey), tls], { endpoint: database.endpoint });
  };
}

export const handler = (call: ValidatorCall) => makeHandler(new RDSClient(CLIENT_OPTIONS))(call);
