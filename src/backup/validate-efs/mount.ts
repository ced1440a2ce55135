import { createHash } from 'node:crypto';
import {
  type AccessPointDescription,
  CreateAccessPointCommand,
  CreateMountTargetCommand,
  type EFSClient,
  PutFileSystemPolicyCommand,
} from '@aws-sdk/client-efs';
import type { ConfirmedTest, Step } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { accessPoints, isThere, mountTargets } from './describe';
import type { Clients } from './handler';
import { describeReader, setMount } from './reader';

/** Seconds between two looks at something that comes; and at a reader that another test has. */
const PAUSE = 20;
const LONG_PAUSE = 120;

/** How often the reader is told to mount it; Lambda may refuse mount targets that are new. */
const MOST_ORDERS = 5;

/** What a step knows of the one before. */
export interface Orders {
  /** How often the reader was told. */
  readonly orders: number;
}

/** The tag of an access point that a test made: what is allowed to delete one looks at it. */
export const OWN_TAG = 'restore-test';

/**
 * Let the reader mount a restored file system: a policy that takes nothing but the reader with TLS, a mount target in each of its
 * zones, an access point, and then the function itself.
 *
 * Every call looks first at what is there, so a step that runs twice, or after a crash, goes on where the last one ended.
 */
export async function mount({ efs, lambda }: Clients, test: ConfirmedTest, { orders }: Orders = { orders: 0 }): Promise<Step> {
  const { job, target, settings } = test;
  const { files } = target.expect;
  if (job.created === undefined || files?.reader === undefined || settings.securityGroupId === undefined)
    throw new Error('there is no function that could read the files');
  const id = nameIn(job.created);
  const reader = await describeReader(lambda, files.reader);
  if (reader === undefined) throw new Error(`the function ${files.reader} is gone`);
  const wait = (waitingFor: string, seconds = PAUSE, ordered = orders) => {
    beforeDeadline(test, waitingFor);
    return again(seconds, { orders: ordered });
  };
  const point = await prepare(efs, id, test, reader.role);
  if (point === undefined) return wait(`${id} to have mount targets and an access point`);
  if (reader.isBusy) return wait(`the function ${reader.name} to be updated`);
  if (reader.fault !== undefined && orders >= MOST_ORDERS)
    throw new Error(`the function ${reader.name} cannot mount ${id}: ${reader.fault}`);
  if (reader.mounts === point && reader.fault === undefined) {
    const name = 'it can be mounted, with TLS and to be read only';
    return done([check(name, 'lambda:UpdateFunctionConfiguration', point, reader.mounts)]);
  }
  // The reader is that of another test, until that is over; one whose access point is gone was left behind.
  const { mounts = point } = reader;
  if (mounts !== point && (await isThere(efs, mounts))) return wait(`the function ${reader.name} to be free`, LONG_PAUSE);
  await setMount(lambda, reader, point);
  return wait(`the function ${reader.name} to mount ${id}`, PAUSE, orders + 1);
}

/** Make what the reader mounts by; gives the access point when all of it is available. */
async function prepare(efs: EFSClient, id: string, test: ConfirmedTest, role: string): Promise<string | undefined> {
  const { job, settings } = test;
  const { subnetIds = [], securityGroupId = '' } = settings;
  const targets = await mountTargets(efs, id);
  if (targets.length === 0) await allowReader(efs, id, role);
  const missing = subnetIds.filter((subnet) => !targets.some(({ SubnetId }) => SubnetId === subnet));
  for (const subnet of missing) await createTarget(efs, id, subnet, securityGroupId);
  const [point = await createPoint(efs, id, job.id)] = await accessPoints(efs, id);
  const states = [...targets, point].map(({ LifeCycleState: state }) => state);
  if (states.includes('error')) throw new Error(`EFS could not make what ${id} is mounted by`);
  return missing.length === 0 && states.every((state) => state === 'available') ? point.AccessPointArn : undefined;
}

/**
 * Who may mount: the reader, with TLS, by a mount target. It may not write, for nobody says that it may; and it reads what only root
 * may read.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
async function allowReader(efs: EFSClient, FileSystemId: string, role: string): Promise<void> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: role },
        Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'],
        Condition: { Bool: { 'aws:SecureTransport': 'true', 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      },
    ],
  });
  await efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy }));
}

async function createTarget(efs: EFSClient, FileSystemId: string, SubnetId: string, securityGroupId: string): Promise<void> {
  try {
    await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId, SecurityGroups: [securityGroupId] }));
  } catch (error) {
    // A try before this one made it.
    if ((error as Error).name !== 'MountTargetConflict') throw error;
  }
}

async function createPoint(efs: EFSClient, FileSystemId: string, jobId: string): Promise<AccessPointDescription> {
  const token = `restore-test-${createHash('sha256').update(jobId).digest('hex').slice(0, 16)}`;
  return efs.send(
    new CreateAccessPointCommand({
      FileSystemId,
      ClientToken: token,
      PosixUser: { Uid: 0, Gid: 0 },
      RootDirectory: { Path: '/' },
      Tags: [{ Key: OWN_TAG, Value: token }],
    }),
  );
}
