import { createHash } from 'node:crypto';
import { EBSClient } from '@aws-sdk/client-ebs';
import { DescribeVolumesCommand, EC2Client, type Volume } from '@aws-sdk/client-ec2';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Check, Step, ValidatorCall } from '../restore-messages';
import { atLeast, check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { readBlocks } from './blocks';
import { eraseSnapshot, findSnapshot, makeSnapshot } from './snapshot';

/** What is asked of this function; a call without a step validates. */
export interface VolumeCall extends ValidatorCall {
  readonly step?: 'remove';
}

/** What it speaks to. */
export interface Clients {
  readonly ec2: EC2Client;
  readonly ebs: EBSClient;
}

/** Seconds between two looks at a volume or a snapshot that is not there yet. */
const PAUSE = 30;

/** Kinds of file systems and partition tables of which one must begin the volume, unless others are asked for. */
const FILE_SYSTEMS = ['ext', 'xfs', 'btrfs', 'ntfs', 'lvm', 'gpt', 'mbr'];

/**
 * Compare a restored volume with its source, and read blocks of it.
 *
 * Blocks are read from a snapshot, for no instance has the volume. The snapshot is made for the test, and erased by the step `remove`.
 */
export function makeHandler({ ec2, ebs }: Clients) {
  return async ({ step, test }: VolumeCall): Promise<Step> => {
    const name = snapshotName(test.job.id);
    if (step === 'remove') return eraseSnapshot(ec2, name);
    if (test.job.created === undefined) throw new Error('the restore names no volume that it made');
    const volume = await describe(ec2, nameIn(test.job.created));
    if (volume?.State !== 'available') {
      beforeDeadline(test, `the volume to be available; it is ${volume?.State ?? 'not there'}`);
      return again(PAUSE);
    }
    const snapshot = await findSnapshot(ec2, name);
    if (snapshot === undefined) await makeSnapshot(ec2, volume.VolumeId!, name);
    if (snapshot?.State === 'error') throw new Error(`the snapshot ${name} cannot be made: ${snapshot.StateMessage}`);
    if (snapshot?.State !== 'completed') {
      beforeDeadline(test, `the snapshot ${name} to be complete; it is ${snapshot?.State ?? 'not there'}`);
      return again(PAUSE);
    }
    const { fileSystems = FILE_SYSTEMS } = test.target.expect;
    return done([
      ...(await settingsOf(ec2, volume, test)),
      ...(await readBlocks(ebs, snapshot.SnapshotId!, test.job.id, fileSystems)),
    ]);
  };
}

/** The name of the snapshot of a test, which follows from the restore: a step that runs twice makes one. */
export function snapshotName(id: string): string {
  return `restore-test-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

async function settingsOf(
  ec2: EC2Client,
  volume: Volume,
  { job, target, settings }: ValidatorCall['test'],
): Promise<readonly Check[]> {
  const asked = 'ec2:DescribeVolumes';
  const source = await describe(ec2, nameIn(job.source));
  return [
    check('the volume is available', asked, 'available', volume.State),
    check('it is encrypted', asked, true, volume.Encrypted === true),
    check('its key is the one that was asked for', asked, settings.keyArn, volume.KmsKeyId),
    atLeast('it is as large as it was', asked, target.expect.minimumSizeGiB ?? source?.Size ?? 1, volume.Size, 'GiB'),
  ];
}

async function describe(ec2: EC2Client, id: string): Promise<Volume | undefined> {
  try {
    return (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
  } catch (error) {
    if ((error as Error).name === 'InvalidVolume.NotFound') return undefined;
    throw error;
  }
}

export const handler = (call: VolumeCall) =>
  makeHandler({ ec2: new EC2Client(CLIENT_OPTIONS), ebs: new EBSClient(CLIENT_OPTIONS) })(call);
