import { intrinsicName, isObject, type Json, type JsonObject, own } from './json';
import { isPseudoParameter } from './pseudo-parameters';
import { type ExportTable, isText, resolve, textOf } from './resolve';
import { explore } from './scenario';
import type { ResourceEntry, Template } from './template';

/** Deeper than any template that is read from a file. */
const MOST_DEPTH = 1_000;

/** Everything that the properties of a resource refer to, in any branch of any condition and across stacks. */
export function referencesOf(entry: ResourceEntry, exports: ExportTable): ReadonlySet<ResourceEntry> {
  const collector = new Collector(exports);
  collector.collect(entry.body.Properties, entry.template, 0);
  return collector.found;
}

/** Whether the properties of a resource are written one by one, so that each can be read by itself. */
export function hasPlainProperties({ body: { Properties: properties } }: ResourceEntry): boolean {
  if (!isObject(properties)) return true;
  for (const key in properties) if (key === 'Ref' || key.startsWith('Fn::')) return false;
  return true;
}

/** Whether a value says the same in every template of an environment: its functions are joined texts and pseudo parameters. */
export function refersToNothing(node: Json | undefined): boolean {
  if (typeof node !== 'object' || node === null) return true;
  if (Array.isArray(node)) return node.every(refersToNothing);
  const name = intrinsicName(node);
  if (name === 'Ref') return isPseudoParameter(node.Ref);
  for (const key in node) {
    if (key.startsWith('Fn::') && key !== 'Fn::Join') return false;
    if (!refersToNothing(node[key])) return false;
  }
  return true;
}

class Collector {
  public readonly found = new Set<ResourceEntry>();
  private readonly followed = new Set<Json>();

  constructor(private readonly exports: ExportTable) {}

  public collect(node: Json | undefined, template: Template, depth: number): void {
    if (typeof node !== 'object' || node === null || depth > MOST_DEPTH) return;
    if (Array.isArray(node)) {
      for (const item of node) if (typeof item === 'object') this.collect(item, template, depth + 1);
      return;
    }
    const name = intrinsicName(node);
    const argument = name === undefined ? undefined : node[name];
    if (name === 'Ref') {
      if (typeof argument === 'string') this.name(argument, undefined, template, depth);
      return;
    }
    if (name === 'Fn::GetAtt') {
      const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
      const isPlain = attribute.every((step) => typeof step === 'string');
      if (typeof id === 'string') this.name(id, isPlain ? attribute.join('.') : undefined, template, depth);
      return;
    }
    if (name === 'Fn::Sub') for (const [id, attribute] of placeholders(argument)) this.name(id, attribute, template, depth);
    if (name === 'Fn::ImportValue') this.import(argument, template, depth);
    for (const key in node) {
      const value = node[key];
      if (typeof value === 'object') this.collect(value, template, depth + 1);
    }
  }

  private name(id: string, attribute: string | undefined, template: Template, depth: number): void {
    const resource = template.resources.get(id);
    if (resource) {
      this.found.add(resource);
      const child = attribute?.startsWith('Outputs.') ? template.nested(id) : undefined;
      const output = child && attribute ? child.section('Outputs', attribute.slice('Outputs.'.length)) : undefined;
      if (child && isObject(output)) this.follow(output, child, depth);
      return;
    }
    const { parent } = template;
    const stack = parent?.template.resources.get(parent.logicalId)?.body.Properties;
    const passed = isObject(stack) ? own(stack, 'Parameters') : undefined;
    if (!parent || !isObject(passed)) return;
    if (intrinsicName(passed) === undefined) this.collect(own(passed, id), parent.template, depth + 1);
    else this.follow(passed, parent.template, depth);
  }

  private import(argument: Json | undefined, template: Template, depth: number): void {
    const { results } = explore((scenario) => resolve(argument, { template, scenario, exports: this.exports, depth: 0 }));
    for (const { result } of results) {
      const found = isText(result) ? this.exports.find(textOf(result), template) : undefined;
      if (found) this.follow(found.output, found.template, depth);
    }
  }

  private follow(link: JsonObject, template: Template, depth: number): void {
    if (this.followed.has(link)) return;
    this.followed.add(link);
    this.collect(link, template, depth + 1);
  }
}

/** Names and attributes that a text with `${…}` refers to; not those that the function gives a value to. */
function placeholders(argument: Json | undefined): [name: string, attribute: string | undefined][] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return [];
  const found: [string, string | undefined][] = [];
  for (const [, id, attribute] of text.matchAll(/\$\{([^!{}.]+)(?:\.([^{}]+))?\}/g)) {
    const isVariable =
      isObject(variables) && Object.hasOwn(variables, attribute === undefined ? id.trim() : `${id.trim()}.${attribute}`);
    if (!isVariable) found.push([id.trim(), attribute]);
  }
  return found;
}

/** A circle of references within a template, as logical ids; CloudFormation refuses such a template. */
export function findCircle(template: Template): readonly string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of template.resources.keys()) {
    if (state.has(start)) continue;
    const path: { id: string; next: Iterator<string> }[] = [{ id: start, next: dependencies(template, start) }];
    state.set(start, 'open');
    while (path.length > 0) {
      const top = path[path.length - 1];
      const step = top.next.next();
      if (step.done) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(step.value) === 'open') {
        const circle = path.map((each) => each.id);
        return [...circle.slice(circle.indexOf(step.value)), step.value];
      } else if (!state.has(step.value)) {
        state.set(step.value, 'open');
        path.push({ id: step.value, next: dependencies(template, step.value) });
      }
    }
  }
  return undefined;
}

function dependencies(template: Template, id: string): Iterator<string> {
  const { DependsOn: dependsOn, Properties: properties } = template.resources.get(id)!.body;
  const ids = new Set<string>();
  for (const each of Array.isArray(dependsOn) ? dependsOn : [dependsOn]) if (typeof each === 'string') ids.add(each);
  addNames(properties, ids, false, 0);
  return [...ids].filter((each) => template.resources.has(each)).values();
}

/** What a value names in its template, in any branch of any condition: resources, and parameters as well. */
export function namesIn(value: Json | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  addNames(value, names, true, 0);
  return names;
}

function addNames(node: Json | undefined, names: Set<string>, inBranches: boolean, depth: number): void {
  if (typeof node !== 'object' || node === null || depth > MOST_DEPTH) return;
  if (Array.isArray(node)) {
    for (const item of node) addNames(item, names, inBranches, depth + 1);
    return;
  }
  const name = intrinsicName(node);
  const argument = name === undefined ? undefined : node[name];
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    const [first] = Array.isArray(argument) ? argument : [argument];
    if (typeof first === 'string') names.add(name === 'Ref' ? first : first.split('.')[0]);
  } else if (name !== 'Fn::If' || inBranches) {
    if (name === 'Fn::Sub') for (const [id] of placeholders(argument)) names.add(id);
    for (const key in node) addNames(node[key], names, inBranches, depth + 1);
  }
}
