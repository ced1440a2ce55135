import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { areSpread, zoneIn } from './zones';

const EXPECTED = 'two instances or more, in different Availability Zones';

/** Expect a cluster to have instances in at least two Availability Zones; without being told, they are spread. */
export function mustSpanZones(cluster: Resource, instanceType: string): Observation[] {
  const members = cluster.pointedAtBy(instanceType, 'DBClusterIdentifier');
  const zones = members.map((member) => member.at('AvailabilityZone'));
  const isSpread = zones.some((zone) => zone.isAbsent) || areSpread(zones.map(zoneIn));
  if (members.length >= 2 && isSpread) return members.map((member) => metBy(member, 'one of the instances of the cluster'));
  const unknown = zones.find((zone) => zone.isUnknown);
  if (members.length >= 2 && isSpread === undefined && unknown) return [unknown.undetermined(EXPECTED)];
  const open = cluster.mayBePointedAtBy(instanceType, 'DBClusterIdentifier');
  if (open) return [open.undetermined(EXPECTED)];
  if (members.length >= 2) return [zones[0].fails(EXPECTED, 'all instances are in one Availability Zone')];
  const problem = members.length === 0 ? 'the templates have no instance of the cluster' : 'the cluster has a single instance';
  return [cluster.fails(problem, EXPECTED, `${members.length}`)];
}

/** Examples of every rule about the instances of a cluster. */
export function zoneExamples(service: 'DocDB' | 'Neptune') {
  const cluster = { Cluster: { Type: `AWS::${service}::DBCluster`, Properties: {} } };
  const instance = (properties: object = {}) => ({
    Type: `AWS::${service}::DBInstance`,
    Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, ...properties },
  });
  const tied = (zone: string) => instance({ AvailabilityZone: zone });
  return {
    pass: {
      'there are two instances': { ...cluster, Writer: instance(), Reader: instance() },
      'there are instances in two zones': { ...cluster, Writer: tied('eu-west-1a'), Reader: tied('eu-west-1b') },
    },
    fail: {
      'there is one instance': { ...cluster, Writer: instance() },
      'there is no instance': cluster,
      'both instances are in one zone': { ...cluster, Writer: tied('eu-west-1a'), Reader: tied('eu-west-1a') },
      'one of two instances depends on a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: { ...cluster, Writer: instance(), Reader: { ...instance(), Condition: 'IsProduction' } },
      },
    },
    undetermined: {
      'the cluster of the second instance is a parameter': {
        Parameters: { Target: { Type: 'String' } },
        Resources: { ...cluster, Writer: instance(), Reader: instance({ DBClusterIdentifier: { Ref: 'Target' } }) },
      },
    },
  };
}
