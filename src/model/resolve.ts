import { decide } from './conditions';
import { intrinsicName, isObject, isScalar, type Json, type JsonObject, own, put } from './json';
import { resolveParameter, settledByCondition } from './parameters';
import { pseudoParameter } from './pseudo-parameters';
import type { Scenario } from './scenario';
import type { ResourceEntry, Template } from './template';

/** What synthesis can tell of a value. */
export type Resolved =
  /** The value. Members of a list or object are yet to be resolved, in `template`. */
  | {
      readonly kind: 'known';
      readonly value: string | number | boolean | Json[] | JsonObject;
      readonly template: Template;
      /** True for what `Fn::Base64` is given: rules read that, but it is no part of any other text. */
      readonly encoded?: true;
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
  /** True for what `Fn::Base64` is given. */
  readonly encoded?: true;
}

/** Where a value is resolved: it may be known only in one scenario, and only within its template. */
export interface Context {
  readonly template: Template;
  readonly scenario: Scenario;
  readonly exports: ExportTable;
  readonly depth: number;
  /** True within a condition, where a parameter that nothing limits may be anything, its default or not. */
  readonly deciding?: boolean;
}

/** Finds what a stack exports under a name. */
export interface ExportTable {
  find(name: string, importer: Template): Export | undefined;
}

/** What a stack exports. */
export interface Export {
  readonly output: JsonObject;
  readonly template: Template;
}

/** A longer chain of references is taken for a circle. */
const MOST_DEPTH = 100;

/** CloudFormation takes templates up to 1 MB. */
const MOST_TEXT = 1_000_000;

export const ABSENT: Resolved = { kind: 'absent' };

export function unknown(reason: string, more: Omit<Unknown, 'kind' | 'reason'> = {}): Unknown {
  return { kind: 'unknown', reason, ...more };
}

/** Resolve one level of a value. Never throws: what cannot be made sense of is unknown, for a reason. */
export function resolve(raw: Json | undefined, context: Context): Resolved {
  if (raw === undefined || raw === null) return ABSENT;
  if (typeof raw === 'string') return dynamicText(raw) ?? known(raw, context);
  if (typeof raw !== 'object' || Array.isArray(raw)) return { kind: 'known', value: raw, template: context.template };
  const name = intrinsicName(raw);
  if (name !== undefined) {
    if (context.depth > MOST_DEPTH) return unknown('its references go in a circle');
    return call(name, raw[name], { ...context, depth: context.depth + 1 });
  }
  for (const key in raw) if (key.startsWith('Fn::')) return unknown(`'${key}' stands beside other keys`);
  return { kind: 'known', value: raw, template: context.template };
}

function call(name: string, argument: Json, context: Context): Resolved {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? ref(argument, context) : unknown("'Ref' without a name");
    case 'Fn::GetAtt':
      return getAtt(argument, context);
    case 'Fn::If':
      if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string')
        return unknown("'Fn::If' without a condition and two values");
      return resolve(decide(argument[0], context) ? argument[1] : argument[2], context);
    case 'Fn::Sub':
      return sub(argument, context);
    case 'Fn::Join':
      return join(argument, context);
    case 'Fn::FindInMap':
      return findInMap(argument, context);
    case 'Fn::Select':
      return select(argument, context);
    case 'Fn::Split': {
      const parts = split(argument, context);
      if (!('items' in parts)) return parts;
      return parts.isExact
        ? { kind: 'known', value: parts.items.map(textOf), template: context.template }
        : unknown("'Fn::Split' of a value known only at deployment", { mentions: allMentions(parts.items) });
    }
    case 'Fn::Base64':
      return encoded(resolve(argument, context));
    case 'Fn::ImportValue':
      return importValue(argument, context);
    case 'Fn::GetAZs':
      return unknown('availability zones are known only at deployment', { nonEmpty: true });
    case 'Fn::Cidr':
      return unknown("'Fn::Cidr' is computed at deployment", { nonEmpty: true });
    case 'Fn::ToJsonString':
      return toJsonString(argument, context);
    case 'Fn::Length': {
      const list = listOf(argument, context);
      if (!('items' in list)) return unknown(list.reason, { nonEmpty: true, mentions: list.mentions });
      const isCounted = list.isExact && list.items.every(({ kind }) => kind !== 'absent');
      return isCounted
        ? { kind: 'known', value: list.items.length, template: context.template }
        : unknown('the length of the list is known only at deployment', { nonEmpty: true });
    }
    default:
      return unknown(`'${name}' is computed at deployment`);
  }
}

