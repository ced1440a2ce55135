import { canonical, isObject, type Json, type JsonObject } from '../../src/model/json';
import type { Rule } from '../../src/rules/rule';
import { templateOf, verdictOf } from '../helpers/judge';
import { allPlaces } from './mutations.paths';

/** A template in which everything is as rules want it. */
export interface CleanTemplate {
  readonly name: string;
  readonly body: JsonObject;
}

/**
 * Templates made of the examples that pass.
 *
 * An example shows nothing but what its rule reads. One of each rule is taken, and within a service resources of the same type are
 * made one, as long as every rule that passed passes still; what cannot be one with the others begins another template. Examples
 * that show a property that none of these has stand by themselves: within the others they would hide what one of them lacks.
 */
export function cleanTemplates(rules: readonly Rule[]): CleanTemplate[] {
  const services = new Map<string, Growing[]>();
  for (const rule of rules) {
    const service = rule.id.split('.')[0];
    const growing = services.get(service) ?? [];
    services.set(service, growing);
    const examples = examplesOf(rule).map(([, body]) => body);
    if (!growing.some((each) => grow(each, rule, examples))) growing.push({ body: examples[0], rules: [rule] });
  }
  const templates = [...services].flatMap(([service, growing]) =>
    growing.map(({ body }, index): CleanTemplate => ({ name: `${service} ${index + 1}`, body })),
  );

  const shown = new Set(templates.flatMap(({ body }) => shownBy(body)));
  for (const rule of rules) {
    for (const [name, body] of examplesOf(rule)) {
      const shows = shownBy(body);
      if (!isAlone(rule, body) || shows.every((each) => shown.has(each))) continue;
      templates.push({ name: `${rule.slug}: ${name}`, body });
      for (const each of shows) shown.add(each);
    }
  }
  return templates;
}

function examplesOf(rule: Rule): [string, JsonObject][] {
  return Object.entries(rule.examples.pass).map(([name, example]) => [name, templateOf(example)]);
}

interface Growing {
  body: JsonObject;
  readonly rules: Rule[];
}

/** Where a resource stands in for another of its type, nothing can be said about either of them. */
function isAlone(rule: Rule, { Resources }: JsonObject): boolean {
  const types = Object.values(Resources as JsonObject).map((resource) => (resource as JsonObject).Type as string);
  return rule.resourceTypes.every((type) => types.filter((each) => each === type).length < 2);
}

function shownBy({ Resources }: JsonObject): string[] {
  return (Object.values(Resources as JsonObject) as JsonObject[]).flatMap(({ Type, Properties }) =>
    [...allPlaces(Properties ?? {})].map(
      (keys) => `${Type as string} ${keys.map((key) => (typeof key === 'number' ? '*' : key)).join('/')}`,
    ),
  );
}

function grow(growing: Growing, rule: Rule, examples: readonly JsonObject[]): boolean {
  for (const example of examples) {
    for (const stronger of ['former', 'latter'] as const) {
      const body = joined(growing.body, example, stronger);
      if (!body || ![...growing.rules, rule].every((each) => verdictOf(each, body) === 'pass')) continue;
      growing.body = body;
      growing.rules.push(rule);
      return true;
    }
  }
  return false;
}

type Stronger = 'former' | 'latter';

/** Two templates as one, in which resources of a type are the same, in their order; nothing when their sections disagree. */
function joined(one: JsonObject, other: JsonObject, stronger: Stronger): JsonObject | undefined {
  const body: JsonObject = { ...one };
  const resources = { ...(one.Resources as JsonObject) };
  const added = Object.entries(other.Resources as JsonObject) as [string, JsonObject][];
  const names = namesFor(resources, added);
  for (const [logicalId, resource] of added) {
    const name = names.get(logicalId)!;
    const renamed = withNames(resource, names) as JsonObject;
    resources[name] = name in resources ? merged(resources[name], renamed, stronger) : renamed;
  }
  body.Resources = resources;
  for (const [section, content] of Object.entries(other)) {
    if (section === 'Resources') continue;
    const own = body[section];
    if (!isObject(content) || !isObject(own)) {
      if (own !== undefined && canonical(own) !== canonical(content)) return undefined;
      body[section] = withNames(content, names);
      continue;
    }
    for (const key of Object.keys(content)) {
      if (key in own && canonical(own[key]) !== canonical(content[key])) return undefined;
    }
    body[section] = { ...own, ...(withNames(content, names) as JsonObject) };
  }
  return body;
}

/** The logical ids that resources have in the joined template. */
function namesFor(resources: JsonObject, added: readonly [string, JsonObject][]): Map<string, string> {
  const free = new Map<string, string[]>();
  for (const [logicalId, { Type }] of Object.entries(resources) as [string, JsonObject][]) {
    const type = String(Type);
    free.set(type, [...(free.get(type) ?? []), logicalId]);
  }
  const names = new Map<string, string>();
  for (const [logicalId, { Type }] of added) {
    const same = free.get(String(Type))?.shift();
    let name = same ?? logicalId;
    for (let count = 2; same === undefined && (name in resources || [...names.values()].includes(name)); count++)
      name = `${logicalId}${count}`;
    names.set(logicalId, name);
  }
  return names;
}

function withNames(node: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(node)) return node.map((item) => withNames(item, names));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]): [string, Json] => {
      if ((key === 'Ref' || key === 'DependsOn') && typeof value === 'string') return [key, names.get(value) ?? value];
      if (key === 'Fn::GetAtt' && Array.isArray(value))
        return [key, [names.get(String(value[0])) ?? value[0], ...value.slice(1)]];
      if (key === 'Fn::GetAtt' && typeof value === 'string')
        return [key, value.replace(/^[^.]+/, (name) => names.get(name) ?? name)];
      if (key === 'Fn::Sub' && typeof value === 'string')
        return [key, value.replace(/\$\{([^.!}]+)/g, (_, name) => `\${${names.get(name) ?? name}`)];
      return [key, withNames(value, names)];
    }),
  );
}

/** Keys by which members of lists are told apart. */
const IDENTIFIERS = [
  'Key',
  'Name',
  'Id',
  'Sid',
  'OptionName',
  'ParameterKey',
  'ParameterName',
  'Field',
  'DeviceName',
  'RuleName',
];

function merged(one: Json, other: Json, stronger: Stronger): Json {
  if (isObject(one) && isObject(other)) {
    const result: JsonObject = { ...one };
    for (const [key, value] of Object.entries(other)) result[key] = key in one ? merged(one[key], value, stronger) : value;
    return result;
  }
  if (Array.isArray(one) && Array.isArray(other)) return mergedLists(one, other, stronger);
  return stronger === 'former' ? one : other;
}

function mergedLists(one: Json[], other: Json[], stronger: Stronger): Json[] {
  const objects = [...one, ...other].filter(isObject);
  const identifier = IDENTIFIERS.find((each) => objects.every((object) => each in object));
  const isStatements = objects.some((object) => 'Effect' in object);
  if (one.length === 1 && other.length === 1 && objects.length === 2 && !identifier && !isStatements)
    return [merged(one[0], other[0], stronger)];
  const result = [...one];
  for (const item of other) {
    const index = result.findIndex((each) =>
      identifier && isObject(each) && isObject(item)
        ? canonical(each[identifier]) === canonical(item[identifier])
        : canonical(each) === canonical(item),
    );
    if (index < 0) result.push(item);
    else result[index] = merged(result[index], item, stronger);
  }
  return result;
}
