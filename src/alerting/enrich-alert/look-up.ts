import { DescribeInstancesCommand, DescribeSecurityGroupsCommand, type EC2Client, type SecurityGroup } from '@aws-sdk/client-ec2';
import { GetAccessKeyLastUsedCommand, type IAMClient, ListMFADevicesCommand, paginateListAccessKeys } from '@aws-sdk/client-iam';
import { paginateGetResources, type ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Alert, Hit, Keys, Way, Who } from './alert';
import type { Bounded } from './bounded';
import { hitOf } from './tags';

/** What is asked, all of which only reads. */
export interface Sources {
  readonly iam: IAMClient;
  readonly ec2: EC2Client;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** Most resources and instances that are looked up. */
const MOST = 20;

/** An alert with what the account knows of it; what could not be learned in time is a note. */
export async function lookUp(alert: Alert, sources: Sources, bounded: Bounded, now: Date): Promise<Alert> {
  const [who, way, hit] = await Promise.all([
    bounded('the access key', (signal) => keyFacts(alert.keys, sources.iam, signal, now)),
    bounded('the network', (signal) => networkFacts(alert.keys.instances, sources.ec2, signal)),
    bounded('tags', (signal) => tagged(alert.hit, sources.tagging, signal)),
  ]);
  return { ...alert, who: { ...alert.who, ...who }, way: { ...alert.way, ...way }, hit: hit ?? alert.hit };
}

async function keyFacts(keys: Keys, iam: IAMClient, abortSignal: AbortSignal, now: Date): Promise<Partial<Who> | undefined> {
  const { accessKey } = keys;
  if (accessKey !== undefined && !accessKey.startsWith('AKIA'))
    return { accessKeyAge: 'a key of a session, which ends by itself' };
  if (accessKey === undefined && keys.user === undefined) return undefined;
  const user =
    keys.user ?? (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKey }), { abortSignal })).UserName;
  if (!user) return undefined;
  const [made, devices] = await Promise.all([
    accessKey === undefined ? undefined : madeAt(iam, user, accessKey, abortSignal),
    iam.send(new ListMFADevicesCommand({ UserName: user }), { abortSignal }),
  ]);
  const count = devices.MFADevices?.length ?? 0;
  return {
    mfa: count > 0 ? `the user has ${count} registered; keys work without` : 'the user has none',
    ...(made && { accessKeyAge: `${daysBetween(made, now)} days old` }),
  };
}

async function madeAt(client: IAMClient, UserName: string, key: string, abortSignal: AbortSignal): Promise<Date | undefined> {
  for await (const page of paginateListAccessKeys({ client }, { UserName }, { abortSignal })) {
    const found = page.AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === key);
    if (found) return found.CreateDate;
  }
  return undefined;
}

function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 86_400_000);
}

async function networkFacts(
  instances: readonly string[],
  ec2: EC2Client,
  abortSignal: AbortSignal,
): Promise<Partial<Way> | undefined> {
  if (instances.length === 0) return undefined;
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: instances.slice(0, MOST) }), {
    abortSignal,
  });
  const found = Reservations.flatMap(({ Instances = [] }) => Instances);
  const ids = [...new Set(found.flatMap(({ SecurityGroups = [] }) => SecurityGroups.flatMap(({ GroupId }) => GroupId ?? [])))];
  const { SecurityGroups: groups = [] } =
    ids.length === 0 ? {} : await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }), { abortSignal });
  const open = groups.flatMap(openPorts);
  const addresses = found.flatMap(({ PublicIpAddress }) => PublicIpAddress ?? []);
  const isReachable = addresses.length > 0 && open.length > 0;
  return {
    network: found.map(({ VpcId, SubnetId }) => [VpcId, SubnetId].filter(Boolean).join(', ')).join('; ') || undefined,
    securityGroups: groups.map(({ GroupId, GroupName }) => `${GroupId} ${GroupName}`).join(', ') || undefined,
    internetFacing: isReachable
      ? `yes: ${addresses.join(', ')}, ${open.join(', ')}`
      : `no: ${addresses.length === 0 ? 'no public address' : 'no security group lets the internet in'}`,
  };
}

/** What a security group lets in from everywhere. */
function openPorts({ GroupId, IpPermissions = [] }: SecurityGroup): string[] {
  return IpPermissions.filter(
    ({ IpRanges = [], Ipv6Ranges = [] }) =>
      IpRanges.some(({ CidrIp }) => CidrIp === '0.0.0.0/0') || Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === '::/0'),
  ).map(({ IpProtocol, FromPort, ToPort }) => {
    const ports =
      FromPort === undefined ? 'every port' : FromPort === ToPort ? `port ${FromPort}` : `ports ${FromPort} to ${ToPort}`;
    return `${ports} (${IpProtocol === '-1' ? 'all protocols' : IpProtocol}) through ${GroupId}`;
  });
}

async function tagged(
  hits: readonly Hit[],
  client: ResourceGroupsTaggingAPIClient,
  abortSignal: AbortSignal,
): Promise<Hit[] | undefined> {
  const ResourceARNList = [...new Set(hits.flatMap(({ id }) => (/^arn:[^:]+:[^:]+:/.test(id) ? id : [])))].slice(0, MOST);
  if (ResourceARNList.length === 0) return undefined;
  const tags = new Map<string, unknown>();
  for await (const page of paginateGetResources({ client }, { ResourceARNList }, { abortSignal })) {
    for (const { ResourceARN, Tags } of page.ResourceTagMappingList ?? []) if (ResourceARN) tags.set(ResourceARN, Tags);
  }
  return hits.map((hit) => hitOf(hit, tags.get(hit.id)));
}
