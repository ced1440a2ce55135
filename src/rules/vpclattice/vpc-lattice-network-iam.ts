import { Criterion } from '../../criteria/criterion';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { latticeNetwork, latticeService, NETWORK, networksOf, SERVICE } from '../shared/lattice';

export default defineRule({
  id: 'VpcLattice.1',
  slug: 'vpc-lattice-network-iam',
  aliases: ['vpc-lattice-service-iam'],
  title: 'VPC Lattice asks who calls a service',
  criteria: [Criterion.CC6_1, Criterion.CC6_2, Criterion.CC6_3],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: [NETWORK, SERVICE],
  rationale: 'Without authentication every program in every network that joins may call every service.',
  remediation:
    "Set `authType: 'AWS_IAM'` on the `vpclattice.CfnServiceNetwork` or on each `CfnService`, and say in a `CfnAuthPolicy` who may call.",
  references: ['ElectricEye VPC-Lattice.3', 'ElectricEye VPC-Lattice.6', 'NIST 800-53 IA-9'],
  check: (resource) => {
    const own = mustAsk(resource);
    if (own.length === 0 || resource.type === NETWORK) return own;
    const networks = networksOf(resource);
    const asked = networks.map((network) => network && mustAsk(network));
    if (networks.length === 0 || asked.some((answer) => answer?.some(({ kind }) => kind === 'fail'))) return own;
    if (asked.includes(undefined))
      return [resource.at('AuthType').undetermined("'AWS_IAM'", 'a service network of the service is not among these templates')];
    const open = asked.flatMap((answer) => answer ?? []);
    return open.length > 0 ? open : networks.flatMap((each) => (each ? metBy(each, 'the service network asks who calls') : []));
  },
  examples: {
    pass: {
      'the network asks': latticeNetwork({ AuthType: 'AWS_IAM' }),
      'the network and the service ask': {
        ...latticeNetwork({ AuthType: 'AWS_IAM' }),
        ...latticeService({ AuthType: 'AWS_IAM' }),
      },
      'the network asks for the service': { ...latticeNetwork({ AuthType: 'AWS_IAM' }), ...latticeService() },
    },
    fail: {
      'the network does not say': latticeNetwork(),
      'the network asks nobody': latticeNetwork({ AuthType: 'NONE' }),
      'the service is in no network and does not say': { Service: latticeService().Service },
      'the network asks in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: {
          ...latticeNetwork({ AuthType: { 'Fn::If': ['IsProduction', 'AWS_IAM', 'NONE'] } }),
          ...latticeService(),
        },
      },
    },
    undetermined: {
      'the type is a parameter': {
        Parameters: { Auth: { Type: 'String' } },
        Resources: latticeNetwork({ AuthType: { Ref: 'Auth' } }),
      },
      'the network of the service is elsewhere': latticeService({}, 'sn-0123456789abcdef0'),
    },
  },
});

function mustAsk(resource: Resource): Observation[] {
  return resource.at('AuthType').mustBe('AWS_IAM');
}