function known(value: string, { template }: { readonly template: Template }): Resolved {
  return { kind: 'known', value, template };
}

/** A text that Secrets Manager or Parameter Store completes; undefined for any other. */
function dynamicText(text: string): Unknown | undefined {
  const start = text.indexOf('{{resolve:');
  if (start < 0 || !text.includes('}}', start)) return undefined;
  const holed = text.replace(/\{\{resolve:((?:\$\{[^{}]*\}|[^{}])*)\}\}/g, (_, name: string) => hole('resolve', name));
  return unknown('it is a dynamic reference', { nonEmpty: true, text: holed === text ? undefined : holed });
}

/** Stands in a text for what only deployment knows; unlike the name of a parameter or a policy variable, it has a blank. */
function hole(kind: string, name: string): string {
  return `\${${kind} ${name.replace(/[${}]/g, '')}}`;
}

function ref(name: string, context: Context): Resolved {
  if (name === 'AWS::NoValue') return ABSENT;
  const { template } = context;
  if (name.startsWith('AWS::')) {
    const value = pseudoParameter(name, template) ?? settledByCondition(name, context);
    if (value !== undefined) return known(value, context);
    // A stack may notify nobody.
    const nonEmpty = name !== 'AWS::NotificationARNs';
    return unknown(`'${name}' is known only at deployment`, { nonEmpty, text: `\${${name}}` });
  }
  const parameter = template.section('Parameters', name);
  if (isObject(parameter)) return resolveParameter(name, parameter, context);
  const resource = template.resources.get(name);
  return resource ? { kind: 'reference', resource, attribute: 'Ref' } : unknown(`the template does not define '${name}'`);
}

function getAtt(argument: Json, context: Context): Resolved {
  const parts = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  const [logicalId, ...steps] = parts;
  if (typeof logicalId !== 'string' || steps.length === 0) return unknown("'Fn::GetAtt' without a resource and an attribute");
  const resource = context.template.resources.get(logicalId);
  if (!resource) return unknown(`the template does not define '${logicalId}'`);
  const attributes = steps.map((step) => resolve(step, context));
  if (!attributes.every(isText))
    return unknown("the attribute of 'Fn::GetAtt' is known only at deployment", { mentions: [resource] });
  const attribute = attributes.map(textOf).join('.');
  const child = context.template.nested(logicalId);
  const name = attribute.startsWith('Outputs.') ? attribute.slice('Outputs.'.length) : undefined;
  const output = name === undefined ? undefined : child?.section('Outputs', name);
  if (child && isObject(output)) return follow(`output ${name} of`, output.Value, child, context);
  return { kind: 'reference', resource, attribute };
}

function importValue(argument: Json, context: Context): Resolved {
  const name = resolve(argument, context);
  // CloudFormation refuses to export nothing.
  if (!isText(name)) return unknown('the name of the import is known only at deployment', { nonEmpty: true });
  const text = textOf(name);
  const found = context.exports.find(text, context.template);
  if (found) return follow(`export ${text} of`, found.output.Value, found.template, context);
  return unknown(`'${text}' is exported by a stack that is not among the templates`, {
    nonEmpty: true,
    text: hole('ImportValue', text),
  });
}

/** The value of an output of another template, worked out once: outputs that use outputs twice each are soon very many. */
function follow(what: string, raw: Json | undefined, template: Template, context: Context): Resolved {
  return context.scenario.once(
    `${what} ${template.key} ${context.deciding === true}`,
    () => {
      const value = resolve(raw, { ...context, template });
      return value.kind === 'known' && !isScalar(value.value) ? unknown('an output that is no text') : value;
    },
    () => unknown('its references go in a circle'),
  );
}

/** `${Name}`, `${Name.Attribute}`, and the escape `${!Literal}`. */
const PLACEHOLDER = /\$\{([^{}]*)\}/g;

function sub(argument: Json, context: Context): Resolved {
  const [text, variables = {}, ...more] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string' || !isObject(variables) || more.length > 0)
    return unknown("'Fn::Sub' without a text, or with variables that are no mapping");
  const parts: Resolved[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(known(text.slice(end, match.index), context));
    end = match.index + match[0].length;
    const name = match[1].trim();
    const variable = own(variables, name);
    if (name.startsWith('!')) parts.push(known(`\${${name.slice(1)}}`, context));
    else if (variable !== undefined) parts.push(resolve(variable, context));
    else parts.push(withText(name.includes('.') ? getAtt(name, context) : ref(name, context), match[0]));
  }
  parts.push(known(text.slice(end), context));
  return concatenate(parts, '', context);
}

