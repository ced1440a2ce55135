import { intrinsicName, isObject, type Json, own } from './json';
import { type ExportTable, resolve } from './resolve';
import { Scenario } from './scenario';
import type { ResourceEntry, Template } from './template';

/** The templates that are judged together, and indexes over their resources. */
export class Assembly implements ExportTable {
  public readonly resources: readonly ResourceEntry[];
  public readonly environments: readonly Environment[];
  private readonly byType = new Map<string, ResourceEntry[]>();
  private readonly byEnvironment: ReadonlyMap<Template, Environment>;
  private readonly named = new Map<string, readonly ResourceEntry[]>();
  private incomingEdges?: ReadonlyMap<ResourceEntry, readonly ResourceEntry[]>;
  private exportTable?: ReadonlyMap<string, Export>;

  /**
   * @param templates what was synthesized or found.
   * @param whole true when the templates are all that there is in their environments: then what they lack is missing.
   */
  constructor(
    public readonly templates: readonly Template[],
    public readonly whole: boolean,
  ) {
    this.resources = templates.flatMap((template) => [...template.resources.values()]);
    for (const entry of this.resources) group(this.byType, entry.type, entry);
    this.byEnvironment = environmentsOf(templates);
    this.environments = [...new Set(this.byEnvironment.values())];
  }

  /** All resources of a type. */
  public ofType(type: string): readonly ResourceEntry[] {
    return this.byType.get(type) ?? [];
  }

  /** All resource types. */
  public get types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** The environment that a template is deployed to. */
  public environmentOf(template: Template): Environment {
    return this.byEnvironment.get(template)!;
  }

  /** Resources that refer to a resource, directly, through an export, or through the parameters of a nested stack. */
  public incoming(target: ResourceEntry): readonly ResourceEntry[] {
    this.incomingEdges ??= this.findEdges();
    return this.incomingEdges.get(target) ?? [];
  }

  /** Resources of a type whose property at a path refers to no resource, and so may name one. */
  public withoutReference(type: string, path: string): readonly ResourceEntry[] {
    const key = `${type} ${path}`;
    let entries = this.named.get(key);
    if (!entries) {
      entries = this.ofType(type).filter(({ body, template }) => {
        const value = path
          .split('.')
          .reduce<Json | undefined>((node, step) => (isObject(node) ? own(node, step) : undefined), body.Properties);
        return value !== undefined && this.targets(value, template, 0).next().done;
      });
      this.named.set(key, entries);
    }
    return entries;
  }

  public find(name: string, importer: Template): Export | undefined {
    this.exportTable ??= this.findExports();
    return this.exportTable.get(`${this.environmentOf(importer).id} ${name}`);
  }

  private findExports(): ReadonlyMap<string, Export> {
    const table = new Map<string, Export>();
    for (const template of this.templates) {
      const outputs = template.body.Outputs;
      if (!isObject(outputs)) continue;
      for (const output of Object.values(outputs)) {
        if (!isObject(output) || !isObject(output.Export) || output.Value === undefined) continue;
        const name = resolve(output.Export.Name, { template, scenario: new Scenario(), exports: this, depth: 0 });
        if (name.kind === 'known')
          table.set(`${this.environmentOf(template).id} ${String(name.value)}`, { value: output.Value, template });
      }
    }
    return table;
  }

  private findEdges(): ReadonlyMap<ResourceEntry, readonly ResourceEntry[]> {
    const edges = new Map<ResourceEntry, ResourceEntry[]>();
    for (const entry of this.resources) {
      for (const target of new Set(this.targets(entry.body.Properties, entry.template, 0))) {
        if (target !== entry) group(edges, target, entry);
      }
    }
    return edges;
  }

