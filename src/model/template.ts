import { InputError } from './errors';
import { isObject, type Json, type JsonObject, own } from './json';

/** Where a template comes from and where it goes to. */
export interface TemplateOrigin {
  /** Path relative to the root of the assembly, with forward slashes. */
  readonly path: string;
  /** SHA-256 of the file's bytes, in hex. */
  readonly sha256: string;
  /** Name of the stack, when known. */
  readonly stack?: string;
  /** Construct path of the stack, when known. */
  readonly constructPath?: string;
  /** Twelve-digit account id, when known. */
  readonly account?: string;
  /** Region, when known. */
  readonly region?: string;
  /** Path of the CDK stage that the stack belongs to; empty for the app itself. */
  readonly stage?: string;
  /** Construct path of a resource whose own metadata does not say it. */
  readonly constructPathOf?: (logicalId: string) => string | undefined;
  /** Line of a property, for files that people write. */
  readonly lineOf?: (path: readonly (string | number)[]) => number | undefined;
}

/** One resource as its template states it. */
export interface ResourceEntry {
  readonly template: Template;
  readonly logicalId: string;
  readonly type: string;
  readonly body: JsonObject;
}

/** The nested-stack resource that deploys a template. */
export interface ParentStack {
  readonly template: Template;
  readonly logicalId: string;
}

/** One CloudFormation template. */
export class Template {
  public readonly path: string;
  public readonly resources: ReadonlyMap<string, ResourceEntry>;
  /** Set when another template of the assembly deploys this one as a nested stack. */
  public parent?: ParentStack;
  /** Why resources of this template cannot be judged: a transform that was not expanded. */
  public unexpanded?: string;
  /** Why some of its resources cannot be judged, by logical id: a macro or a loop within them that only deployment runs. */
  public unexpandedResources: ReadonlyMap<string, string> = new Map();
  private readonly children = new Map<string, Template>();

  constructor(
    public readonly body: JsonObject,
    public readonly origin: TemplateOrigin,
  ) {
    this.path = origin.path;
    this.resources = readResources(this);
  }

  /** Tells the template from all others: nested stacks may deploy the same file. */
  public get key(): string {
    return this.parent ? `${this.parent.template.key} ${this.parent.logicalId}` : this.path;
  }

  /** A named entry of a top-level section: a parameter, a mapping, a condition, an output. */
  public section(name: 'Parameters' | 'Mappings' | 'Conditions' | 'Outputs', key: string): Json | undefined {
    const section = this.body[name];
    return isObject(section) ? own(section, key) : undefined;
  }

  /** Declare that the nested-stack resource `logicalId` deploys `child`. */
  public nest(logicalId: string, child: Template): void {
    this.children.set(logicalId, child);
    child.parent = { template: this, logicalId };
  }

  /** Why only deployment knows what becomes of a resource. */
  public unexpandedReason(logicalId: string): string | undefined {
    return this.unexpanded ?? this.unexpandedResources.get(logicalId);
  }

  /** The template that a nested-stack resource deploys, when the assembly holds it. */
  public nested(logicalId: string): Template | undefined {
    return this.children.get(logicalId);
  }
}

function readResources(template: Template): Map<string, ResourceEntry> {
  const { body, path } = template;
  const section = body.Resources;
  if (!isObject(section)) throw new InputError(`${path}: not a CloudFormation template: it has no 'Resources' mapping`);
  const resources = new Map<string, ResourceEntry>();
  for (const logicalId of Object.keys(section)) {
    const resource = section[logicalId];
    if (logicalId === '') throw new InputError(`${path}: a resource must have a logical id, got ''`);
    if (!isObject(resource)) throw new InputError(`${path}: resource '${logicalId}' must be a mapping, got ${kindOf(resource)}`);
    if (typeof resource.Type !== 'string' || resource.Type === '') {
      throw new InputError(`${path}: resource '${logicalId}' must have a 'Type' that is a string, got ${kindOf(resource.Type)}`);
    }
    if (resource.Properties !== undefined && resource.Properties !== null && !isObject(resource.Properties)) {
      throw new InputError(
        `${path}: 'Properties' of resource '${logicalId}' must be a mapping, got ${kindOf(resource.Properties)}`,
      );
    }
    resources.set(logicalId, { template, logicalId, type: resource.Type, body: resource });
  }
  return resources;
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}
