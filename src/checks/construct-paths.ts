import { CfnElement, CfnResource, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isObject, type Json, type JsonObject, own } from '../model/json';

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
  private readonly isStated = new Map<Stack, boolean>();
  private byPath?: ReadonlyMap<string, CfnResource>;
  private byLogicalId?: ReadonlyMap<Stack, ReadonlyMap<string, string>>;

  constructor(private readonly constructs: readonly IConstruct[]) {}

  /** The resource whose metadata says that it is at a path. */
  public at(path: string): IConstruct | undefined {
    this.byPath ??= resourcesByPath(this.constructs);
    return this.byPath.get(path);
  }

  public find(stack: Stack, template: JsonObject, logicalId: string): string | undefined {
    let isStated = this.isStated.get(stack);
    if (isStated === undefined) {
      isStated = this.agreesWith(template, stack);
      this.isStated.set(stack, isStated);
    }
    if (!isStated) return this.asked().get(stack)?.get(logicalId);
    const { Resources: resources } = template;
    return isObject(resources) ? statedPath(own(resources, logicalId)) : undefined;
  }

  /** Whether a template says paths, each of them once, and the construct tree agrees with all of it. */
  private agreesWith({ Resources: resources }: JsonObject, stack: Stack): boolean {
    if (!isObject(resources)) return false;
    this.byPath ??= resourcesByPath(this.constructs);
    const stated = new Set<CfnResource>();
    for (const logicalId in resources) {
      const construct = this.byPath.get(statedPath(resources[logicalId]) ?? '');
      if (construct?.stack !== stack || stated.has(construct)) return false;
      stated.add(construct);
    }
    return true;
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

function statedPath(resource: Json | undefined): string | undefined {
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
