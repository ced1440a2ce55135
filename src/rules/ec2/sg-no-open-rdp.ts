import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { RDP } from '../shared/high-risk-ports';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

const rule = (properties: JsonObject) => ({
  Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-0123456789abcdef0', ...properties } },
});

export default defineRule({
  id: 'EC2.2',
  slug: 'sg-no-open-rdp',
  title: 'No security group opens RDP to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: INGRESS_TYPES,
  rationale: 'Remote Desktop that anyone can reach is the usual way in for ransomware.',
  remediation:
    'Remove the rule and use Fleet Manager, or name a source with `ec2.Peer.ipv4(…)` or `ec2.Peer.securityGroupId(…)`.',
  references: ['Security Hub EC2.14', 'cdk-nag EC2RestrictedCommonPorts', 'checkov CKV_AWS_25'],
  check: (resource) =>
    ingressRules(resource).flatMap((each) => each.openToWorld(each.reaches(RDP), 'RDP (3389) is', 'a narrower source')),
  examples: {
    pass: {
      'rdp is open to the office': rule({ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, CidrIp: '198.51.100.0/24' }),
      'the range ends below': rule({ IpProtocol: 'tcp', FromPort: 1024, ToPort: 3388, CidrIp: '0.0.0.0/0' }),
    },
    fail: {
      'rdp is open to every ipv4 address': rule({ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, CidrIp: '0.0.0.0/0' }),
      'rdp is open to all public ipv6 addresses': rule({ IpProtocol: 'udp', FromPort: 3389, ToPort: 3389, CidrIpv6: '2000::/3' }),
      'a rule in the group has no ports': {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { GroupDescription: 'Hosts', SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' }] },
        },
      },
    },
    undetermined: {
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: rule({ IpProtocol: { Ref: 'Protocol' }, FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
      },
    },
  },
});
