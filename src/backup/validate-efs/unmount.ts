import {
  type AccessPointDescription,
  DeleteAccessPointCommand,
  DeleteMountTargetCommand,
  type EFSClient,
  type MountTargetDescription,
} from '@aws-sdk/client-efs';
import type { ConfirmedTest, Step } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn, REMOVAL_MS } from '../restore-shared/steps';
import { accessPoints, isThere, mountTargets, present } from './describe';
import type { Clients } from './handler';
import { describeReader, setMount } from './reader';

/** Seconds between two looks at something that goes. */
const PAUSE = 20;

/**
 * Take away all by which a restored file system was mounted, and wait until it is gone: AWS Backup cannot delete a file system that
 * has mount targets.
 *
 * Nothing was there before the test, so all that is there goes. What one call could not remove does not keep it from the rest.
 */
export async function unmount({ efs, lambda }: Clients, test: ConfirmedTest): Promise<Step> {
  const { job, target } = test;
  const reader = target.expect.files?.reader;
  if (job.created === undefined || reader === undefined) return done([]);
  const id = nameIn(job.created);
  const points = await accessPoints(efs, id);
  const targets = await mountTargets(efs, id);
  const tries = await Promise.allSettled([
    letGo({ efs, lambda }, reader, points),
    ...points.map((point) => deletePoint(efs, point)),
    ...targets.map((each) => deleteTarget(efs, each)),
  ]);
  const failed = tries.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
  const hasLetGo = tries[0].status === 'fulfilled' && tries[0].value === true;
  if (hasLetGo && points.length + targets.length === 0) {
    return done([check('what mounted it is removed', 'elasticfilesystem:DeleteMountTarget', 'gone', 'gone')]);
  }
  const deadline = new Date(Date.parse(test.deadline) + REMOVAL_MS).toISOString();
  beforeDeadline({ deadline }, `the mount targets of ${id} to be gone`);
  return again(PAUSE);
}

/** Whether the reader mounts this file system no more; the order to let go is given if it does. */
async function letGo({ efs, lambda }: Clients, name: string, points: readonly AccessPointDescription[]): Promise<boolean> {
  const reader = await describeReader(lambda, name);
  const { mounts } = reader ?? {};
  if (reader === undefined || mounts === undefined) return true;
  const isOurs = points.some(({ AccessPointArn }) => AccessPointArn === mounts) || !(await isThere(efs, mounts));
  if (!isOurs) return true;
  if (!reader.isBusy) await setMount(lambda, reader);
  return false;
}

async function deletePoint(efs: EFSClient, { AccessPointId, LifeCycleState: state }: AccessPointDescription): Promise<void> {
  if (state !== 'deleting') await present(() => efs.send(new DeleteAccessPointCommand({ AccessPointId })));
}

async function deleteTarget(efs: EFSClient, { MountTargetId, LifeCycleState: state }: MountTargetDescription): Promise<void> {
  // One that is being made can be deleted a little later.
  if (state === 'creating' || state === 'deleting') return;
  await present(() => efs.send(new DeleteMountTargetCommand({ MountTargetId })));
}
