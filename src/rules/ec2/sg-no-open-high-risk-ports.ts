import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { HIGH_RISK_SERVICES, servicesOpenedBy } from '../shared/high-risk-ports';
import { INGRESS_TYPES, ingressRules } from '../shared/ingress';

const group = (...ingress: JsonObject[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Data', SecurityGroupIngress: ingress } },
});
const port = (number: number) => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number });

export default defineRule({
  id: 'EC2.3',
  slug: 'sg-no-open-high-risk-ports',
  title: 'No security group opens databases, caches, brokers, file shares or remote administration to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: INGRESS_TYPES,
  rationale: 'Such services trust the network they stand in; scanners find an open one within minutes.',
  remediation: 'Name the clients: `database.connections.allowDefaultPortFrom(service)` in place of `allowFromAnyIpv4(…)`.',
  references: [
    'Security Hub EC2.19',
    'AWS Config RESTRICTED_INCOMING_TRAFFIC',
    'cdk-nag EC2RestrictedCommonPorts',
    'CT.EC2.PR.4',
  ],
  check: (resource) =>
    ingressRules(resource).flatMap((rule) => {
      const { matters, what } = servicesOpenedBy(rule, HIGH_RISK_SERVICES);
      return rule.openToWorld(matters, what, 'a narrower source');
    }),
  examples: {
    pass: {
      'the database is open to the private network': group({ ...port(5432), CidrIp: '10.0.0.0/16' }),
      'a web server is open to the world': group({ ...port(443), CidrIp: '0.0.0.0/0' }, { ...port(80), CidrIpv6: '::/0' }),
      'a prefix list of the template names the office': {
        Office: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '203.0.113.0/28' }] } },
        ...group({ ...port(5432), SourcePrefixListId: { Ref: 'Office' } }),
      },
    },
    fail: {
      'postgres is open to the world': group({ ...port(5432), CidrIp: '0.0.0.0/0' }),
      'redis is in a range that is open over ipv6': group({ IpProtocol: 'tcp', FromPort: 1024, ToPort: 65535, CidrIpv6: '::/0' }),
      'memcached is open over udp': group({ IpProtocol: 17, FromPort: 11211, ToPort: 11211, CidrIp: '0.0.0.0/0' }),
      'a prefix list of the template names the world': {
        All: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '203.0.113.0/28' }, { Cidr: '0.0.0.0/0' }] } },
        ...group({ ...port(27017), SourcePrefixListId: { 'Fn::GetAtt': ['All', 'PrefixListId'] } }),
      },
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Clients: { Type: 'String' } },
        Resources: group({ ...port(3306), CidrIp: { Ref: 'Clients' } }),
      },
    },
  },
});
