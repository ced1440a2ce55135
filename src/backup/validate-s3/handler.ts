import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Check, Step, ValidatorCall } from '../restore-messages';
import { atLeast, check, reason } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { type Listed, listObjects } from './list';
import { readSample } from './sample';

/** Milliseconds that are kept back for the report, after the sample. */
const RESERVE_MS = 30_000;

/** Compare the settings of a restored bucket, count what is in it, and read a sample. */
export function makeHandler(s3: S3Client, remaining: () => number = () => 600_000) {
  return async ({ test, settings: before }: ValidatorCall): Promise<Step> => {
    const { job, target, settings } = test;
    if (job.created === undefined) throw new Error('the restore names no bucket that it made');
    const Bucket = nameIn(job.created);
    const listed = await listObjects(s3, Bucket, job.id, before?.progress as Listed | undefined, remaining);
    if (listed.token !== undefined) {
      beforeDeadline(test, `all objects of ${Bucket} to be listed; ${listed.count} are`);
      return again(1, listed);
    }
    const { minimumObjects = 1, minimumBytes = 0, sampleSize = 20, checksumFile } = target.expect;
    const asked = 's3:ListObjectsV2';
    return done([
      ...(await settingsOf(s3, Bucket)),
      atLeast('the bucket has its objects', asked, minimumObjects, listed.count, 'objects'),
      atLeast('the bucket has its bytes', asked, minimumBytes, listed.bytes, 'bytes'),
      ...(await readSample(s3, {
        bucket: Bucket,
        seed: job.id,
        size: sampleSize,
        listed,
        isEmptyAllowed: minimumObjects === 0,
        hasTime: () => remaining() > RESERVE_MS,
        keyArn: settings.keyArn,
        ...(checksumFile && { checksumFile }),
      })),
    ]);
  };
}

async function settingsOf(s3: S3Client, Bucket: string): Promise<readonly Check[]> {
  return Promise.all([
    attempt('it encrypts by default', 's3:GetBucketEncryption', 'yes', async () => {
      const { ServerSideEncryptionConfiguration: configuration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
      return configuration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ? 'yes' : 'no';
    }),
    attempt('it is closed to the public', 's3:GetPublicAccessBlock', 'all four settings', async () => {
      const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      const all = [block?.BlockPublicAcls, block?.BlockPublicPolicy, block?.IgnorePublicAcls, block?.RestrictPublicBuckets];
      return all.every((each) => each === true)
        ? 'all four settings'
        : `${all.filter((each) => each === true).length} of 4 settings`;
    }),
    attempt('it keeps versions', 's3:GetBucketVersioning', 'Enabled', async () => {
      return (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status ?? 'never enabled';
    }),
  ]);
}

async function attempt(name: string, asked: string, expected: string, observe: () => Promise<string>): Promise<Check> {
  try {
    return check(name, asked, expected, await observe());
  } catch (error) {
    // What is not set is an error of S3; what can be tried again is tried again.
    if (!/^(NoSuch|ServerSideEncryptionConfigurationNotFound)/.test((error as Error).name)) throw error;
    return check(name, asked, expected, reason(error), false);
  }
}

export const handler = (call: ValidatorCall, context: { readonly getRemainingTimeInMillis: () => number }) =>
  makeHandler(new S3Client(CLIENT_OPTIONS), () => context.getRemainingTimeInMillis())(call);
