import { CfnElement, CfnResource, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isObject, type Json, type JsonObject } from '../model/json';

const PATH = 'aws:cdk:path';

/** The construct at a path. */
export function constructAt(root: IConstruct, path: string): IConstruct | undefined {
  let construct: IConstruct | undefined = root;
  const ids = path === root.node.id ? [] : path.split('/').slice(root.node.id === '' ? 0 : 1);
  for (const id of ids) construct = construct?.node.tryFindChild(id);
  return construct;
}

/**
 * Tells which construct made a resource.
 *
 * Templates say so, unless that is switched off; one that another app synthesized, and this one includes, has the paths of that
 * app. To ask every construct for its logical id is sure, and slow: it is done where a template is not sure.
 */
export class ConstructPaths {
  private readonly byStack = new Map<Stack, ReadonlyMap<string, string>>();
  private byPath?: ReadonlyMap<string, CfnResource>;
  private byLogicalId?: ReadonlyMap<Stack, ReadonlyMap<string, string>>;

  constructor(private readonly constructs: readonly IConstruct[]) {}

  /** The resource whose metadata says that it is at a path. */
  public at(path: string): IConstruct | undefined {
    this.byPath ??= resourcesByPath(this.constructs);
    return this.byPath.get(path);
  }

  public find(stack: Stack, template: JsonObject, logicalId: string): string | undefined {
    let paths = this.byStack.get(stack);
    if (!paths) {
      paths = this.statedBy(template, stack) ?? this.asked().get(stack) ?? new Map();
      this.byStack.set(stack, paths);
    }
    return paths.get(logicalId);
  }

  /** What a template says, when the construct tree agrees with all of it. */
  private statedBy({ Resources: resources }: JsonObject, stack: Stack): ReadonlyMap<string, string> | undefined {
    if (!isObject(resources)) return undefined;
    this.byPath ??= resourcesByPath(this.constructs);
    const paths = new Map<string, string>();
    const stated = new Set<string>();
    for (const logicalId in resources) {
      const path = statedPath(resources[logicalId]);
      if (path === undefined || this.byPath.get(path)?.stack !== stack) return undefined;
      paths.set(logicalId, path);
      stated.add(path);
    }
    return stated.size === paths.size ? paths : undefined;
  }

  private asked(): ReadonlyMap<Stack, ReadonlyMap<string, string>> {
    this.byLogicalId ??= pathsByLogicalId(this.constructs);
    return this.byLogicalId;
  }
}

/** Resources whose metadata says the path that they have. */
function resourcesByPath(constructs: readonly IConstruct[]): ReadonlyMap<string, CfnResource> {
  const resources = new Map<string, CfnResource>();
  for (const construct of constructs) {
    if (!CfnResource.isCfnResource(construct)) continue;
    const path = construct.cfnOptions.metadata?.[PATH];
    if (typeof path === 'string' && path === construct.node.path) resources.set(path, construct);
  }
  return resources;
}

function statedPath(resource: Json): string | undefined {
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  const path = isObject(metadata) ? metadata[PATH] : undefined;
  return typeof path === 'string' ? path : undefined;
}

function pathsByLogicalId(constructs: readonly IConstruct[]): ReadonlyMap<Stack, ReadonlyMap<string, string>> {
  const table = new Map<Stack, Map<string, string>>();
  for (const construct of constructs) {
    if (!CfnElement.isCfnElement(construct)) continue;
    const { stack } = construct;
    const paths = table.get(stack) ?? new Map<string, string>();
    table.set(stack, paths.set(stack.resolve(construct.logicalId), construct.node.path));
  }
  return table;
}
