import { createHash } from 'node:crypto';
import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { RESTORED_PREFIX, type Step, type ValidatorCall } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn, REMOVAL_MS } from '../restore-shared/steps';

/** What is asked of this function. */
export interface AuroraCall extends ValidatorCall {
  readonly step: 'add' | 'remove';
}

/** Seconds between two looks at an instance that comes or goes. */
const PAUSE = 30;

/**
 * AWS Backup restores a cluster of Aurora without an instance: nobody could ask it anything. One is added for the test, and removed.
 *
 * Its name follows from the restore, so that a step that runs twice adds or removes the same one; and it begins as the names of all
 * that restore testing may delete.
 */
export function makeHandler(rds: RDSClient) {
  return ({ step, test }: AuroraCall): Promise<Step> => (step === 'add' ? add(rds, test) : remove(rds, test));
}

/** The name of the instance that is added for a restore. */
export function instanceOf({ job }: Pick<ValidatorCall['test'], 'job'>): string {
  return `${RESTORED_PREFIX}check-${createHash('sha256').update(job.id).digest('hex').slice(0, 16)}`;
}

async function add(rds: RDSClient, test: ValidatorCall['test']): Promise<Step> {
  const name = instanceOf(test);
  const status = await statusOf(rds, name);
  if (status === 'available') return done([check('an instance can be added', 'rds:CreateDBInstance', 'available', status)]);
  if (status !== undefined && /^(failed|incompatible-|inaccessible-|restore-error|storage-full)/.test(status))
    throw new Error(`the instance ${name} that was added is ${status}`);
  beforeDeadline(test, `the instance ${name} to be available; it is ${status ?? 'not there'}`);
  if (status === undefined) await create(rds, name, test);
  return again(PAUSE);
}

async function create(rds: RDSClient, DBInstanceIdentifier: string, { job, target }: ValidatorCall['test']): Promise<void> {
  if (job.created === undefined) throw new Error('the restore names no cluster that it made');
  const DBClusterIdentifier = nameIn(job.created);
  const { DBClusters: [cluster] = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
  try {
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        DBClusterIdentifier,
        Engine: cluster?.Engine,
        DBInstanceClass: target.expect.instanceClass ?? 'db.t4g.medium',
        PubliclyAccessible: false,
      }),
    );
  } catch (error) {
    // A try before this one made it, or the cluster is not ready for it.
    if (!/^(DBInstanceAlreadyExists|InvalidDBClusterState)/.test((error as Error).name)) throw error;
  }
}

async function remove(rds: RDSClient, test: ValidatorCall['test']): Promise<Step> {
  const name = instanceOf(test);
  const status = await statusOf(rds, name);
  if (status === undefined) return done([check('the added instance is removed', 'rds:DeleteDBInstance', 'gone', 'gone')]);
  if (status !== 'deleting') await erase(rds, name);
  const deadline = new Date(Date.parse(test.deadline) + REMOVAL_MS).toISOString();
  beforeDeadline({ deadline }, `the instance ${name} to be gone; it is ${status}`);
  return again(PAUSE);
}

async function erase(rds: RDSClient, DBInstanceIdentifier: string): Promise<void> {
  try {
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  } catch (error) {
    if (isMissing(error)) return;
    // It is being made: it can be deleted a little later.
    if (!/^InvalidDBInstanceState/.test((error as Error).name)) throw error;
  }
}

async function statusOf(rds: RDSClient, DBInstanceIdentifier: string): Promise<string | undefined> {
  try {
    const { DBInstances: [found] = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return found?.DBInstanceStatus;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return /^DBInstanceNotFound/.test((error as Error).name);
}

export const handler = (call: AuroraCall) => makeHandler(new RDSClient(CLIENT_OPTIONS))(call);
