import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { IngressRule } from '../shared/ingress';
import { isApplication, LOAD_BALANCER } from '../shared/load-balancers';
import { LISTENER } from '../shared/plain-listeners';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';

const open = (from: Json, to: Json = from, properties: JsonObject = {}) => ({
  Balancer: { Type: LOAD_BALANCER, Properties: { SecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
  Listener: { Type: LISTENER, Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443, Protocol: 'HTTPS' } },
  Group: {
    Type: GROUP,
    Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: from, ToPort: to, CidrIp: '0.0.0.0/0', ...properties }] },
  },
});

export default defineRule({
  id: 'ELB.15',
  slug: 'alb-sg-only-listener-ports',
  title: 'Security groups of application load balancers open the ports of its listeners only',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: [LOAD_BALANCER],
  applies: (balancer) => isApplication(balancer) && balancer.pointedAtBy(LISTENER, 'LoadBalancerArn').length > 0,
  rationale: 'A port that is open with nothing behind it is one that somebody puts something behind later, unnoticed.',
  remediation: 'Leave ingress to the listeners: `open: true` opens just their ports. Remove other `connections.allowFrom` calls.',
  references: ['ElectricEye ELBv2.8', 'NIST 800-53 SC-7'],
  check: (balancer) => {
    const listeners = balancer.pointedAtBy(LISTENER, 'LoadBalancerArn').map((listener) => listener.at('Port'));
    const unknown = listeners.find((port) => port.number === undefined);
    if (unknown) return [unknown.undetermined('a port')];
    const ports = listeners.flatMap((port) => port.number ?? []);
    const groups = balancer.at('SecurityGroups').items();
    return groups.flatMap((each) => each.targets(GROUP).flatMap((group) => mustStayWithin(group, ports)));
  },
  examples: {
    pass: {
      'the port of the listener is open': open(443),
      'ping is allowed': open(-1, -1, { IpProtocol: 'icmp' }),
    },
    fail: {
      'another port is open': open(8080),
      'all ports are open': open(0, 65535),
      'every protocol is allowed': open(443, 443, { IpProtocol: '-1' }),
      'a rule of its own opens another port': {
        ...open(443),
        Ssh: {
          Type: INGRESS,
          Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: '6', FromPort: 22, ToPort: 22 },
        },
      },
    },
    undetermined: {
      'the port is a parameter': { Parameters: { Port: { Type: 'Number' } }, Resources: open({ Ref: 'Port' }) },
    },
  },
});

function mustStayWithin(group: Resource, ports: readonly number[]): Observation[] {
  const rules: Value[] = [
    ...group.at('SecurityGroupIngress').items(),
    ...group.pointedAtBy(INGRESS, 'GroupId').map((each) => each.properties),
  ];
  const expected = `port ${ports.join(', ')} only`;
  return rules.flatMap((value) => {
    const within = new IngressRule(value).staysWithin(ports);
    if (within === undefined) return [value.at('FromPort').undetermined(expected, 'the ports are not known')];
    return within ? [] : [value.at('FromPort').fails(expected, 'a port is open that no listener has')];
  });
}