function withText(value: Resolved, text: string): Resolved {
  return value.kind === 'unknown' && value.text === undefined ? { ...value, text } : value;
}

function join(argument: Json, context: Context): Resolved {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string')
    return unknown("'Fn::Join' without a delimiter and a list");
  const list = listOf(argument[1], context);
  if (!('items' in list)) return list;
  return concatenate(
    list.items.filter(({ kind }) => kind !== 'absent'),
    argument[0],
    context,
  );
}

function concatenate(parts: readonly Resolved[], delimiter: string, context: Context): Resolved {
  const texts = parts.map((part) => (part.kind === 'reference' || isText(part) || isHole(part) ? textOf(part) : '${?}'));
  const length = texts.reduce((sum, { length }) => sum + length + delimiter.length, 0);
  if (length > MOST_TEXT) return unknown('the text is longer than a template');
  const text = texts.join(delimiter);
  const open = parts.find((part) => !isText(part));
  if (!open) return dynamicText(text) ?? known(text, context);
  return unknown(whyOpen(open), {
    text: dynamicText(text)?.text ?? text,
    nonEmpty: (delimiter !== '' && parts.length > 1) || parts.some(isNeverEmpty),
    mentions: allMentions(parts),
  });
}

function whyOpen(value: Resolved): string {
  if (value.kind === 'unknown') return value.reason;
  return value.kind === 'reference' ? 'it names a resource that is created at deployment' : 'a part of it is no text';
}

/** Whether a value is a text that is known, and that stands for itself. */
export function isText(value: Resolved): boolean {
  return value.kind === 'known' && isScalar(value.value) && !value.encoded;
}

function isHole(value: Resolved): boolean {
  return value.kind === 'unknown' && !value.encoded;
}

