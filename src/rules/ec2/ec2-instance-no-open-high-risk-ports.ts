import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Finding, Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { HIGH_RISK_SERVICES, RDP, SSH, servicesOpenedBy } from '../shared/high-risk-ports';
import { judgeIngressOf } from '../shared/host-ingress';
import { publicAddress } from '../shared/public-address';

const SERVICES = [SSH, RDP, ...HIGH_RISK_SERVICES];

const instance = (isPublic: Json, ingress: JsonObject) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', MapPublicIpOnLaunch: isPublic } },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Host', SecurityGroupIngress: [ingress] } },
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
  },
});
const open = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '0.0.0.0/0' });

export default defineRule({
  id: 'EC2.7',
  slug: 'ec2-instance-no-open-high-risk-ports',
  title: 'No instance with a public address opens an administration or data port to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Instance'],
  rationale: 'A public address and an open administration or data port together are an exposure, not the risk of one.',
  remediation: 'Put the instance in a private subnet (`vpcSubnets`), reach it by Session Manager, and narrow its security group.',
  references: ['Prowler ec2_instance_port_ssh_exposed_to_internet', 'Security Hub EC2.19'],
  check: (host) => {
    const findings = opened(host).filter((each): each is Finding => each.kind !== 'note');
    if (findings.length === 0) return [];
    const address = publicAddress(host).filter((each): each is Finding => each.kind !== 'note');
    if (address.length === 0) return [{ kind: 'note', resource: host, text: 'the instance has no public IPv4 address' }];
    const isPublic = address.some(({ kind }) => kind === 'fail');
    return findings.map((each): Finding => {
      if (isPublic) return { ...each, problem: `${each.problem}, and the instance has a public address` };
      return {
        ...each,
        kind: 'undetermined',
        problem: `${each.problem}; whether the instance has a public address is not known`,
      };
    });
  },
  examples: {
    pass: {
      'the web is open on a public instance': instance(true, open(443)),
      'ssh is open on a private instance': instance(false, open(22)),
      'ssh is open to the office': instance(true, { ...open(22), CidrIp: '203.0.113.7/32' }),
    },
    fail: {
      'ssh is open on a public instance': instance(true, open(22)),
      'a rule beside the group opens a database': {
        ...instance(true, open(443)),
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...open(5432) },
        },
      },
      'the instance has an elastic address': {
        ...instance(false, open(3389)),
        Address: { Type: 'AWS::EC2::EIP', Properties: { InstanceId: { Ref: 'Host' } } },
      },
    },
    undetermined: {
      'the subnet is a parameter that decides': {
        Parameters: { Public: { Type: 'String' } },
        Resources: instance({ Ref: 'Public' }, open(22)),
      },
    },
  },
});

function opened(host: Resource): Observation[] {
  return judgeIngressOf(host, (rule) => {
    const { matters, what } = servicesOpenedBy(rule, SERVICES);
    return rule.openToWorld(matters, what, 'a narrower source');
  });
}
