import type { Evidence } from '../evidence';
import { said, type Table } from './table';

export function exceptionsTable({ ledger }: Evidence): Table {
  return {
    name: 'exceptions',
    title: 'Exceptions',
    what: 'Deviations that somebody accepted, and those that the CDK itself makes.',
    columns: {
      Rule: 16,
      State: 14,
      Reason: 60,
      Owner: 24,
      Ticket: 20,
      Until: 12,
      Where: 50,
      Findings: 10,
      'Acknowledged as': 30,
    },
    rows: ledger.exceptions.map(({ rule, state, reason, owner, ticket, expires, at, findings, acknowledged }) => [
      said(rule),
      state,
      said(reason),
      said(owner),
      said(ticket),
      said(expires),
      said(at),
      findings,
      said(acknowledged?.join(', ')),
    ]),
  };
}

export function inheritedTable({ ledger }: Evidence): Table {
  return {
    name: 'inherited',
    title: 'Inherited',
    what: 'Controls that another app or team provides: ask the owner for the evidence.',
    columns: { Rule: 30, Owner: 30, 'Where the evidence is': 80 },
    rows: ledger.inherited.map(({ rule, owner, pointer }) => [said(rule), said(owner), said(pointer)]),
  };
}

export function excludedTable({ ledger }: Evidence): Table {
  return {
    name: 'excluded',
    title: 'Left out',
    what: 'Rules that judged nothing because the app leaves them out, and why.',
    columns: { Rule: 30, Reason: 90 },
    rows: ledger.excluded.map(({ rule, reason }) => [said(rule), said(reason)]),
  };
}

export function usualActivityTable({ ledger }: Evidence): Table {
  return {
    name: 'usual-activity',
    title: 'Usual activity',
    what: 'Activity that is declared as usual and alerts nobody, and vulnerabilities that were accepted.',
    columns: { Name: 24, State: 10, 'What it covers': 60, Reason: 60, Owner: 24, Until: 12, Where: 50, Template: 34 },
    rows: (ledger.usualActivity ?? []).map(({ name, state, covers, reason, owner, expires, at, template }) => [
      said(name),
      state,
      said(covers.join(', ')),
      said(reason),
      said(owner),
      said(expires),
      said(at),
      said(template),
    ]),
  };
}

export function populationTable({ ledger }: Evidence): Table {
  return {
    name: 'population',
    title: 'Population',
    what: 'Every resource in the templates, by type, with the number of rules that look at the type.',
    columns: { Type: 52, Resources: 12, Rules: 10 },
    rows: ledger.population.map(({ type, count, rules }) => [said(type), count, rules]),
  };
}

export function templatesTable({ ledger }: Evidence): Table {
  return {
    name: 'templates',
    title: 'Templates',
    what: 'The templates that were judged, with their hashes.',
    columns: { Template: 44, Stack: 34, Account: 16, Region: 16, Environment: 34, 'SHA-256': 68 },
    rows: ledger.templates.map(({ path, stack, account, region, environment, sha256 }) => [
      said(path),
      said(stack),
      said(account),
      said(region),
      said(environment),
      sha256,
    ]),
  };
}
