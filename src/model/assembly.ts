import { type DeclaredEnvironment, declaredEnvironment } from './declared-environment';
import { isObject } from './json';
import { lastPart } from './names';
import { referencesOf } from './references';
import { type Export, type ExportTable, isText, resolve, textOf } from './resolve';
import { viewOf } from './resource';
import { explore, Scenario } from './scenario';
import type { ResourceEntry, Template } from './template';

/** The templates that are judged together, and indexes over their resources. */
export class Assembly implements ExportTable {
  public readonly resources: readonly ResourceEntry[];
  public readonly environments: readonly Environment[];
  private readonly byType = new Map<string, ResourceEntry[]>();
  private readonly byEnvironment: ReadonlyMap<Template, Environment>;
  private readonly byPlace = new Map<Environment, Map<string, ResourceEntry[]>>();
  private readonly pointers = new Map<string, Pointers>();
  private incomingEdges?: ReadonlyMap<ResourceEntry, ReadonlyMap<string, readonly ResourceEntry[]>>;
  private exportTable?: ReadonlyMap<string, Export | 'ambiguous'>;

  /**
   * @param templates what was synthesized or found.
   * @param whole true when the templates are all that there is in their environments: then what they lack is missing.
   */
  constructor(
    public readonly templates: readonly Template[],
    public readonly whole: boolean,
  ) {
    this.resources = templates.flatMap((template) => [...template.resources.values()]);
    this.byEnvironment = environmentsOf(templates);
    this.environments = [...new Set(this.byEnvironment.values())];
    for (const environment of this.environments) this.byPlace.set(environment, new Map());
    for (const entry of this.resources) {
      group(this.byType, entry.type, entry);
      group(this.byPlace.get(this.environmentOf(entry.template))!, entry.type, entry);
    }
  }

  /** All resources of a type. */
  public ofType(type: string): readonly ResourceEntry[] {
    return this.byType.get(type) ?? [];
  }

  /** All resources of a type in some environments. */
  public ofTypeIn(environments: readonly Environment[], type: string): readonly ResourceEntry[] {
    return environments.flatMap((environment) => this.byPlace.get(environment)?.get(type) ?? []);
  }

  /** The environments in the account of one of them, that one first. */
  public account(environment: Environment): readonly Environment[] {
    const { account } = environment;
    const others = this.environments.filter((each) => each !== environment && account !== undefined && each.account === account);
    return [environment, ...others];
  }

  /** All resource types. */
  public get types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** The environment that a template is deployed to. */
  public environmentOf(template: Template): Environment {
    return this.byEnvironment.get(template)!;
  }

  /** Resources of a type that refer to a resource, directly, through an export, or through the parameters of a nested stack. */
  public incoming(target: ResourceEntry, type: string): readonly ResourceEntry[] {
    this.incomingEdges ??= this.findEdges();
    return this.incomingEdges.get(target)?.get(type) ?? [];
  }

  /** Types of the resources that refer to a resource. */
  public referrers(target: ResourceEntry): readonly string[] {
    this.incomingEdges ??= this.findEdges();
    return [...(this.incomingEdges.get(target)?.keys() ?? [])];
  }

  /** Resources of a type whose property at a path may be a certain name in the stack that a template belongs to. */
  public naming(type: string, path: string, name: string, template: Template): readonly ResourceEntry[] {
    const { byEnding, unsettled } = this.pointersOf(type, path);
    return [...(byEnding.get(lastPart(name)) ?? []), ...(unsettled.get(rootOf(template)) ?? [])];
  }

  /** Resources of a type whose property at a path may be anything. */
  public pointingAnywhere(type: string, path: string): readonly ResourceEntry[] {
    return this.pointersOf(type, path).anywhere;
  }

  public find(name: string, importer: Template): Export | undefined {
    if (!this.exportTable) {
      // The name of an export is not made of imports.
      this.exportTable = new Map();
      this.exportTable = this.findExports();
    }
    const found = this.exportTable.get(`${this.environmentOf(importer).id} ${name}`);
    return found === 'ambiguous' ? undefined : found;
  }

