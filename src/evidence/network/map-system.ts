import type { Assembly, Environment } from '../../model/assembly';
import { isObject } from '../../model/json';
import { METADATA_KEY, SAFEGUARD_PART } from '../../model/metadata-key';
import type { Resource } from '../../model/resource';
import { grouped } from '../text';
import { nodeFacts, titleOf } from './facts';
import type { GlyphName } from './glyphs';
import { KINDS, type Kind, LOG_STORES, SAFEGUARDS, type SafeguardWords, type Zone } from './kinds';
import { linksOf } from './links';
import { NetworkState, nameOf } from './network-state';
import { isInternalBalancer } from './public-endpoints';
import type { MapNode, Safeguard, SystemMap } from './system-map';

const KIND_TITLES = { PRODUCTION: 'Production', STAGING: 'Staging', DEVELOPMENT: 'Development' } as const;

/** Draw up the map of an environment. */
export function mapOf(assembly: Assembly, environment: Environment): SystemMap {
  const state = new NetworkState(assembly, environment);
  const nodes = nodesOf(state);
  const { account, region } = environment;
  return {
    assembly,
    environment,
    title: titleOfEnvironment(environment, nodes.length === 0 ? dutyOf(state) : undefined),
    place: `${account ? `Account ${account}` : 'Account not known before deployment'}${region ? `, ${region}` : ''}`,
    hasNetwork: state.ofType('AWS::EC2::VPC').some((vpc) => !isPartOfSafeguard(vpc)),
    nodes,
    links: linksOf(state, nodes),
    safeguards: SAFEGUARDS.map(({ title, glyph, nothing, types }) => safeguard(state, title, glyph, nothing, types)),
    ownParts: Object.keys(KINDS).flatMap((type) => state.ofType(type).filter(isPartOfSafeguard)).length,
  };
}

/** What an account is for in which no application runs. */
function dutyOf(state: NetworkState): string | undefined {
  const holds = (...types: string[]) => types.some((type) => state.ofType(type).length > 0);
  if (holds('AWS::CloudTrail::Trail') || state.ofType('AWS::S3::Bucket').some((bucket) => isLogBucket(state, bucket)))
    return 'Logs';
  if (holds('AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2')) return 'Security';
  return holds('AWS::Backup::BackupVault') ? 'Backup' : undefined;
}

function titleOfEnvironment({ declared, templates, account }: Environment, duty: string | undefined): string {
  const kinds = [...new Set(declared.flatMap(({ kind }) => kind ?? []))];
  const stage = templates.map(({ origin }) => origin.stage).find((name) => name !== undefined && name !== '');
  const servesAll = declared.length > 0 && declared.every(({ servesEveryEnvironment }) => servesEveryEnvironment);
  const kind = servesAll ? 'Every environment' : kinds.map((each) => KIND_TITLES[each]).join(' and ');
  const main = duty ?? kind;
  const more = duty ? kind.toLowerCase() : stage && !stage.toLowerCase().startsWith(kind.toLowerCase().slice(0, 4)) ? stage : '';
  if (main !== '') return more ? `${main} (${more})` : main;
  return stage ?? (account === undefined && templates.length === 1 ? templates[0].path : 'Environment');
}

/** Whether a resource is a part of what watches over the system, such as a function that tests restores. */
function isPartOfSafeguard({ entry }: Resource): boolean {
  const { Metadata: metadata } = entry.body;
  const ours = isObject(metadata) ? metadata[METADATA_KEY] : undefined;
  return isObject(ours) && ours.part === SAFEGUARD_PART;
}

