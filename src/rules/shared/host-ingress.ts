import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { type IngressRule, ingressRulesOf } from './ingress';
import { Launch } from './launch';

/** What a judge of one rule says of all rules that let traffic in to a host: an instance, or what a launch template makes. */
export function judgeIngressOf(host: Resource, judge: (rule: IngressRule) => Observation[]): Observation[] {
  return securityGroupsOf(host).flatMap((id): Observation[] => {
    if (id.target?.type !== 'AWS::EC2::SecurityGroup')
      return [id.undetermined('a group without such rules', 'the rules of the group are not among these templates')];
    return ingressRulesOf(id.target).flatMap(judge);
  });
}

function securityGroupsOf(host: Resource): Value[] {
  const launch = new Launch(host);
  const interfaces = launch.at('NetworkInterfaces').items();
  const lists = [launch.at('SecurityGroupIds'), launch.at('SecurityGroups')];
  for (const each of interfaces)
    lists.push(each.at('GroupSet'), each.at('Groups'), groupsOfInterface(each.at('NetworkInterfaceId')));
  return lists.flatMap((list) => list.items());
}

/** The groups of a network interface that is made by itself; where it is not among the templates, what names it. */
function groupsOfInterface(named: Value): Value {
  return named.target?.type === 'AWS::EC2::NetworkInterface' ? named.target.at('GroupSet') : named;
}
