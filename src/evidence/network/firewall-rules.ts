import type { Assembly } from '../../model/assembly';
import type { Resource } from '../../model/resource';
import type { ResourceEntry } from '../../model/template';
import type { Value } from '../../model/value';
import { AddressBlock } from '../../rules/shared/address-block';
import { NetworkState, nameOf } from './network-state';
import { type Opening, openingsOf } from './openings';
import { type PortRange, portWords, protocolName } from './port-words';

/** A rule of a firewall, in words. */
export interface FirewallRule {
  readonly environment: string;
  /** `Security group`, `Network ACL`, `Web application firewall`, `Load balancer`. */
  readonly firewall: string;
  /** Which of them. */
  readonly name: string;
  readonly direction: 'in' | 'out' | '';
  /** What it does, as a sentence. */
  readonly words: string;
  readonly protocol: string;
  readonly ports: string;
  /** The other side. */
  readonly peer: string;
  /** Whether it lets in everyone; undefined when only deployment knows whom. */
  readonly isOpenToInternet?: boolean;
  readonly description: string;
  readonly stack: string;
  readonly template: string;
  readonly logicalId: string;
}

/** Every rule of the firewalls in assemblies. */
export function firewallRulesOf(assemblies: readonly Assembly[]): FirewallRule[] {
  return assemblies.flatMap((assembly) =>
    assembly.environments.flatMap((environment) => {
      const state = new NetworkState(assembly, environment);
      return [
        ...openingsOf(state).map((opening) => ofGroup(state, opening)),
        ...state.ofType('AWS::EC2::NetworkAclEntry').map((entry) => ofAcl(state, entry)),
        ...state.ofType('AWS::ElasticLoadBalancingV2::Listener').map((listener) => ofListener(state, listener)),
        ...state.ofType('AWS::WAFv2::WebACL').flatMap((acl) => ofWebAcl(state, acl)),
        ...state.ofType('AWS::WAFv2::RuleGroup').flatMap((group) => webRules(state, group)),
        ...state.ofType('AWS::NetworkFirewall::RuleGroup').flatMap((group) => ofRuleGroup(state, group)),
      ];
    }),
  );
}

type Described = Omit<FirewallRule, 'environment' | 'stack' | 'template' | 'logicalId'>;

function at(state: NetworkState, resource: Resource, described: Described): FirewallRule {
  const { template, logicalId } = resource.entry;
  return {
    environment: state.environment.id,
    ...described,
    stack: template.origin.stack ?? '',
    template: template.path,
    logicalId,
  };
}

function ofGroup(state: NetworkState, { name, direction, peer, ports, description, statedBy }: Opening): FirewallRule {
  const isNothing = peer.kind === 'address' && peer.text === '255.255.255.255/32';
  const who =
    peer.kind === 'group' ? groupName(state, peer.entry) : peer.kind === 'address' ? addressWords(peer.text) : peer.text;
  const words = isNothing
    ? 'Lets nothing out'
    : direction === 'in'
      ? `Lets in ${portWords(ports)} from ${who}`
      : `Lets out ${portWords(ports)} to ${who}`;
  return at(state, statedBy, {
    firewall: 'Security group',
    name,
    direction,
    words,
    ...(isNothing
      ? { protocol: 'none', ports: 'none', peer: 'nobody' }
      : { protocol: protocolName(ports.protocol), ports: rangeText(ports), peer: who }),
    isOpenToInternet: direction === 'in' && (peer.reach === 'unknown' ? undefined : peer.reach === 'everyone'),
    description,
  });
}

function groupName(state: NetworkState, entry: ResourceEntry): string {
  return `members of the security group ${nameOf(state.view(entry))}`;
}

function addressWords(text: string): string {
  if (text === '0.0.0.0/0') return 'everyone on the internet (IPv4)';
  if (text === '::/0') return 'everyone on the internet (IPv6)';
  if (/\/32$|\/128$/.test(text)) return `the address ${text.replace(/\/\d+$/, '')}`;
  return `the addresses ${text}`;
}