  /** Everything that a value refers to, in any branch of any condition. */
  private *targets(node: Json | undefined, template: Template, depth: number): Generator<ResourceEntry> {
    if (typeof node !== 'object' || node === null || depth > 200) return;
    if (Array.isArray(node)) {
      for (const item of node) yield* this.targets(item, template, depth + 1);
      return;
    }
    const name = intrinsicName(node);
    const argument = name ? node[name] : undefined;
    if (name === 'Ref' && typeof argument === 'string') yield* this.namedTargets(argument, undefined, template, depth);
    else if (name === 'Fn::GetAtt') {
      const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
      if (typeof id === 'string') yield* this.namedTargets(id, attribute.join('.'), template, depth);
    } else if (name === 'Fn::ImportValue') {
      const value = resolve(argument, { template, scenario: new Scenario(), exports: this, depth: 0 });
      const found = value.kind === 'known' ? this.find(String(value.value), template) : undefined;
      if (found) yield* this.targets(found.value, found.template, depth + 1);
    } else {
      if (name === 'Fn::Sub') {
        const text = Array.isArray(argument) ? argument[0] : argument;
        for (const [, id, attribute] of String(text).matchAll(/\$\{([^!}.]+)(?:\.([^}]+))?\}/g))
          yield* this.namedTargets(id.trim(), attribute, template, depth);
      }
      for (const key in node) yield* this.targets(node[key], template, depth + 1);
    }
  }

  private *namedTargets(id: string, attribute: string | undefined, template: Template, depth: number): Generator<ResourceEntry> {
    const resource = template.resources.get(id);
    if (resource) {
      yield resource;
      const child = template.nested(id);
      const output = attribute?.startsWith('Outputs.')
        ? child?.section('Outputs', attribute.slice('Outputs.'.length))
        : undefined;
      if (child && isObject(output)) yield* this.targets(output.Value, child, depth + 1);
      return;
    }
    const { parent } = template;
    const stack = parent?.template.resources.get(parent.logicalId)?.body.Properties;
    const passed = isObject(stack) && isObject(stack.Parameters) ? own(stack.Parameters, id) : undefined;
    if (parent && passed !== undefined) yield* this.targets(passed, parent.template, depth + 1);
  }
}

/** Account, Region and stage that templates are deployed to together. */
export interface Environment {
  /** For example `aws://111122223333/eu-west-1`; a stage whose account is not known yet is its own environment. */
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
  readonly templates: readonly Template[];
}

interface Export {
  readonly value: Json;
  readonly template: Template;
}

function environmentsOf(templates: readonly Template[]): ReadonlyMap<Template, Environment> {
  const groups = new Map<string, Template[]>();
  for (const template of templates) group(groups, environmentId(template), template);
  const result = new Map<Template, Environment>();
  for (const [id, members] of groups) {
    const { account, region } = members[0].origin;
    const environment = { id, account, region, templates: members };
    for (const member of members) result.set(member, environment);
  }
  return result;
}

function environmentId({ origin: { account, region, stage } }: Template): string {
  const place = `aws://${account ?? 'unknown-account'}/${region ?? 'unknown-region'}`;
  return (account && region) || !stage ? place : `${place}#${stage}`;
}

function group<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const members = groups.get(key);
  if (members) members.push(value);
  else groups.set(key, [value]);
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
  const body = template.resources.get(id)!.body;
  const dependsOn = typeof body.DependsOn === 'string' ? [body.DependsOn] : Array.isArray(body.DependsOn) ? body.DependsOn : [];
  const ids = new Set(
    [...dependsOn, ...referredIds(body.Properties)].filter(
      (each): each is string => typeof each === 'string' && template.resources.has(each),
    ),
  );
  return ids.values();
}

function* referredIds(node: Json | undefined): Generator<string> {
  if (Array.isArray(node)) {
    for (const item of node) yield* referredIds(item);
  } else if (isObject(node)) {
    if (typeof node.Ref === 'string') yield node.Ref;
    const attribute = node['Fn::GetAtt'];
    if (typeof attribute === 'string') yield attribute.split('.')[0];
    else if (Array.isArray(attribute) && typeof attribute[0] === 'string') yield attribute[0];
    const sub = node['Fn::Sub'];
    const text = Array.isArray(sub) ? sub[0] : sub;
    if (typeof text === 'string') for (const [, id] of text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)) yield id.trim();
    for (const key in node) yield* referredIds(node[key]);
  }
}
