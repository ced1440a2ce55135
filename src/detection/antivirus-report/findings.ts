import type { CoverageResource, MalwareScan } from '@aws-sdk/client-guardduty';
import { START_GRACE } from '../../functions/instance-since';

/** An instance that runs. */
export interface Instance {
  readonly id: string;
  /** Since when it exists; empty where nobody knows. */
  readonly since: string;
  /** When it was last started. */
  readonly started: string;
}

/** A scan, as it is reported. */
export interface Scan {
  readonly id: string;
  readonly resource: string;
  readonly type: string;
  readonly status: string;
  readonly result?: string;
  readonly started?: string;
  readonly completed?: string;
}

/** How a resource is protected: one line of the report. */
export interface Protection {
  readonly resource: string;
  readonly type: string;
  /** Whether the agent works; `NONE` for an instance that GuardDuty lists nowhere. */
  readonly agent: string;
  readonly agentVersion?: string;
  /** Who keeps the agent up to date: `AUTO_MANAGED` is GuardDuty. */
  readonly agentUpdates?: string;
  readonly agentSeen?: string;
  readonly issue?: string;
  /** Containers: how many of those that could be watched are. */
  readonly nodes?: string;
  readonly lastScan?: string;
  readonly lastScanResult?: string;
  readonly since?: string;
  readonly started?: string;
}

/** Instances get their agent within hours: for so long after they were made nobody is told, in milliseconds. */
export const GRACE = 24 * 3_600_000;

/** A scan that came to its end. */
const DONE = ['COMPLETED', 'COMPLETED_WITH_ISSUES'];

/** What GuardDuty covers, and what runs without it, with the newest scan of each. */
export function protections(
  coverage: readonly CoverageResource[],
  instances: readonly Instance[],
  scans: readonly Scan[],
): Protection[] {
  const newest = newestScans(scans);
  const running = new Map(instances.map((instance) => [instance.id, instance]));
  const covered = coverage.map((resource) => {
    const line = lineOf(resource);
    return { ...line, ...scanOf(newest.get(line.resource)), ...timesOf(running.get(line.resource)) };
  });
  const known = new Set(covered.map(({ resource }) => resource));
  const uncovered = instances
    .filter(({ id }) => !known.has(id))
    .map((instance) => ({
      resource: instance.id,
      type: 'EC2',
      agent: 'NONE',
      issue: 'GuardDuty does not list it',
      ...scanOf(newest.get(instance.id)),
      ...timesOf(instance),
    }));
  return [...covered, ...uncovered].sort((one, other) => (one.resource < other.resource ? -1 : 1));
}

/** Instances that exist for longer than a time, and were not scanned in it; the longest first. */
export function notScannedSince(all: readonly Protection[], since: Date): Protection[] {
  const time = since.toISOString();
  return all
    .filter(({ type, since: made, lastScan }) => type === 'EC2' && made !== undefined && made < time && (lastScan ?? '') < time)
    .sort((one, other) => ((one.lastScan ?? '') < (other.lastScan ?? '') ? -1 : 1));
}

/** Instances without an agent, beyond the time in which they get one; nobody knows when that is where nobody knows their times. */
export function notCoveredAt(all: readonly Protection[], now: Date): Protection[] {
  const isWithin = (time: string, grace: number) => now.getTime() - Date.parse(time) <= grace;
  return all.filter(
    ({ agent, since = '', started = '' }) => agent === 'NONE' && !isWithin(since, GRACE) && !isWithin(started, START_GRACE),
  );
}

export function scanFrom(scan: MalwareScan): Scan {
  return {
    id: scan.ScanId ?? '',
    resource: scan.ResourceArn ?? '',
    type: scan.ScanType ?? 'unknown',
    status: scan.ScanStatus ?? 'unknown',
    result: scan.ScanResultStatus,
    started: scan.ScanStartedAt?.toISOString(),
    completed: scan.ScanCompletedAt?.toISOString(),
  };
}

/** The newest scan of each instance that came to its end. */
function newestScans(scans: readonly Scan[]): ReadonlyMap<string, Scan> {
  const newest = new Map<string, Scan>();
  for (const scan of scans.filter(({ status, completed }) => DONE.includes(status) && completed !== undefined)) {
    const [instance] = /i-[0-9a-f]{8,17}$/.exec(scan.resource) ?? [];
    if (instance && (newest.get(instance)?.completed ?? '') < scan.completed!) newest.set(instance, scan);
  }
  return newest;
}

function timesOf(instance?: Instance): Pick<Protection, 'since' | 'started'> {
  return { since: instance?.since, started: instance?.started };
}

function scanOf(scan: Scan | undefined): Pick<Protection, 'lastScan' | 'lastScanResult'> {
  return { lastScan: scan?.completed, lastScanResult: scan?.result };
}

function lineOf({ ResourceId = '', ResourceDetails = {}, CoverageStatus, Issue, UpdatedAt }: CoverageResource): Protection {
  const { Ec2InstanceDetails: ec2, EcsClusterDetails: ecs, EksClusterDetails: eks, ResourceType } = ResourceDetails;
  const common = {
    type: ResourceType ?? 'unknown',
    agent: CoverageStatus ?? 'unknown',
    agentSeen: UpdatedAt?.toISOString(),
    issue: Issue || undefined,
  };
  if (ec2) {
    return {
      ...common,
      resource: ec2.InstanceId ?? ResourceId,
      agentVersion: ec2.AgentDetails?.Version,
      agentUpdates: ec2.ManagementType,
    };
  }
  if (eks) {
    return {
      ...common,
      resource: eks.ClusterName ?? ResourceId,
      agentVersion: eks.AddonDetails?.AddonVersion,
      agentUpdates: eks.ManagementType,
      nodes: `${eks.CoveredNodes ?? '?'} of ${eks.CompatibleNodes ?? '?'}`,
    };
  }
  const { FargateDetails: fargate, ContainerInstanceDetails: servers } = ecs ?? {};
  return {
    ...common,
    resource: ecs?.ClusterName ?? ResourceId,
    agentUpdates: fargate?.ManagementType,
    issue: common.issue ?? fargate?.Issues?.join('; '),
    nodes: servers && `${servers.CoveredContainerInstances ?? '?'} of ${servers.CompatibleContainerInstances ?? '?'}`,
  };
}
