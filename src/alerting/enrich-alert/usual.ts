import { BlockList, isIP } from 'node:net';
import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { ALWAYS_ALERTS_FROM, type DeclaredActivity } from '../alert-settings';
import { AlertSource } from '../alert-source';
import type { Alert } from './alert';
import { isFields } from './fields';

/** Everything that is declared as usual. */
export async function declaredActivity(client: SSMClient, Path: string, abortSignal: AbortSignal): Promise<DeclaredActivity[]> {
  const declared: DeclaredActivity[] = [];
  for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path }, { abortSignal })) {
    for (const { Value } of Parameters) {
      const read: unknown = JSON.parse(Value ?? 'null');
      if (isDeclared(read)) declared.push(read);
    }
  }
  return declared;
}

const SAID = ['name', 'reason', 'owner', 'expires'];

function isDeclared(value: unknown): value is DeclaredActivity {
  return isFields(value) && SAID.every((key) => typeof value[key] === 'string' && value[key] !== '');
}

/** What is never usual, whoever does it. */
const NEVER_USUAL: readonly string[] = [AlertSource.ROOT_USE, 'UNKNOWN'];

/**
 * The declaration that an alert falls under today; undefined when it is to be told.
 *
 * A declaration that says neither who nor from where covers nothing; one that is over covers nothing any more.
 */
export function usualFor(alert: Alert, declared: readonly DeclaredActivity[], now: Date): DeclaredActivity | undefined {
  if (alert.severity >= ALWAYS_ALERTS_FROM || NEVER_USUAL.includes(alert.source)) return undefined;
  return declared.find((each) => !isOver(each.expires, now) && covers(each, alert));
}

/** The last day counts until its end, in UTC. */
function isOver(day: string, now: Date): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(day) || now.toISOString().slice(0, 10) > day;
}

function covers({ principals, addresses, types, sources }: DeclaredActivity, { who, type, source }: Alert): boolean {
  if (!principals?.length && !addresses?.length) return false;
  return (
    isOne(principals, (pattern) => principalsOf(who.principal).some((each) => follows(each, pattern))) &&
    isOne(addresses, (block) => isIn(who.sourceIp, block)) &&
    isOne(types, (pattern) => follows(type, pattern)) &&
    isOne(sources, (each) => each === source)
  );
}

function isOne(wanted: readonly string[] | undefined, test: (each: string) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(test);
}

/** A principal, and the role of which it is a session: `arn:aws:sts::1:assumed-role/Deploy/ci` is `arn:aws:iam::1:role/Deploy`. */
function principalsOf(principal: string | undefined): string[] {
  if (principal === undefined) return [];
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/[^/]+$/.exec(principal);
  return session ? [principal, `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`] : [principal];
}

/** `*` stands for anything, and nothing else has a meaning of its own. */
function follows(value: string | undefined, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return value !== undefined && new RegExp(`^${parts.join('.*')}$`, 's').test(value);
}

function isIn(address: string | undefined, block: string): boolean {
  const version = isIP(address ?? '');
  const [network, bits] = block.split('/');
  if (version === 0 || isIP(network) !== version) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (version === 4 ? 32 : 128)), version === 4 ? 'ipv4' : 'ipv6');
  return list.check(address!, version === 4 ? 'ipv4' : 'ipv6');
}
