import { type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import {
  type CoverageResource,
  GetDetectorCommand,
  type GuardDutyClient,
  ListDetectorsCommand,
  paginateListCoverage,
  paginateListMalwareScans,
} from '@aws-sdk/client-guardduty';
import { instanceSince } from '../../functions/instance-since';
import { type Instance, type Scan, scanFrom } from './findings';

/** Features that make up the antivirus: each must be on. */
const FEATURES = ['EBS_MALWARE_PROTECTION', 'RUNTIME_MONITORING'];

/** The detector, and which of its features are on. */
export interface Detector {
  readonly id?: string;
  readonly features: Readonly<Record<string, string>>;
  readonly off: readonly string[];
}

export async function detectorOf(client: GuardDutyClient): Promise<Detector> {
  const { DetectorIds: [id] = [] } = await client.send(new ListDetectorsCommand({}));
  if (id === undefined) return { features: {}, off: ['GUARDDUTY'] };
  const { Status, Features = [] } = await client.send(new GetDetectorCommand({ DetectorId: id }));
  const features: Record<string, string> = Object.fromEntries(
    Features.flatMap(({ Name, Status: status, AdditionalConfiguration = [] }) => [
      [Name ?? 'unknown', status ?? 'unknown'],
      ...AdditionalConfiguration.map((agent) => [`${Name}/${agent.Name}`, agent.Status ?? 'unknown']),
    ]),
  );
  const off = [...(Status === 'ENABLED' ? [] : ['GUARDDUTY']), ...FEATURES.filter((name) => features[name] !== 'ENABLED')];
  return { id, features, off };
}

/** A list, and why it is not whole. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly problem?: string;
}

export function coverageOf(
  client: GuardDutyClient,
  DetectorId: string,
  hasTime: () => boolean,
): Promise<Listed<CoverageResource>> {
  return whole(paginateListCoverage({ client }, { DetectorId, MaxResults: 50 }), ({ Resources = [] }) => Resources, hasTime);
}

export function scansOf(client: GuardDutyClient, hasTime: () => boolean): Promise<Listed<Scan>> {
  return whole(paginateListMalwareScans({ client }, { MaxResults: 50 }), ({ Scans = [] }) => Scans.map(scanFrom), hasTime);
}

export function instancesOf(client: EC2Client, hasTime: () => boolean): Promise<Listed<Instance>> {
  const running = { Filters: [{ Name: 'instance-state-name', Values: ['running'] }] };
  return whole(
    paginateDescribeInstances({ client }, running),
    ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [] }) => Instances).map((instance) => ({
        id: instance.InstanceId ?? '',
        since: instanceSince(instance)?.toISOString() ?? '',
        started: instance.LaunchTime?.toISOString() ?? '',
      })),
    hasTime,
  );
}

/** Every page, as long as there is time; what was read before something failed counts. */
async function whole<Page, Item>(
  pages: AsyncIterable<Page>,
  read: (page: Page) => readonly Item[],
  hasTime: () => boolean,
): Promise<Listed<Item>> {
  const items: Item[] = [];
  try {
    for await (const page of pages) {
      items.push(...read(page));
      if (!hasTime()) return { items, problem: 'there was no time for the rest of the list' };
    }
  } catch (error) {
    const { name, message } = error as Error;
    return { items, problem: `${name}: ${message}` };
  }
  return { items };
}
