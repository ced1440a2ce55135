import { DescribeFileSystemsCommand, EFSClient, type FileSystemDescription } from '@aws-sdk/client-efs';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Step, ValidatorCall } from '../restore-messages';
import { atLeast, check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';

/** Seconds between two looks at a file system that is not there yet. */
const PAUSE = 30;

/** Compare a restored file system with what was asked for and with its backup. */
export function makeHandler(efs: EFSClient) {
  return async ({ test }: ValidatorCall): Promise<Step> => {
    const { job, target, settings } = test;
    if (job.created === undefined) throw new Error('the restore names no file system that it made');
    const id = nameIn(job.created);
    const found = await describe(efs, id);
    if (found?.LifeCycleState !== 'available') {
      beforeDeadline(test, `${id} to be available; it is ${found?.LifeCycleState ?? 'not there'}`);
      return again(PAUSE);
    }
    const asked = 'elasticfilesystem:DescribeFileSystems';
    return done([
      check('the file system is available', asked, 'available', found.LifeCycleState),
      check('it is encrypted', asked, true, found.Encrypted === true),
      check('its key is the one that was asked for', asked, settings.keyArn, found.KmsKeyId),
      atLeast('it has its bytes', asked, target.expect.minimumBytes ?? 1, found.SizeInBytes?.Value, 'bytes'),
    ]);
  };
}

async function describe(efs: EFSClient, FileSystemId: string): Promise<FileSystemDescription | undefined> {
  try {
    return (await efs.send(new DescribeFileSystemsCommand({ FileSystemId }))).FileSystems?.[0];
  } catch (error) {
    if ((error as Error).name === 'FileSystemNotFound') return undefined;
    throw error;
  }
}

export const handler = (call: ValidatorCall) => makeHandler(new EFSClient(CLIENT_OPTIONS))(call);
