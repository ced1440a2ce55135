import { decide } from './conditions';
import { intrinsicName, isObject, type Json, type JsonObject, own } from './json';
import { resolveParameter } from './parameters';
import type { Scenario } from './scenario';
import type { ResourceEntry, Template } from './template';

/** What synthesis can tell of a value. */
export type Resolved =
  /** The value. Members of a list or object are yet to be resolved, in `template`. */
  | {
      readonly kind: 'known';
      readonly value: string | number | boolean | Json[] | JsonObject;
      readonly template: Template;
      readonly note?: string;
    }
  /** An attribute of a resource in the assembly: `Ref`, `Arn`, …. */
  | { readonly kind: 'reference'; readonly resource: ResourceEntry; readonly attribute: string }
  /** Not set. */
  | { readonly kind: 'absent' }
  /** Known only at deployment. */
  | Unknown;

/** A value that is known only at deployment. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  /** True when the value cannot be empty. */
  readonly nonEmpty?: boolean;
  /** The part that is known, with `${…}` in place of what is not. */
  readonly text?: string;
  /** Resources whose attributes are part of the value. */
  readonly mentions?: readonly ResourceEntry[];
}

/** Where a value is resolved: it may be known only in one scenario, and only within its template. */
export interface Context {
  readonly template: Template;
  readonly scenario: Scenario;
  readonly exports: ExportTable;
  readonly depth: number;
}

/** Finds what a stack exports under a name. */
export interface ExportTable {
  find(name: string, importer: Template): { readonly value: Json; readonly template: Template } | undefined;
}

/** A longer chain of references is taken for a circle. */
const MOST_DEPTH = 100;
const DYNAMIC_REFERENCE = /\{\{resolve:/;

export const ABSENT: Resolved = { kind: 'absent' };

export function unknown(reason: string, more: Omit<Unknown, 'kind' | 'reason'> = {}): Unknown {
  return { kind: 'unknown', reason, ...more };
}

/** Resolve one level of a value. */
export function resolve(raw: Json | undefined, context: Context): Resolved {
  if (raw === undefined || raw === null) return ABSENT;
  if (typeof raw === 'string' && DYNAMIC_REFERENCE.test(raw)) {
    return unknown('it is a dynamic reference', { nonEmpty: true, text: raw });
  }
  const name = intrinsicName(raw);
  if (name === undefined) return { kind: 'known', value: raw, template: context.template };
  if (context.depth > MOST_DEPTH) return unknown('its references go in a circle');
  const deeper = { ...context, depth: context.depth + 1 };
  const argument = (raw as JsonObject)[name];
  return INTRINSICS[name]?.(argument, deeper) ?? unknown(`'${name}' is computed at deployment`);
}

type Intrinsic = (argument: Json, context: Context) => Resolved;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, context) => (typeof argument === 'string' ? ref(argument, context) : unknown("'Ref' without a name")),
  'Fn::GetAtt': getAtt,
  'Fn::If': (argument, context) => {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return unknown("'Fn::If' without a condition");
    return resolve(decide(argument[0], context) ? argument[1] : argument[2], context);
  },
  'Fn::Sub': sub,
  'Fn::Join': (argument, context) => {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return unknown("'Fn::Join' without a delimiter");
    const parts = list(argument[1], context);
    return Array.isArray(parts) ? concatenate(parts, argument[0], context) : parts;
  },
  'Fn::FindInMap': findInMap,
  'Fn::Select': (argument, context) => {
    if (!Array.isArray(argument)) return unknown("'Fn::Select' without a list");
    const index = resolve(argument[0], context);
    const items = list(argument[1], context);
    if (!Array.isArray(items)) return items;
    return index.kind === 'known'
      ? (items[Number(index.value)] ?? unknown("'Fn::Select' points past the end of its list"))
      : unknown("the index of 'Fn::Select' is known only at deployment");
  },
  'Fn::Split': (argument, context) => {
    const parts = split(argument, context);
    if (!Array.isArray(parts)) return parts;
    return parts.every((part) => part.kind === 'known')
      ? { kind: 'known', value: parts.map((part) => (part as { value: string }).value), template: context.template }
      : unknown("'Fn::Split' of a value known only at deployment", { mentions: parts.flatMap(mentions) });
  },
  /** The text itself: rules read what is encoded, not the encoding. */
  'Fn::Base64': (argument, context) => resolve(argument, context),
  'Fn::ImportValue': (argument, context) => {
    const name = resolve(argument, context);
    if (name.kind !== 'known') return unknown('the name of the import is known only at deployment', { nonEmpty: true });
    const found = context.exports.find(String(name.value), context.template);
    return found
      ? resolve(found.value, { ...context, template: found.template })
      : unknown(`'${String(name.value)}' is exported by a stack that is not among the templates`, {
          nonEmpty: true,
          text: `\${${String(name.value)}}`,
        });
  },
  'Fn::GetAZs': () => unknown('availability zones are known only at deployment', { nonEmpty: true }),
  'Fn::Cidr': () => unknown("'Fn::Cidr' is computed at deployment", { nonEmpty: true }),
  'Fn::ToJsonString': (argument, context) => {
    const value = plain(argument, context);
    return value === undefined
      ? unknown("'Fn::ToJsonString' of values known only at deployment", { nonEmpty: true })
      : known(JSON.stringify(value), context);
  },
  'Fn::Length': (argument, context) => {
    const items = list(argument, context);
    return Array.isArray(items) ? known(items.length, context) : items;
  },
};

