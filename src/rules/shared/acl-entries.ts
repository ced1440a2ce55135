import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { AddressBlock } from './address-block';
import { PortSpan, type Ports } from './port-span';

export const ACL_ENTRY = 'AWS::EC2::NetworkAclEntry';

const EXPECTED = 'a narrower source or fewer ports';

/** Whether an entry of a network ACL lets traffic in, or may. */
export function letsIn(entry: Resource): boolean {
  return entry.at('Egress').boolean !== true && entry.at('RuleAction').string?.toLowerCase() !== 'deny';
}

/**
 * Findings where an entry opens ports to the world.
 *
 * The entry with the lowest number that matches a packet decides about it, so what an earlier one denies is not open.
 */
export function openToWorld(entry: Resource, ports: Ports | 'all', what: string): Observation[] {
  const span = spanOf(entry);
  const matters = ports === 'all' ? span.reachesAll : span.reaches(ports);
  if (matters === false) return [];
  return ['CidrBlock', 'Ipv6CidrBlock'].flatMap((source): Observation[] => {
    const value = entry.at(source);
    const isWorld = !value.isAbsent && new AddressBlock(value).isWorld;
    if (isWorld === false || (ports !== 'all' && isDeniedBefore(entry, ports, source))) return [];
    if (isWorld === undefined) return [value.undetermined(EXPECTED)];
    const open = [entry.at('Egress'), entry.at('RuleAction'), span.unknownPart].find((each) => each?.isUnknown);
    return [open ? open.undetermined(EXPECTED) : value.fails(EXPECTED, `${what} open to ${value.found}`)];
  });
}

function spanOf(entry: Resource): PortSpan {
  return new PortSpan({ protocol: entry.at('Protocol'), from: entry.at('PortRange.From'), to: entry.at('PortRange.To') });
}

/** Whether another entry of the same list, with a lower number, denies the port to the whole world. */
function isDeniedBefore(entry: Resource, port: Ports, source: string): boolean {
  const acl = entry.at('NetworkAclId');
  const denials = acl.target
    ? acl.target.properties.once(denialsOf)
    : entry.peers(ACL_ENTRY).filter((each) => each.at('NetworkAclId').text === acl.text && denies(each));
  const limit = entry.at('RuleNumber').number ?? 0;
  return denials.some(
    (each) =>
      (each.at('RuleNumber').number ?? limit) < limit &&
      WHOLE.test(each.at(source).string ?? '') &&
      spanOf(each).reaches(port) === true,
  );
}

const WHOLE = /\/0+\s*$/;

function denialsOf({ resource: acl }: Value): Resource[] {
  return acl.pointedAtBy(ACL_ENTRY, 'NetworkAclId').filter(denies);
}

function denies(entry: Resource): boolean {
  const egress = entry.at('Egress');
  return entry.at('RuleAction').string?.toLowerCase() === 'deny' && (egress.isAbsent || egress.boolean === false);
}
