import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const agent = (VpcEndpointId: Json) => ({
  Agent: { Type: 'AWS::DataSync::Agent', Properties: { AgentName: 'warehouse', VpcEndpointId } },
});

export default defineRule({
  id: 'DataSync.2',
  slug: 'datasync-agent-private',
  title: 'DataSync agents send files through an endpoint of a VPC',
  criteria: [Criterion.CC6_6, Criterion.CC6_7],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: ['AWS::DataSync::Agent'],
  rationale: 'An agent stands beside company storage; through an endpoint, it needs no way out to the internet.',
  remediation:
    'Set `vpcEndpointId`, `subnetArns` and `securityGroupArns` on the `CfnAgent`. An agent is activated anew by that change.',
  references: ['ElectricEye DataSync.1', 'NIST 800-53 SC-7'],
  check: (agent) => agent.at('VpcEndpointId').mustBeSet('an endpoint of a VPC'),
  examples: {
    pass: {
      'an endpoint is named': agent('vpce-01234d5aff67890e1'),
      'the endpoint is of the same template': { ...agent({ Ref: 'Endpoint' }), Endpoint: { Type: 'AWS::EC2::VPCEndpoint' } },
    },
    fail: { 'no endpoint is named': agent({ Ref: 'AWS::NoValue' }), 'the endpoint is empty': agent('') },
    undetermined: { 'the endpoint is a parameter that may be empty': byParameter(agent) },
  },
});