function rangeText({ from, to }: PortRange): string {
  if (from === undefined || from === -1) return 'all';
  return to === undefined || to === from ? String(from) : `${from}-${to}`;
}

function ofAcl(state: NetworkState, entry: Resource): FirewallRule {
  const direction = entry.at('Egress').boolean === true ? 'out' : 'in';
  const ports: PortRange = {
    protocol: entry.at('Protocol').string ?? '?',
    from: portOf(entry.at('PortRange.From')),
    to: portOf(entry.at('PortRange.To')),
  };
  const address = entry.at(entry.at('CidrBlock').isAbsent ? 'Ipv6CidrBlock' : 'CidrBlock');
  const block = address.text;
  const action = entry.at('RuleAction').string;
  const isAllowed = action === 'allow';
  const verb = isAllowed ? (direction === 'in' ? 'Lets in' : 'Lets out') : direction === 'in' ? 'Keeps out' : 'Keeps in';
  const [acl] = state.targets(entry, 'AWS::EC2::NetworkAcl');
  return at(state, entry, {
    firewall: 'Network ACL',
    name: acl ? nameOf(state.view(acl)) : entry.at('NetworkAclId').text,
    direction,
    words: `Rule ${entry.at('RuleNumber').text}: ${verb} ${portWords(ports)} ${direction === 'in' ? 'from' : 'to'} ${addressWords(block)}`,
    protocol: protocolName(ports.protocol),
    ports: rangeText(ports),
    peer: addressWords(block),
    isOpenToInternet: direction === 'in' && action !== 'deny' && new AddressBlock(address).isWorld,
    description: '',
  });
}

function portOf(value: Value): number | '?' | undefined {
  return value.isAbsent ? undefined : (value.number ?? '?');
}

const ACTIONS: Readonly<Record<string, string>> = {
  forward: 'forwards to its targets',
  'fixed-response': 'answers by itself',
  'authenticate-oidc': 'asks who calls',
  'authenticate-cognito': 'asks who calls',
};

