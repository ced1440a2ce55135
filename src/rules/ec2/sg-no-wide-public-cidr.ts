import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

/** Ports that may be open to the world; who else may reach them is of no interest unless it is known to be wide. */
const AUTHORIZED = [80, 443];

const rule = (properties: JsonObject) => ({
  Rule: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: 'sg-0123456789abcdef0', IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, ...properties },
  },
});

export default defineRule({
  id: 'EC2.6',
  slug: 'sg-no-wide-public-cidr',
  title: 'No ingress rule names a public block wider than /24 (IPv6: /32)',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: INGRESS_TYPES,
  rationale: 'A wide public block holds other people’s hosts as well; a rule for it looks like a boundary and is none.',
  remediation: 'Name the addresses of the clients in the peer, in an `ec2.CfnPrefixList` when there are many.',
  references: ['Prowler ec2_securitygroup_allow_wide_open_public_ipv4', 'NIST 800-53 SC-7'],
  check: (resource) =>
    ingressRules(resource).flatMap((each) => {
      const found = each.openToMany('the group is', 'a block of /24 or narrower');
      return each.staysWithin(AUTHORIZED) ? found.filter(({ kind }) => kind === 'fail') : found;
    }),
  examples: {
    pass: {
      'the source is one public network': rule({ CidrIp: '203.0.113.0/24' }),
      'the source is a wide private network': rule({ CidrIp: '10.0.0.0/8' }),
      'the source is a wide private ipv6 network': rule({ CidrIpv6: 'fd00::/8' }),
      'the world is judged by other rules': rule({ CidrIp: '0.0.0.0/0' }),
      'https is open to a prefix list': rule({ FromPort: 443, ToPort: 443, SourcePrefixListId: 'pl-0123456789abcdef0' }),
    },
    fail: {
      'the source is a public /8': rule({ CidrIp: '8.0.0.0/8' }),
      'the source is a public /16': rule({ CidrIp: '52.94.0.0/16' }),
      'the source holds a private network and more': rule({ CidrIp: '172.0.0.0/8' }),
      'https is open to a wide block': rule({ FromPort: 443, ToPort: 443, CidrIp: '8.0.0.0/8' }),
      'the source is a wide public ipv6 block': rule({ CidrIpv6: '2600::/12' }),
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Clients: { Type: 'String' } },
        Resources: rule({ CidrIp: { Ref: 'Clients' } }),
      },
      'the address of a wide block is a parameter': {
        Parameters: { Network: { Type: 'String' } },
        Resources: rule({ CidrIp: { 'Fn::Sub': '${Network}/12' } }),
      },
    },
  },
});