function nodesOf(state: NetworkState): MapNode[] {
  const nodes: MapNode[] = [];
  for (const [type, kind] of Object.entries(KINDS)) {
    const byZone = new Map<string, { zone: Zone; kind: Kind; resources: Resource[] }>();
    for (const resource of state.ofType(type)) {
      if (isPartOfSafeguard(resource)) continue;
      const drawn = drawnAs(state, resource, kind);
      if (!drawn) continue;
      const key = `${drawn.zone} ${drawn.kind.title[0]}`;
      const found = byZone.get(key);
      if (found) found.resources.push(resource);
      else byZone.set(key, { ...drawn, resources: [resource] });
    }
    for (const [key, { zone, kind: own, resources }] of byZone) {
      nodes.push({
        id: `${type} ${key}`,
        zone,
        kind: own,
        title: titleOf(own, resources),
        names: kind.isNameless ? [] : resources.map(nameOf),
        facts: nodeFacts(type, resources),
        resources,
      });
    }
  }
  return nodes;
}

/** Where and as what a resource is drawn; undefined for what is part of another, or is shown elsewhere. */
function drawnAs(state: NetworkState, resource: Resource, kind: Kind): { zone: Zone; kind: Kind } | undefined {
  const { type } = resource;
  if (type === 'AWS::RDS::DBInstance' && !resource.at('DBClusterIdentifier').isAbsent) return undefined;
  if (type === 'AWS::S3::Bucket' && isLogBucket(state, resource)) return undefined;
  if (type.endsWith('::Function') && resource.at('VpcConfig').isAbsent) return { zone: 'serverless', kind };
  if (isInternalBalancer(resource))
    return { zone: 'app', kind: { ...kind, title: ['Internal load balancer', 'Internal load balancers'] } };
  return { zone: kind.zone, kind };
}

/** What sends logs to buckets, and the property that names the bucket: a trail names those as well that it watches. */
const LOG_SENDERS = {
  'AWS::CloudTrail::Trail': 'S3BucketName',
  'AWS::EC2::FlowLog': 'LogDestination',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerAttributes.*.Value',
  'AWS::Config::DeliveryChannel': 'S3BucketName',
  'AWS::S3::Bucket': 'LoggingConfiguration.DestinationBucketName',
} as const;

/** Words by which people name what holds logs. A catalog holds none. */
const LOG_WORDS = /^(logs?|logging)$/i;

function isLogBucket(state: NetworkState, bucket: Resource): boolean {
  return (
    Object.entries(LOG_SENDERS).some(([type, path]) =>
      state.referrers(bucket, type).some((entry) =>
        state
          .view(entry)
          .membersAt(path)
          .some((value) => value.mentions().includes(bucket.entry)),
      ),
    ) ||
    isArchiveOfTrail(state, bucket) ||
    wordsOf(nameOf(bucket)).some((word) => LOG_WORDS.test(word)) ||
    /(cloud|audit)-?trail/i.test(nameOf(bucket))
  );
}

/** `ShopAccessLogs` is three words. */
function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
}

/** Whether a trail of any environment writes to the bucket, which it names where that is in another account. */
function isArchiveOfTrail(state: NetworkState, bucket: Resource): boolean {
  const name = bucket.at('BucketName').string;
  if (name === undefined) return false;
  const { assembly } = state;
  const trails = assembly.ofTypeIn(assembly.environments, 'AWS::CloudTrail::Trail');
  return trails.some((trail) => state.view(trail).at('S3BucketName').string === name);
}

function safeguard(
  state: NetworkState,
  title: string,
  glyph: GlyphName,
  nothing: string,
  types: Readonly<Record<string, SafeguardWords>>,
): Safeguard {
  const numbers = new Map<SafeguardWords, number>();
  for (const [type, words] of Object.entries(types)) {
    const number = state.ofType(type).length;
    if (number > 0) numbers.set(words, (numbers.get(words) ?? 0) + number);
  }
  if (title === 'Logs') {
    const buckets = state.ofType('AWS::S3::Bucket').filter((bucket) => isLogBucket(state, bucket)).length;
    if (buckets > 0) numbers.set(LOG_STORES, buckets);
  }
  const lines = [...numbers].map(([words, number]) => told(words, number));
  return { title, glyph, lines: lines.length > 0 ? lines : [nothing], isEmpty: lines.length === 0 };
}

function told(words: SafeguardWords, number: number): string {
  if (typeof words === 'string') return words;
  return number === 1 ? words[0] : `${grouped(number)} ${words[1]}`;
}
