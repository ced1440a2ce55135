import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { AddressBlock } from '../shared/address-block';
import { PortSpan } from '../shared/port-span';

const GROUP = 'AWS::EC2::SecurityGroup';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const EXPECTED = 'the ports or the destinations that are needed';

const group = (properties: JsonObject = {}) => ({
  Group: { Type: GROUP, Properties: { GroupDescription: 'Service', ...properties } },
});
const egress = (...rules: JsonObject[]) => group({ SecurityGroupEgress: rules });
const beside = (properties: JsonObject) => ({
  Rule: { Type: EGRESS, Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...properties } },
});
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };

export default defineRule({
  id: 'EC2.43',
  slug: 'sg-egress-restricted',
  title: 'Security groups do not let everything out to everywhere',
  criteria: [Criterion.CC6_7, Criterion.CC6_6],
  control: 'egress-control',
  severity: 'info',
  resourceTypes: [GROUP, EGRESS],
  rationale: 'An intruder loads tools and sends data away by the ports that nobody needs.',
  remediation:
    'Set `allowAllOutbound: false` on the `ec2.SecurityGroup`, and call `addEgressRule(…)` for what the service has to reach.',
  references: ['checkov CKV_AWS_382', 'NIST 800-53 SC-7'],
  check: (resource) => {
    if (resource.type === EGRESS) return judge(resource.properties);
    const list = resource.at('SecurityGroupEgress');
    const rules = list.items();
    if (list.isUnknown || rules.length > 0) return rules.flatMap(judge);
    if (resource.pointedAtBy(EGRESS, 'GroupId').length > 0)
      return [{ kind: 'note', resource, text: 'its egress rules are resources of their own' }];
    return [list.fails(EXPECTED, 'a group without egress rules is given one that lets everything out')];
  },
  examples: {
    pass: {
      'one port is open': egress(https),
      'everything is open to a private network': egress({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }),
      'everything is open to another group': egress({ IpProtocol: '-1', DestinationSecurityGroupId: 'sg-1' }),
      'a rule beside the group opens one port': { ...group(), ...beside(https) },
      'cdk opens nothing': egress({ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }),
    },
    fail: {
      'nothing is said': group(),
      'everything is open': egress({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
      'everything is open over ipv6': egress(https, { IpProtocol: -1, CidrIpv6: '::/0' }),
      'every tcp port is open': egress({ IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIp: '0.0.0.0/0' }),
      'a rule beside the group opens everything': { ...group(), ...beside({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }) },
    },
    undetermined: {
      'the destination is a parameter': {
        Parameters: { Destination: { Type: 'String' } },
        Resources: egress({ IpProtocol: '-1', CidrIp: { Ref: 'Destination' } }),
      },
    },
  },
});

function judge(rule: Value): Observation[] {
  if (rule.isUnknown) return [rule.undetermined(EXPECTED)];
  const span = new PortSpan({ protocol: rule.at('IpProtocol'), from: rule.at('FromPort'), to: rule.at('ToPort') });
  const all = span.reachesAll;
  if (all === false) return [];
  return ['CidrIp', 'CidrIpv6'].flatMap((key) => {
    const destination = rule.at(key);
    const isWorld = !destination.isAbsent && new AddressBlock(destination).isWorld;
    if (isWorld === false) return [];
    if (isWorld === undefined) return [destination.undetermined(EXPECTED)];
    return all
      ? [destination.fails(EXPECTED, `everything may go out to ${destination.found}`)]
      : [(span.unknownPart ?? rule).undetermined(EXPECTED)];
  });
}