function ofListener(state: NetworkState, listener: Resource): FirewallRule {
  const [balancer] = state.targets(listener, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const protocol = listener.at('Protocol').text;
  const port = listener.at('Port').text;
  const actions = listener.at('DefaultActions').items();
  const isRedirect = actions.length > 0 && actions.every((action) => action.at('Type').string === 'redirect');
  const policy = listener.at('SslPolicy').string;
  const what = isRedirect
    ? `sends the visitor on to ${actions[0].at('RedirectConfig.Protocol').string ?? 'another address'}`
    : actions.map((action) => ACTIONS[action.at('Type').text] ?? action.at('Type').text).join(', ');
  return at(state, listener, {
    firewall: 'Load balancer',
    name: balancer ? nameOf(state.view(balancer)) : listener.at('LoadBalancerArn').text,
    direction: 'in',
    words: `Listens for ${protocol} on port ${port}, and ${what}${policy ? `; encrypted by the policy ${policy}` : ''}`,
    protocol,
    ports: port,
    peer: 'whom its security groups let in',
    isOpenToInternet: false,
    description: '',
  });
}

const DEFAULTS: Readonly<Record<string, string>> = { allow: 'is let through', block: 'is turned away' };

const WEB = {
  firewall: 'Web application firewall',
  direction: 'in',
  protocol: 'HTTP',
  ports: '',
  peer: 'web requests',
  isOpenToInternet: false,
} as const;

/** The rules of a web application firewall, or of a group of rules for such. */
function webRules(state: NetworkState, holder: Resource): FirewallRule[] {
  return [...holder.at('Rules').items()]
    .sort((a, b) => (a.at('Priority').number ?? 0) - (b.at('Priority').number ?? 0))
    .map((rule) =>
      at(state, holder, {
        ...WEB,
        name: nameOf(holder),
        words: `Rule ${rule.at('Priority').text}, ${rule.at('Name').text}: ${statementWords(rule.at('Statement'))}; then it ${actionOf(rule)}`,
        description: '',
      }),
    );
}

function ofWebAcl(state: NetworkState, acl: Resource): FirewallRule[] {
  const byDefault =
    acl
      .at('DefaultAction')
      .entries()
      .map(([name]) => name.toLowerCase())[0] ?? 'what only deployment knows';
  return [
    ...webRules(state, acl),
    at(state, acl, {
      ...WEB,
      name: nameOf(acl),
      words: `Every other request: ${DEFAULTS[byDefault] ?? byDefault}`,
      description: acl.at('Description').string ?? '',
    }),
  ];
}

function actionOf(rule: Value): string {
  const [action] = [...rule.at('Action').entries(), ...rule.at('OverrideAction').entries()].map(([name]) => name.toLowerCase());
  if (action === undefined) return 'does what only deployment knows';
  if (action === 'none') return 'does what the group of rules says';
  return action === 'count' ? 'only counts' : `${action}s`;
}

function statementWords(statement: Value): string {
  const [entry] = statement.entries();
  if (!entry) return 'a statement that only deployment knows';
  const [name, value] = entry;
  const kind = name.replace(/Statement$/, '');
  if (kind === 'ManagedRuleGroup') return `the rules ${value.at('Name').text} of ${value.at('VendorName').text}`;
  if (kind === 'RateBased')
    return `more than ${value.at('Limit').text} requests in ${value.at('EvaluationWindowSec').number ?? 300} seconds from one address`;
  if (kind === 'GeoMatch')
    return `requests from ${value
      .at('CountryCodes')
      .items()
      .map((code) => code.text)
      .join(', ')}`;
  if (kind === 'IPSetReference') return `addresses of the list ${value.at('Arn').text}`;
  return kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

const ENDS: Readonly<Record<string, string>> = {
  PASS: 'Lets through',
  DROP: 'Drops',
  REJECT: 'Turns away',
  ALERT: 'Tells of',
};

function ofRuleGroup(state: NetworkState, group: Resource): FirewallRule[] {
  const source = group.at('RuleGroup.RulesSource');
  const domains = source
    .at('RulesSourceList.Targets')
    .items()
    .map((target) => target.text);
  const kind = source.at('RulesSourceList.GeneratedRulesType').string;
  const words =
    domains.length > 0
      ? `${kind === 'DENYLIST' ? 'Keeps in what goes to' : 'Lets out only what goes to'} ${domains.join(', ')}`
      : source.at('RulesString').isAbsent
        ? `Holds rules of the type ${group.at('Type').text}, which its template tells`
        : `Suricata rules: ${source.at('RulesString').text}`;
  const base = {
    firewall: 'Network firewall',
    name: nameOf(group),
    direction: '',
    protocol: '',
    ports: '',
    peer: '',
    isOpenToInternet: false,
    description: group.at('Description').string ?? '',
  } as const;
  const rules = source.at('StatefulRules').items();
  if (rules.length === 0) return [at(state, group, { ...base, words })];
  return rules.map((rule) => {
    const header = rule.at('Header');
    const [protocol, ports] = [header.at('Protocol').text, header.at('DestinationPort').text];
    const [from, to] = [header.at('Source').text, header.at('Destination').text];
    const way = header.at('Direction').string === 'ANY' ? 'between' : 'from';
    const verb = ENDS[rule.at('Action').text] ?? rule.at('Action').text;
    const stated = `${verb} ${protocol} ${way} ${from} port ${header.at('SourcePort').text} ${way === 'from' ? 'to' : 'and'} ${to} port ${ports}`;
    return at(state, group, { ...base, words: stated, protocol, ports, peer: to });
  });
}
