import {
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  type EC2Client,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import type { Step } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { done } from '../restore-shared/steps';

/** The tag by which a test finds the snapshot that it made, and no other. */
const TAG = 'restore-test';

export async function findSnapshot(ec2: EC2Client, name: string): Promise<Snapshot | undefined> {
  const Filters = [{ Name: `tag:${TAG}`, Values: [name] }];
  const { Snapshots: [found] = [] } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters }));
  return found;
}

export async function makeSnapshot(ec2: EC2Client, VolumeId: string, name: string): Promise<void> {
  const Tags = [{ Key: TAG, Value: name }];
  const Description = 'Made for a restore test, and erased after it';
  await ec2.send(new CreateSnapshotCommand({ VolumeId, Description, TagSpecifications: [{ ResourceType: 'snapshot', Tags }] }));
}

/** Erase every snapshot of a test; one that is gone already is no error. */
export async function eraseSnapshot(ec2: EC2Client, name: string): Promise<Step> {
  for (let found = await findSnapshot(ec2, name); found !== undefined; found = await findSnapshot(ec2, name)) {
    try {
      await ec2.send(new DeleteSnapshotCommand({ SnapshotId: found.SnapshotId }));
    } catch (error) {
      if ((error as Error).name !== 'InvalidSnapshot.NotFound') throw error;
      break;
    }
  }
  return done([check('the snapshot of the test is erased', 'ec2:DeleteSnapshot', 'gone', 'gone')]);
}