/** Whether a value is set to something, whatever that is. */
export function isNeverEmpty(value: Resolved): boolean {
  if (value.kind === 'known') return value.value !== '';
  return value.kind === 'reference' || (value.kind === 'unknown' && value.nonEmpty === true);
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

function allMentions(values: readonly Resolved[]): readonly ResourceEntry[] {
  return [...new Set(values.flatMap(mentions))];
}

/** The members of a list. */
interface List {
  readonly items: readonly Resolved[];
  /** False when deployment may find more of them. */
  readonly isExact: boolean;
}

function listOf(raw: Json, context: Context): List | Unknown {
  if (intrinsicName(raw) === 'Fn::Split') return split((raw as JsonObject)['Fn::Split'], context);
  const value = resolve(raw, context);
  if (value.kind === 'known' && Array.isArray(value.value)) {
    const inside = { ...context, template: value.template };
    return { items: value.value.map((item) => resolve(item, inside)), isExact: true };
  }
  if (value.kind === 'unknown') return value;
  if (value.kind === 'reference') return unknown(whyOpen(value), { mentions: mentions(value), text: textOf(value) });
  return unknown('a list is needed here');
}

function select(argument: Json, context: Context): Resolved {
  if (!Array.isArray(argument) || argument.length !== 2) return unknown("'Fn::Select' without an index and a list");
  const index = resolve(argument[0], context);
  const list = listOf(argument[1], context);
  if (!('items' in list)) return unknown(list.reason, { nonEmpty: list.nonEmpty, mentions: list.mentions });
  if (!isText(index)) return unknown("the index of 'Fn::Select' is known only at deployment");
  if (!/^\d+$/.test(textOf(index))) return unknown("the index of 'Fn::Select' is no number");
  const items = list.items.slice(0, Number(textOf(index)) + 1);
  if (items.some(({ kind }) => kind === 'absent')) return unknown("'Fn::Select' from a list with 'AWS::NoValue' in it");
  const item = list.items[Number(textOf(index))];
  if (item) return item;
  return list.isExact
    ? unknown("'Fn::Select' points past the end of its list")
    : unknown('it is cut from a value known only at deployment', { mentions: allMentions(list.items) });
}

/** Cut a text, so that `Fn::Select` of a known part of a partly known text is known. */
function split(argument: Json, context: Context): List | Unknown {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string' || argument[0] === '')
    return unknown("'Fn::Split' without a delimiter and a text");
  const source = resolve(argument[1], context);
  if (isText(source))
    return {
      items: textOf(source)
        .split(argument[0])
        .map((part) => known(part, context)),
      isExact: true,
    };
  if (source.kind !== 'reference' && !isHole(source)) return unknown("'Fn::Split' of something that is no text");
  const parts = cut(textOf(source), argument[0]);
  const isOpen = (part: string) => part.includes('${');
  // A hole may itself contain the delimiter: only what stands before the first hole is sure to be cut in the right place.
  const sure = Math.max(parts.findIndex(isOpen), 0);
  const reason = 'it is cut from a value known only at deployment';
  const items = parts.map((part, index) =>
    index < sure ? known(part, context) : unknown(reason, { text: isOpen(part) ? part : undefined, mentions: mentions(source) }),
  );
  return { items, isExact: false };
}

/** Cut a text at a delimiter, but not within `${…}`. */
export function cut(text: string, delimiter: string): string[] {
  const parts = [''];
  for (const [index, piece] of text.split(/(\$\{[^{}]*\})/).entries()) {
    const [first, ...rest] = index % 2 === 1 ? [piece] : piece.split(delimiter);
    parts[parts.length - 1] += first;
    for (const part of rest) parts.push(part);
  }
  return parts;
}

/** The text itself: rules read what is encoded, not the encoding. */
function encoded(value: Resolved): Resolved {
  if (value.kind === 'known' && isText(value)) return { ...value, encoded: true };
  if (value.kind !== 'reference' && value.kind !== 'unknown') return unknown("'Fn::Base64' of something that is no text");
  const nonEmpty = isNeverEmpty(value);
  return unknown(whyOpen(value), { nonEmpty, text: textOf(value), mentions: mentions(value), encoded: true });
}

function findInMap(argument: Json, context: Context): Resolved {
  if (!Array.isArray(argument) || argument.length < 3 || argument.length > 4)
    return unknown("'Fn::FindInMap' without a map and two keys");
  const keys = argument.slice(0, 3).map((key) => resolve(key, context));
  if (!keys.every(isText)) return unknown("a key of 'Fn::FindInMap' is known only at deployment");
  const [map, top, second] = keys.map(textOf);
  const mapping = context.template.section('Mappings', map);
  const row = isObject(mapping) ? own(mapping, top) : undefined;
  const cell = isObject(row) ? own(row, second) : undefined;
  if (isScalar(cell) || (Array.isArray(cell) && cell.every(isScalar))) return resolve(cell, context);
  if (cell !== undefined) return unknown('a mapping takes texts and lists of texts');
  const fallback = isObject(argument[3]) ? own(argument[3], 'DefaultValue') : undefined;
  return fallback === undefined ? unknown(`the template maps nothing to '${map}.${top}.${second}'`) : resolve(fallback, context);
}

function toJsonString(argument: Json, context: Context): Resolved {
  if (typeof argument !== 'object' || argument === null)
    return unknown("'Fn::ToJsonString' of something that is no mapping or list");
  const open: Resolved[] = [];
  const value = flatten(argument, context, open, 0);
  if (value === undefined) return unknown("'Fn::ToJsonString' of nothing");
  const text = JSON.stringify(value);
  if (open.length === 0) return known(text, context);
  const reason = "'Fn::ToJsonString' of values known only at deployment";
  return unknown(reason, { nonEmpty: true, text, mentions: allMentions(open) });
}

/** The value with every member resolved; undefined when any is not known. */
export function plain(raw: Json, context: Context): Json | undefined {
  const open: Resolved[] = [];
  const value = flatten(raw, context, open, 0);
  return open.length === 0 ? value : undefined;
}

/** The value with every member resolved, and the text of those that are not known, which are added to `open`. */
function flatten(raw: Json, context: Context, open: Resolved[], depth: number): Json | undefined {
  const value = depth > MOST_DEPTH ? unknown('it is nested too deep') : resolve(raw, context);
  if (value.kind === 'absent') return undefined;
  if (value.kind !== 'known' || value.encoded) {
    open.push(value);
    return value.kind === 'known' ? '${?}' : textOf(value);
  }
  if (isScalar(value.value)) return value.value;
  const inside = { ...context, template: value.template };
  if (Array.isArray(value.value)) {
    const items = value.value.map((item) => flatten(item, inside, open, depth + 1));
    return items.filter((item): item is Json => item !== undefined);
  }
  const result: JsonObject = {};
  for (const key of Object.keys(value.value)) {
    const member = flatten(value.value[key], inside, open, depth + 1);
    if (member !== undefined) put(result, key, member);
  }
  return result;
}
