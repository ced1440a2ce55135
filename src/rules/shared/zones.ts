import { isObject } from '../../model/json';
import type { Value } from '../../model/value';
import type { Ternary } from './ternary';

/** The zone that an `AvailabilityZone` names: a name, or a place in the list of the Region; undefined when it is not known. */
export function zoneIn(zone: Value): string | undefined {
  return zone.isUnknown ? placeIn(zone) : zone.string;
}

/** The zone of a subnet of the templates. */
export function zoneOfSubnet(subnet: Value): string | undefined {
  const [target] = subnet.targets('AWS::EC2::Subnet');
  return target && zoneIn(target.at('AvailabilityZone'));
}

/** Whether there are two zones or more among some; those that are not known may be one and the same. */
export function areSpread(zones: readonly (string | undefined)[]): Ternary {
  if (new Set(zones.filter((zone) => zone !== undefined)).size > 1) return true;
  return zones.length > 1 && zones.includes(undefined) ? undefined : false;
}

const PLACE = /^\{"Fn::Select":\["?\d+"?,\{"Fn::GetAZs":[^\]]*\]\}$/;

function placeIn({ resource }: Value): string | undefined {
  const { Properties: properties } = resource.entry.body;
  const text = isObject(properties) ? JSON.stringify(properties.AvailabilityZone) : '';
  return PLACE.test(text) ? text : undefined;
}