function known(value: string | number, context: Context): Resolved {
  return { kind: 'known', value, template: context.template };
}

function ref(name: string, context: Context): Resolved {
  if (name.startsWith('AWS::')) return pseudoParameter(name, context);
  const parameter = context.template.section('Parameters', name);
  if (isObject(parameter)) return resolveParameter(name, parameter, context);
  const resource = context.template.resources.get(name);
  return resource ? { kind: 'reference', resource, attribute: 'Ref' } : unknown(`the template does not define '${name}'`);
}

function pseudoParameter(name: string, { template }: Context): Resolved {
  if (name === 'AWS::NoValue') return ABSENT;
  const { account, region, stack } = template.origin;
  const partition = region?.startsWith('cn-') ? 'aws-cn' : region?.startsWith('us-gov-') ? 'aws-us-gov' : region && 'aws';
  const value: Record<string, string | undefined> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : partition && 'amazonaws.com',
    'AWS::StackName': stack,
  };
  const text = value[name];
  return text === undefined
    ? unknown(`'${name}' is known only at deployment`, { nonEmpty: true, text: `\${${name}}` })
    : { kind: 'known', value: text, template };
}

function getAtt(argument: Json, context: Context): Resolved {
  const parts = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  const [logicalId, ...attributes] = parts;
  if (typeof logicalId !== 'string' || attributes.length === 0)
    return unknown("'Fn::GetAtt' without a resource and an attribute");
  if (!attributes.every((each) => typeof each === 'string'))
    return unknown("the attribute of 'Fn::GetAtt' is known only at deployment", { nonEmpty: true });
  const attribute = attributes.join('.');
  const resource = context.template.resources.get(logicalId);
  if (!resource) return unknown(`the template does not define '${logicalId}'`);
  const child = context.template.nested(logicalId);
  if (child && attribute.startsWith('Outputs.')) {
    const output = child.section('Outputs', attribute.slice('Outputs.'.length));
    if (isObject(output)) return resolve(output.Value, { ...context, template: child });
  }
  return { kind: 'reference', resource, attribute };
}

/** `${Name}`, `${Name.Attribute}`, and the escape `${!Literal}`. */
const PLACEHOLDER = /\$\{([^}]*)\}/g;

function sub(argument: Json, context: Context): Resolved {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return unknown("'Fn::Sub' without a text");
  const parts: Resolved[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(known(text.slice(end, match.index), context));
    end = match.index + match[0].length;
    const name = match[1].trim();
    const variable = isObject(variables) ? own(variables, name) : undefined;
    if (name.startsWith('!')) parts.push(known(`\${${name.slice(1)}}`, context));
    else if (variable !== undefined) parts.push(resolve(variable, context));
    else if (name.includes('.')) parts.push(getAtt(name, context));
    else parts.push(ref(name, context));
  }
  parts.push(known(text.slice(end), context));
  return concatenate(parts, '', context);
}

