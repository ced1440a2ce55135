import { BackupClient } from '@aws-sdk/client-backup';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { CleanUp, Confirmed, JobCall, Report } from '../restore-messages';
import { cleanUp } from './clean-up';
import { confirm } from './confirm';
import { report } from './report';

const STEPS = { confirm, report, cleanUp };

/** What a workflow asks and tells AWS Backup about one restore. */
export function makeHandler(backup: BackupClient) {
  return (call: JobCall): Promise<Confirmed | Report | CleanUp> => STEPS[call.step](backup, call);
}

export const handler = (call: JobCall) => makeHandler(new BackupClient(CLIENT_OPTIONS))(call);
