import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

/** Ports that may be open to the world: the web, and the redirect to it. */
const AUTHORIZED = [80, 443];

const group = (...ingress: JsonObject[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Edge', SecurityGroupIngress: ingress } },
});
const ports = (from: number, to = from) => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to });

export default defineRule({
  id: 'EC2.5',
  slug: 'sg-only-authorized-open-ports',
  title: 'Security groups open nothing but ports 80 and 443 to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: INGRESS_TYPES,
  rationale:
    'What the internet may reach is a decision; any port beyond the web is one that somebody must have taken and written down.',
  remediation:
    'Narrow the peer of the rule, or record an exception that names the service, its owner and why everyone may reach it.',
  references: [
    'Security Hub EC2.18',
    'AWS Config VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS',
    'CT.EC2.PR.3',
    'cdk-nag EC2RestrictedInbound',
  ],
  check: (resource) =>
    ingressRules(resource).flatMap((rule) => {
      const within = rule.staysWithin(AUTHORIZED);
      return rule.openToWorld(within === undefined ? undefined : !within, 'a port other than 80 and 443 is', 'a narrower source');
    }),
  examples: {
    pass: {
      'a load balancer serves the web': group({ ...ports(443), CidrIp: '0.0.0.0/0' }, { ...ports(80), CidrIpv6: '::/0' }),
      'http/3 is served': group({ IpProtocol: 'udp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
      'ping is answered': group({ IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1, CidrIpv6: '::/0' }),
      'another port is open to the private network': group({ ...ports(8080), CidrIp: '10.1.0.0/16' }),
      'there is no ingress': group(),
      'the clients of a web server are a parameter': {
        Parameters: { Clients: { Type: 'String' } },
        Resources: group({ ...ports(443), CidrIp: { Ref: 'Clients' } }),
      },
    },
    fail: {
      'another port is open to the world': group({ ...ports(8080), CidrIp: '0.0.0.0/0' }),
      'a range runs from one authorised port to the other': group({ ...ports(80, 443), CidrIp: '0.0.0.0/0' }),
      'another protocol is open to the world': group({ IpProtocol: '47', CidrIp: '0.0.0.0/0' }),
    },
    undetermined: {
      'the port is a parameter': {
        Parameters: { Port: { Type: 'Number' } },
        Resources: group({ IpProtocol: 'tcp', FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' }, CidrIp: '0.0.0.0/0' }),
      },
    },
  },
});
