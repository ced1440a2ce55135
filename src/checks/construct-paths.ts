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
  private byLogicalId?: ReadonlyMap<Stack, ReadonlyMap<string, string>>;

  constructor(
    private readonly root: IConstruct,
    private readonly constructs: readonly IConstruct[],
  ) {}

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
    const paths = new Map<string, string>();
    for (const logicalId of Object.keys(resources)) {
      const path = statedPath(resources[logicalId]);
      if (path === undefined || !this.isMaker(path, stack)) return undefined;
      paths.set(logicalId, path);
    }
    return new Set(paths.values()).size === paths.size ? paths : undefined;
  }

  private isMaker(path: string, stack: Stack): boolean {
    const construct = constructAt(this.root.node.root, path);
    return (
      construct !== undefined &&
      CfnResource.isCfnResource(construct) &&
      construct.stack === stack &&
      construct.cfnOptions.metadata?.[PATH] === path
    );
  }

  private asked(): ReadonlyMap<Stack, ReadonlyMap<string, string>> {
    this.byLogicalId ??= pathsByLogicalId(this.constructs);
    return this.byLogicalId;
  }
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
