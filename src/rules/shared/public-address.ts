import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { Launch } from './launch';

const EXPECTED = 'no public address';

/** What gives an instance a public IPv4 address, or may; no finding when it has none. */
export function publicAddress(instance: Resource): Observation[] {
  const launch = new Launch(instance);
  const interfaces = launch.at('NetworkInterfaces').items();
  const attached = elasticAddresses(instance, interfaces);
  if (attached.length > 0) return attached;
  if (interfaces.length > 1)
    return interfaces.flatMap((each) =>
      each.at('AssociatePublicIpAddress').mustBe(false, {
        absent: 'an instance with several network interfaces is given no public address unless it asks for one',
      }),
    );
  const [first] = interfaces;
  const explicit = first?.at('AssociatePublicIpAddress');
  if (explicit && !explicit.isAbsent) return explicit.mustBe(false);
  if (first && !first.at('NetworkInterfaceId').isAbsent) return [];
  const subnet = first && !first.at('SubnetId').isAbsent ? first.at('SubnetId') : launch.at('SubnetId');
  if (subnet.isAbsent && launch.elsewhere)
    return [launch.elsewhere.undetermined(EXPECTED, 'the launch template is not among these templates')];
  return assignedBy(subnet);
}

/** Elastic IP addresses of the instance and of the network interfaces that it is given. */
function elasticAddresses(instance: Resource, interfaces: readonly Value[]): Observation[] {
  const given = interfaces.flatMap((each) => each.at('NetworkInterfaceId').target ?? []);
  return [
    ...instance.pointedAtBy('AWS::EC2::EIP', 'InstanceId').map((address) => address.at('InstanceId')),
    ...instance.pointedAtBy('AWS::EC2::EIPAssociation', 'InstanceId').map((address) => address.at('InstanceId')),
    ...given.flatMap((each) =>
      each.pointedAtBy('AWS::EC2::EIPAssociation', 'NetworkInterfaceId').map((address) => address.at('NetworkInterfaceId')),
    ),
  ].map((value) => value.fails(EXPECTED, 'an Elastic IP address is associated with the instance'));
}

/** What the subnet does when the instance does not say. */
export function assignedBy(subnet: Value): Observation[] {
  if (subnet.isAbsent) return [subnet.fails(EXPECTED, 'the instance goes to a default subnet, which assigns public addresses')];
  const { target } = subnet;
  if (target?.type !== 'AWS::EC2::Subnet') return [subnet.undetermined(EXPECTED, 'the subnet is not among these templates')];
  const assigns = target.at('MapPublicIpOnLaunch');
  if (assigns.isUnknown) return [assigns.undetermined(EXPECTED)];
  return assigns.boolean
    ? [subnet.fails(EXPECTED, `subnet '${target.logicalId}' assigns a public address to its instances`)]
    : [];
}
