import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Instance,
} from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import type { Check, Step, ValidatorCall } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { again, beforeDeadline, done, nameIn } from '../restore-shared/steps';
import { type Asked, askHealth } from './health';

/** What it speaks to. */
export interface Clients {
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
}

/** Seconds between two looks at an instance that is not up yet. */
const PAUSE = 30;

/** Wait until a restored instance is up, compare its settings, and run a command of the user on it. */
export function makeHandler({ ec2, ssm }: Clients) {
  return async ({ test, settings: before }: ValidatorCall): Promise<Step> => {
    const { job, target } = test;
    if (job.created === undefined) throw new Error('the restore names no instance that it made');
    const id = nameIn(job.created);
    const { instance, state, health } = await look(ec2, id);
    if (instance === undefined || state !== 'running' || health.includes('initializing')) {
      beforeDeadline(test, `${id} to be up; it is ${state}, its status checks are ${health.join(' and ') || 'not there'}`);
      return again(PAUSE);
    }
    const checks = [...settingsOf(instance, test), await volumesOf(ec2, id), ...health.map(passed)];
    const { healthCommand } = target.expect;
    if (healthCommand === undefined) return done(checks);
    const asked = await askHealth(ssm, id, healthCommand, before?.progress as Asked | undefined);
    if (asked.check) return done([...checks, asked.check]);
    beforeDeadline(test, `the answer of the health command on ${id}`);
    return again(PAUSE, asked);
  };
}

async function look(ec2: EC2Client, id: string) {
  const [instance, status] = await Promise.all([
    describe(ec2, id),
    ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id], IncludeAllInstances: true })).catch(missing),
  ]);
  const { SystemStatus: system, InstanceStatus: own } = status?.InstanceStatuses?.[0] ?? {};
  const health = [system, own].map((each) => each?.Status ?? 'initializing');
  return { instance, state: instance?.State?.Name ?? 'not there', health };
}

async function describe(ec2: EC2Client, id: string): Promise<Instance | undefined> {
  const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] })).catch(missing);
  return answer?.Reservations?.[0]?.Instances?.[0];
}

function missing(error: Error): undefined {
  if (error.name !== 'InvalidInstanceID.NotFound') throw error;
}

function settingsOf(instance: Instance, { settings }: ValidatorCall['test']): readonly Check[] {
  const asked = 'ec2:DescribeInstances';
  const groups = (instance.SecurityGroups ?? []).map(({ GroupId }) => GroupId).join(' ');
  return [
    check('the instance runs', asked, 'running', instance.State?.Name),
    check('its metadata needs a session', asked, 'required', instance.MetadataOptions?.HttpTokens),
    check('it has no public address', asked, 'none', instance.PublicIpAddress ?? 'none'),
    check('it is in the network of the test', asked, settings.vpcId, instance.VpcId),
    check('its security group is that of the test', asked, settings.securityGroupId, groups),
  ];
}

async function volumesOf(ec2: EC2Client, id: string): Promise<Check> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { Volumes: volumes = [] } = await ec2.send(new DescribeVolumesCommand({ Filters }));
  const encrypted = volumes.filter(({ Encrypted }) => Encrypted).length;
  const isGood = volumes.length > 0 && encrypted === volumes.length;
  return check(
    'its volumes are encrypted',
    'ec2:DescribeVolumes',
    'all, and at least 1',
    `${encrypted} of ${volumes.length}`,
    isGood,
  );
}

function passed(status: string, index: number): Check {
  const name = index === 0 ? 'the status check of its system passes' : 'its own status check passes';
  return check(name, 'ec2:DescribeInstanceStatus', 'ok', status);
}

export const handler = (call: ValidatorCall) =>
  makeHandler({ ec2: new EC2Client(CLIENT_OPTIONS), ssm: new SSMClient(CLIENT_OPTIONS) })(call);
