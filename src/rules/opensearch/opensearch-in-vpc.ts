import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const domain = (SubnetIds: unknown) => searchDomain({ VPCOptions: { SubnetIds, SecurityGroupIds: ['sg-1'] } });

export default defineRule({
  id: 'OpenSearch.2',
  slug: 'opensearch-in-vpc',
  title: 'OpenSearch domains are reached through a VPC only',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'A domain outside of a VPC has an address on the internet, and one wrong line in its policy opens all its indexes.',
  remediation:
    'Give the domain a `vpc`, `vpcSubnets` and `securityGroups`. A deployed domain cannot move: create a new one and restore a snapshot into it.',
  references: [
    'Security Hub OpenSearch.2',
    'Security Hub ES.2',
    'AWS Config OPENSEARCH_IN_VPC_ONLY',
    'cdk-nag OpenSearchInVPCOnly',
    'NIST 800-53 SC-7',
  ],
  check: (domain) => domain.at('VPCOptions.SubnetIds').mustBeSet('at least one subnet'),
  examples: {
    pass: {
      'the domain has subnets': domain(['subnet-1', 'subnet-2']),
      'the subnet is of the same template': {
        ...domain([{ Ref: 'Subnet' }]),
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' } },
      },
      'the domain has the earlier name of the service': elasticsearchDomain({ VPCOptions: { SubnetIds: ['subnet-1'] } }),
    },
    fail: {
      'no VPC is mentioned': searchDomain({}),
      'the list of subnets is empty': domain([]),
      'an earlier domain has no VPC': elasticsearchDomain({}),
    },
    undetermined: { 'the options are a parameter': byParameter((value) => domain(value)) },
  },
});
