import { EFSClient } from '@aws-sdk/client-efs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { ConfirmedTest, State, Step, ValidatorCall } from '../restore-messages';
import { atLeast, check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { describeFileSystem } from './describe';
import { mount, type Orders } from './mount';
import { unmount } from './unmount';

/** What is asked of this function; a call without a step compares settings. */
export interface FileSystemCall extends ValidatorCall {
  readonly step?: 'mount' | 'remove';
  /** What the workflow knows, for a step that goes on. */
  readonly state?: State;
}

/** What it speaks to. */
export interface Clients {
  readonly efs: EFSClient;
  readonly lambda: LambdaClient;
}

/** Seconds between two looks at a file system that is not there yet. */
const PAUSE = 30;

/** Compare a restored file system with what was asked for, let its files be read, and take away what that needed. */
export function makeHandler(clients: Clients) {
  return ({ step, test, state }: FileSystemCall): Promise<Step> => {
    if (step === 'mount') return mount(clients, test, state?.mount?.progress as Orders | undefined);
    return step === 'remove' ? unmount(clients, test) : compare(clients, test);
  };
}

async function compare({ efs }: Clients, test: ConfirmedTest): Promise<Step> {
  const { job, target, settings } = test;
  if (job.created === undefined) throw new Error('the restore names no file system that it made');
  const id = nameIn(job.created);
  const found = await describeFileSystem(efs, id);
  if (found?.LifeCycleState !== 'available') {
    beforeDeadline(test, `${id} to be available; it is ${found?.LifeCycleState ?? 'not there'}`);
    return again(PAUSE);
  }
  const asked = 'elasticfilesystem:DescribeFileSystems';
  const { files, minimumBytes = 1 } = target.expect;
  return done([
    check('the file system is available', asked, 'available', found.LifeCycleState),
    check('it is encrypted', asked, true, found.Encrypted === true),
    check('its key is the one that was asked for', asked, settings.keyArn, found.KmsKeyId),
    // What EFS meters is hours behind. Where files are read, their bytes are counted.
    ...(files ? [] : [atLeast('it has its bytes', asked, minimumBytes, found.SizeInBytes?.Value, 'bytes')]),
  ]);
}

export const handler = (call: FileSystemCall) =>
  makeHandler({ efs: new EFSClient(CLIENT_OPTIONS), lambda: new LambdaClient(CLIENT_OPTIONS) })(call);
