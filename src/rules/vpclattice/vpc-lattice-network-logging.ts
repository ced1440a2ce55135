import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { latticeNetwork, latticeService, NETWORK, networksOf, SERVICE } from '../shared/lattice';
import { unnamedPointer } from '../shared/unnamed-pointer';

const SUBSCRIPTION = 'AWS::VpcLattice::AccessLogSubscription';

const logged = (id: Json) => ({
  Log: { Type: SUBSCRIPTION, Properties: { DestinationArn: 'arn:aws:s3:::logs', ResourceIdentifier: id } },
});

export default defineRule({
  id: 'VpcLattice.2',
  slug: 'vpc-lattice-network-logging',
  aliases: ['vpc-lattice-service-logging'],
  title: 'VPC Lattice logs the requests to services',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_1],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: [NETWORK, SERVICE],
  rationale: 'The access log is the only place that says which caller asked a service for what, and what was refused.',
  remediation: 'Add a `vpclattice.CfnAccessLogSubscription` for the service network, or for each service.',
  references: ['ElectricEye VPC-Lattice.4', 'ElectricEye VPC-Lattice.7', 'NIST 800-53 AU-2'],
  check: (resource) => {
    const [own] = logsOf(resource);
    if (own) return [metBy(own, 'it logs the requests')];
    const expected = `an '${SUBSCRIPTION}'`;
    const networks = resource.type === SERVICE ? networksOf(resource) : [];
    const logs = networks.map((network) => network && logsOf(network)[0]);
    if (networks.length > 0 && logs.every((log) => log !== undefined))
      return logs.map((log) => metBy(log, 'it logs the requests in the service network'));
    const open = unnamedPointer(resource, SUBSCRIPTION, 'ResourceIdentifier', 'this resource');
    if (open.length > 0) return open;
    return networks.includes(undefined)
      ? [resource.properties.undetermined(expected, 'a service network of the service is not among these templates')]
      : [resource.fails('nothing logs the requests', expected)];
  },
  examples: {
    pass: {
      'the network has a log': { ...latticeNetwork(), ...logged({ Ref: 'Network' }) },
      'the log of the network is for its services, too': {
        ...latticeNetwork(),
        ...latticeService(),
        ...logged({ 'Fn::GetAtt': ['Network', 'Arn'] }),
      },
      'the service has a log': { Service: latticeService().Service, ...logged({ 'Fn::GetAtt': ['Service', 'Id'] }) },
    },
    fail: {
      'the network has no log': latticeNetwork(),
      'the service has a log, but not the network': {
        ...latticeNetwork(),
        ...latticeService(),
        ...logged({ 'Fn::GetAtt': ['Service', 'Arn'] }),
      },
      'the log is of another network': { ...latticeNetwork(), ...logged('sn-0123456789abcdef0') },
    },
    undetermined: {
      'what the log is for is a parameter': {
        Parameters: { Id: { Type: 'String' } },
        Resources: { ...latticeNetwork(), ...logged({ Ref: 'Id' }) },
      },
      'the network of the service is elsewhere': latticeService({}, 'sn-0123456789abcdef0'),
    },
  },
});

function logsOf(resource: Resource): Resource[] {
  return resource.pointedAtBy(SUBSCRIPTION, 'ResourceIdentifier');
}