function concatenate(parts: readonly Resolved[], delimiter: string, context: Context): Resolved {
  const text = parts.map(textOf).join(delimiter);
  const open = parts.find((part) => part.kind !== 'known');
  if (!open) return known(text, context);
  const reason = open.kind === 'unknown' ? open.reason : 'it names a resource that is created at deployment';
  return unknown(reason, {
    text,
    nonEmpty: parts.some((part) => part.kind === 'known' && part.value !== ''),
    mentions: parts.flatMap(mentions),
  });
}

/** The text of a scalar, with `${…}` in place of what only deployment knows. */
export function textOf(value: Resolved): string {
  switch (value.kind) {
    case 'known':
      return typeof value.value === 'object' ? JSON.stringify(value.value) : String(value.value);
    case 'reference':
      return value.attribute === 'Ref' ? `\${${value.resource.logicalId}}` : `\${${value.resource.logicalId}.${value.attribute}}`;
    case 'unknown':
      return value.text ?? '${?}';
    case 'absent':
      return '';
  }
}

/** Resources whose attributes are part of a value. */
export function mentions(value: Resolved): readonly ResourceEntry[] {
  if (value.kind === 'reference') return [value.resource];
  return value.kind === 'unknown' ? (value.mentions ?? []) : [];
}

/** The members of a list, without those that are `AWS::NoValue`. */
function list(raw: Json, context: Context): Resolved[] | Unknown {
  if (intrinsicName(raw) === 'Fn::Split') return split((raw as JsonObject)['Fn::Split'], context);
  const value = resolve(raw, context);
  if (value.kind === 'known' && Array.isArray(value.value)) {
    return value.value
      .map((item) => resolve(item, { ...context, template: value.template }))
      .filter((item) => item.kind !== 'absent');
  }
  return value.kind === 'unknown' ? value : unknown('a list is needed here');
}

/** Cut a text, so that `Fn::Select` of a known part of a partly known text is known. */
function split(argument: Json, context: Context): Resolved[] | Unknown {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string' || argument[0] === '')
    return unknown("'Fn::Split' without a delimiter");
  const source = resolve(argument[1], context);
  if (source.kind === 'absent') return unknown("'Fn::Split' of nothing");
  const parts = textOf(source).split(argument[0]);
  if (source.kind === 'known') return parts.map((part) => known(part, context));
  // A hole may itself contain the delimiter: only what stands before the first hole is sure to be cut in the right place.
  const firstHole = parts.findIndex((part) => part.includes('${'));
  return parts.map((part, index) =>
    index < firstHole
      ? known(part, context)
      : unknown('it is cut from a value known only at deployment', { text: part, mentions: mentions(source) }),
  );
}

function findInMap(argument: Json, context: Context): Resolved {
  if (!Array.isArray(argument) || argument.length < 3) return unknown("'Fn::FindInMap' without a map and two keys");
  const keys = argument.slice(0, 3).map((key) => resolve(key, context));
  if (!keys.every((key) => key.kind === 'known')) return unknown("a key of 'Fn::FindInMap' is known only at deployment");
  const [map, top, second] = keys.map((key) => String((key as { value: unknown }).value));
  const mapping = context.template.section('Mappings', map);
  const row = isObject(mapping) ? own(mapping, top) : undefined;
  const cell = isObject(row) ? own(row, second) : undefined;
  if (cell !== undefined) return resolve(cell, context);
  const fallback = isObject(argument[3]) ? argument[3].DefaultValue : undefined;
  return fallback === undefined ? unknown(`the template maps nothing to '${map}.${top}.${second}'`) : resolve(fallback, context);
}

/** The value with every member resolved; undefined when any is not known. */
function plain(raw: Json, context: Context): Json | undefined {
  const value = resolve(raw, context);
  if (value.kind !== 'known') return undefined;
  const inner = { ...context, template: value.template };
  if (Array.isArray(value.value)) {
    const items = value.value.map((item) => plain(item, inner));
    return items.includes(undefined) ? undefined : (items as Json[]);
  }
  if (!isObject(value.value)) return value.value;
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value.value)) {
    const item = plain(member, inner);
    if (item === undefined) return undefined;
    result[key] = item;
  }
  return result;
}
