import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

const rule = (properties: JsonObject) => ({
  Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-0123456789abcdef0', ...properties } },
});

export default defineRule({
  id: 'EC2.4',
  slug: 'sg-no-open-all-ports',
  title: 'No security group opens every port to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: INGRESS_TYPES,
  rationale: 'A group that lets everything in from everywhere is no boundary, whatever the hosts behind it listen on.',
  remediation:
    'Replace `ec2.Port.allTraffic()` or `ec2.Port.allTcp()` by the ports that are served, and the peer by the clients.',
  references: [
    'Security Hub EC2.18',
    'Prowler ec2_securitygroup_allow_ingress_from_internet_to_all_ports',
    'cdk-nag EC2RestrictedInbound',
  ],
  check: (resource) =>
    ingressRules(resource).flatMap((each) =>
      each.openToWorld(each.reachesAll, 'every port is', 'only the ports that are served'),
    ),
  examples: {
    pass: {
      'one port is open to the world': rule({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
      'all ports are open to a security group': rule({ IpProtocol: '-1', SourceSecurityGroupId: 'sg-0fedcba9876543210' }),
      'all ports are open to a private network': rule({ IpProtocol: '-1', CidrIp: '100.64.0.0/10' }),
    },
    fail: {
      'every protocol is open to the world': rule({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
      'every tcp port is open to the world': rule({ IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIpv6: '::/0' }),
      'every udp port is open by minus one': rule({ IpProtocol: 'udp', FromPort: -1, ToPort: -1, CidrIp: '0.0.0.0/0' }),
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: rule({ IpProtocol: '-1', CidrIp: { Ref: 'Source' } }),
      },
    },
  },
});