  private findExports(): ReadonlyMap<string, Export | 'ambiguous'> {
    const table = new Map<string, Export | 'ambiguous'>();
    for (const template of this.templates) {
      const outputs = template.body.Outputs;
      if (!isObject(outputs)) continue;
      for (const output of Object.values(outputs)) {
        if (!isObject(output) || !isObject(output.Export) || output.Value === undefined) continue;
        const name = resolve(output.Export.Name, { template, scenario: new Scenario(), exports: this, depth: 0 });
        if (!isText(name)) continue;
        const key = `${this.environmentOf(template).id} ${textOf(name)}`;
        table.set(key, table.has(key) ? 'ambiguous' : { output, template });
      }
    }
    return table;
  }

  private findEdges(): ReadonlyMap<ResourceEntry, ReadonlyMap<string, readonly ResourceEntry[]>> {
    const edges = new Map<ResourceEntry, Map<string, ResourceEntry[]>>();
    for (const entry of this.resources) {
      for (const target of referencesOf(entry, this)) {
        if (target === entry) continue;
        let byType = edges.get(target);
        if (!byType) {
          byType = new Map();
          edges.set(target, byType);
        }
        group(byType, entry.type, entry);
      }
    }
    return edges;
  }

  private pointersOf(type: string, path: string): Pointers {
    const key = `${type} ${path}`;
    let pointers = this.pointers.get(key);
    if (!pointers) {
      pointers = this.findPointers(type, path);
      this.pointers.set(key, pointers);
    }
    return pointers;
  }

  private findPointers(type: string, path: string): Pointers {
    const byEnding = new Map<string, ResourceEntry[]>();
    const unsettled = new Map<Template, ResourceEntry[]>();
    const anywhere: ResourceEntry[] = [];
    for (const entry of this.ofType(type)) {
      const { results, complete } = explore((scenario) => viewOf(entry, this, scenario).membersAt(path));
      const members = results.flatMap(({ result }) => result);
      const isSettled = complete && results.every(({ scenario }) => scenario.isSettled);
      const endings = new Set(members.filter(({ isAbsent }) => !isAbsent).map(({ text }) => lastPart(text)));
      if (isSettled) for (const ending of endings) group(byEnding, ending, entry);
      else group(unsettled, rootOf(entry.template), entry);
      if (!complete || members.some((member) => member.isUnknown && member.mentions().length === 0)) anywhere.push(entry);
    }
    return { byEnding, unsettled, anywhere };
  }
}

/** Where resources of a type point with one property. */
interface Pointers {
  /** Resources by the last part of what they say, in whatever branch of a condition. */
  readonly byEnding: ReadonlyMap<string, readonly ResourceEntry[]>;
  /** Resources that say something else with other parameters, by the stack that the parameters are given to. */
  readonly unsettled: ReadonlyMap<Template, readonly ResourceEntry[]>;
  /** Resources that say what only deployment knows. */
  readonly anywhere: readonly ResourceEntry[];
}

/** Account, Region and stage that templates are deployed to together. */
export interface Environment {
  /** For example `aws://111122223333/eu-west-1`; a stage whose account is not known yet is its own environment. */
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
  readonly templates: readonly Template[];
  /** What its templates say about it, nested stacks aside; those that say nothing are left out. */
  readonly declared: readonly DeclaredEnvironment[];
}

function rootOf(template: Template): Template {
  return template.parent ? rootOf(template.parent.template) : template;
}

function environmentsOf(templates: readonly Template[]): ReadonlyMap<Template, Environment> {
  const groups = new Map<string, Template[]>();
  for (const template of templates) group(groups, environmentId(template), template);
  const result = new Map<Template, Environment>();
  for (const [id, members] of groups) {
    const { account, region } = members[0].origin;
    const roots = members.filter((template) => template.parent === undefined);
    const declared = roots.flatMap(({ body }) => declaredEnvironment(body) ?? []);
    const environment = { id, account, region, templates: members, declared };
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
