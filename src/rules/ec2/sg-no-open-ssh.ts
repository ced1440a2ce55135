import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { SSH } from '../shared/high-risk-ports';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

const group = (...ingress: JsonObject[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Hosts', SecurityGroupIngress: ingress } },
});
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };

export default defineRule({
  id: 'EC2.1',
  slug: 'sg-no-open-ssh',
  title: 'No security group opens SSH to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: INGRESS_TYPES,
  rationale: 'SSH that anyone can reach is tried with stolen and guessed credentials all day long; one of them is enough.',
  remediation:
    'Remove the rule and use Session Manager, or name a source with `ec2.Peer.ipv4(…)` or `ec2.Peer.securityGroupId(…)`.',
  references: ['Security Hub EC2.13', 'AWS Config INCOMING_SSH_DISABLED', 'cdk-nag EC2RestrictedSSH', 'checkov CKV_AWS_24'],
  check: (resource) =>
    ingressRules(resource).flatMap((rule) => rule.openToWorld(rule.reaches(SSH), 'SSH (22) is', 'a narrower source')),
  examples: {
    pass: {
      'ssh is open to a private network': group({ ...ssh, CidrIp: '10.0.0.0/8' }),
      'ssh is open to the network of the vpc': {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        ...group({ ...ssh, CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }),
      },
      'https is open to the world': group({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
      'ping is open to the world': group({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIp: '0.0.0.0/0' }),
      'the source is another security group': group({ ...ssh, SourceSecurityGroupId: 'sg-0123456789abcdef0' }),
      'the source is one address, known at deployment': {
        Address: { Type: 'AWS::EC2::EIP' },
        ...group({ ...ssh, CidrIp: { 'Fn::Sub': '${Address}/32' } }),
      },
    },
    fail: {
      'ssh is open to every ipv4 address': group({ ...ssh, CidrIp: '0.0.0.0/0' }),
      'ssh is open to every ipv6 address, spelled out': group({ ...ssh, CidrIpv6: '0:0:0:0:0:0:0:0/0' }),
      'ssh is in a range of ports': group({ IpProtocol: '6', FromPort: '20', ToPort: '25', CidrIp: '0.0.0.0/0' }),
      'every protocol is open': group({ IpProtocol: -1, CidrIpv6: '::/0' }),
      'one half of the internet is let in': group({ ...ssh, CidrIp: '128.0.0.0/1' }),
      'a resource adds the rule to the group': {
        Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-1', ...ssh, CidrIp: '0.0.0.0/0' } },
      },
      'the rule is not in a list': {
        Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: { ...ssh, CidrIp: '0.0.0.0/0' } } },
      },
      'one branch of a condition is open': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } },
        Resources: group({ ...ssh, CidrIp: { 'Fn::If': ['IsTest', '0.0.0.0/0', '10.0.0.0/8'] } }),
      },
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Office: { Type: 'String' } },
        Resources: group({ ...ssh, CidrIp: { Ref: 'Office' } }),
      },
      'the port is a parameter': {
        Parameters: { Port: { Type: 'Number' } },
        Resources: group({ IpProtocol: 'tcp', FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' }, CidrIp: '0.0.0.0/0' }),
      },
      'the source is a prefix list that is elsewhere': group({ ...ssh, SourcePrefixListId: 'pl-0123456789abcdef0' }),
    },
  },
});
