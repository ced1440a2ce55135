import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { privateSubnets } from '../defaults/private-subnets';
import { withDefaults } from '../defaults/with-defaults';

/**
 * Where the nodes of a new domain stand, and how many there are.
 *
 * In production: in three Availability Zones, or two where there are no more, with three nodes that only lead; elsewhere one node.
 *
 * @throws when there is no network, or when production has one Availability Zone only.
 */
export function searchPlacement(path: string, props: opensearch.DomainProps, isProduction: boolean): opensearch.DomainProps {
  const { vpc } = props;
  if (vpc === undefined) {
    throw new Error(
      `'vpc' of the search domain '${path}' must be set: outside of a network, its endpoint is on the internet, and it cannot move later`,
    );
  }
  const subnets = (props.vpcSubnets ?? [privateSubnets(vpc)]).flatMap((each) => vpc.selectSubnets(each).subnets);
  const onePerZone = [...new Map([...subnets].reverse().map((each) => [each.availabilityZone, each])).values()].reverse();
  const zones = zonesOf(props, onePerZone.length, isProduction);
  if (isProduction && zones < 2 && props.zoneAwareness === undefined) {
    throw new Error(
      `'vpc' of the search domain '${path}' must have private subnets in two Availability Zones or more in production, got ${zones}: ` +
        "choose other subnets with 'vpcSubnets', or set 'zoneAwareness: { enabled: false }'",
    );
  }
  return {
    ...props,
    vpcSubnets: props.vpcSubnets ?? [{ subnets: onePerZone.slice(0, zones) }],
    zoneAwareness: props.zoneAwareness ?? (zones > 1 ? { enabled: true, availabilityZoneCount: zones } : undefined),
    capacity: isProduction ? productionCapacity(props.capacity, zones) : oneNode(props.capacity),
    // Multi-AZ with standby takes no older type of volume.
    ebs: withDefaults(props.ebs, { volumeType: ec2.EbsDeviceVolumeType.GP3 }),
  };
}

function zonesOf({ zoneAwareness }: opensearch.DomainProps, most: number, isProduction: boolean): number {
  if (zoneAwareness === undefined) return isProduction ? Math.min(most, 3) : 1;
  const { availabilityZoneCount, enabled = availabilityZoneCount !== undefined } = zoneAwareness;
  return enabled ? (availabilityZoneCount ?? 2) : 1;
}

function productionCapacity(own: opensearch.CapacityConfig | undefined, zones: number): opensearch.CapacityConfig {
  const capacity = withDefaults<opensearch.CapacityConfig>(own, { masterNodes: 3, dataNodes: zones === 3 ? 3 : 4 });
  const { masterNodes, dataNodes = 0, dataNodeInstanceType = '', masterNodeInstanceType = '' } = capacity;
  const isSmall = [dataNodeInstanceType, masterNodeInstanceType].some((type) => type.startsWith('t3.'));
  return withDefaults(capacity, {
    multiAzWithStandbyEnabled: zones === 3 && masterNodes === 3 && dataNodes % 3 === 0 && !isSmall,
  });
}

function oneNode(own: opensearch.CapacityConfig | undefined): opensearch.CapacityConfig {
  return withDefaults<opensearch.CapacityConfig>(own, { multiAzWithStandbyEnabled: false });
}
