import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const FLOW_LOG = 'AWS::EC2::FlowLog';

const vpc = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
  B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' } },
};
const log = (resource: Json, properties: JsonObject = {}) => ({
  Type: FLOW_LOG,
  Properties: { ResourceId: resource, ResourceType: 'VPC', TrafficType: 'ALL', ...properties },
});

export default defineRule({
  id: 'EC2.13',
  slug: 'vpc-flow-logs',
  title: 'Every VPC has flow logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_6],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: ['AWS::EC2::VPC'],
  rationale: 'Flow logs say who talked to whom; without them, nobody can tell after an incident where the intruder went.',
  remediation: 'Set `flowLogs` on the VPC, or call `vpc.addFlowLog(…)`; keep the traffic type `ALL`.',
  references: ['Security Hub EC2.6', 'AWS Config VPC_FLOW_LOGS_ENABLED', 'CIS AWS Foundations 3.7', 'cdk-nag VPCFlowLogsEnabled'],
  check: (network) => {
    const own = logsOf(network);
    if (own) return own;
    const subnets = network.pointedAtBy('AWS::EC2::Subnet', 'VpcId').map(logsOf);
    if (subnets.length > 0 && subnets.every((logs) => logs !== undefined)) return subnets.flatMap((logs) => logs ?? []);
    const open = unnamedPointer(network, FLOW_LOG, 'ResourceId', 'the VPC');
    return open.length > 0 ? open : [network.fails('the VPC has no flow log, nor have all its subnets', `an '${FLOW_LOG}'`)];
  },
  examples: {
    pass: {
      'the vpc has a flow log': { ...vpc, Log: log({ Ref: 'Vpc' }) },
      'all subnets have a flow log': { ...vpc, LogA: log({ Ref: 'A' }), LogB: log({ 'Fn::GetAtt': ['B', 'SubnetId'] }) },
    },
    fail: {
      'there is no flow log': vpc,
      'the flow log is of another vpc': { ...vpc, Log: log('vpc-0123456789abcdef0') },
      'one subnet of two has a flow log': { ...vpc, Log: log({ Ref: 'A' }) },
      'rejected traffic is left out': { ...vpc, Log: log({ Ref: 'Vpc' }, { TrafficType: 'ACCEPT' }) },
    },
    undetermined: {
      'the vpc of the flow log is a parameter': {
        Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } },
        Resources: { ...vpc, Log: log({ Ref: 'VpcId' }) },
      },
    },
  },
});

/** What to say of the flow logs of a VPC or subnet; nothing when there are none. */
function logsOf(resource: Resource): Observation[] | undefined {
  const logs = resource.pointedAtBy(FLOW_LOG, 'ResourceId');
  if (logs.length === 0) return undefined;
  const whole = logs.filter((each) => ['ALL', 'REJECT'].includes(each.at('TrafficType').string ?? ''));
  if (whole.length > 0) return whole.map((each) => metBy(each, 'this flow log records the traffic'));
  return logs.flatMap((each) => each.at('TrafficType').mustBe(['ALL', 'REJECT']));
}
