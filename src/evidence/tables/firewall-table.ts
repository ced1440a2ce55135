import type { Evidence } from '../evidence';
import { said, type Table } from './table';

export function firewallTable({ input }: Evidence): Table {
  return {
    name: 'firewall-rules',
    title: 'Firewall rules',
    what: 'Every rule of security groups, network ACLs, load balancers, web application firewalls and network firewalls, in words.',
    columns: {
      Environment: 32,
      Firewall: 24,
      Name: 34,
      Direction: 10,
      'What it does': 70,
      'Open to the internet': 12,
      Protocol: 10,
      Ports: 12,
      'Other side': 40,
      Description: 40,
      Stack: 20,
      Template: 30,
      'Logical id': 40,
    },
    rows: input.firewallRules.map((rule) => [
      said(rule.environment),
      rule.firewall,
      said(rule.name),
      rule.direction,
      said(rule.words),
      rule.isOpenToInternet === undefined ? 'not known' : rule.isOpenToInternet ? 'yes' : 'no',
      said(rule.protocol),
      rule.ports,
      said(rule.peer),
      said(rule.description),
      said(rule.stack),
      said(rule.template),
      said(rule.logicalId),
    ]),
  };
}
