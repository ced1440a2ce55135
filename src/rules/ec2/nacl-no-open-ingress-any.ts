import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { ACL_ENTRY, letsIn, openToWorld } from '../shared/acl-entries';

const entry = (properties: JsonObject) => ({
  Entry: {
    Type: ACL_ENTRY,
    Properties: { NetworkAclId: 'acl-1', RuleNumber: 100, RuleAction: 'allow', Protocol: -1, ...properties },
  },
});
const tcp = (from: number, to: number) => ({ Protocol: 6, PortRange: { From: from, To: to } });

export default defineRule({
  id: 'EC2.20',
  slug: 'nacl-no-open-ingress-any',
  title: 'No network ACL lets in every port from anywhere',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: [ACL_ENTRY],
  applies: letsIn,
  rationale: 'A network ACL that lets in everything is no second line of defence: one wrong security group and a host is open.',
  remediation:
    'Name the ports in `ec2.AclTraffic.tcpPort(…)`, and for the answers to outgoing connections the range from 1024 on, for a network ACL keeps no state.',
  references: ['Prowler ec2_networkacl_allow_ingress_any_port', 'CIS AWS Foundations 5.2', 'NIST 800-53 SC-7'],
  check: (each) => openToWorld(each, 'all', 'every port is'),
  examples: {
    pass: {
      'one port is open': entry({ ...tcp(443, 443), CidrBlock: '0.0.0.0/0' }),
      'answers come back': entry({ ...tcp(1024, 65535), CidrBlock: '0.0.0.0/0' }),
      'everything is open to a private network': entry({ CidrBlock: '10.0.0.0/8' }),
      'ping is answered': entry({ Protocol: 1, Icmp: { Code: -1, Type: 8 }, CidrBlock: '0.0.0.0/0' }),
    },
    fail: {
      'every protocol is open': entry({ CidrBlock: '0.0.0.0/0' }),
      'every protocol is open over ipv6': entry({ Ipv6CidrBlock: '::/0', Egress: 'false' }),
      'every tcp port is open': entry({ ...tcp(0, 65535), CidrBlock: '0.0.0.0/0' }),
      'no range narrows udp': entry({ Protocol: '17', CidrBlock: '0.0.0.0/0' }),
      'everything is open in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } },
        Resources: entry({ CidrBlock: { 'Fn::If': ['IsTest', '0.0.0.0/0', '10.0.0.0/8'] } }),
      },
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: entry({ CidrBlock: { Ref: 'Source' } }),
      },
      'the action is a parameter': {
        Parameters: { Action: { Type: 'String' } },
        Resources: entry({ RuleAction: { Ref: 'Action' }, CidrBlock: '0.0.0.0/0' }),
      },
    },
  },
});
