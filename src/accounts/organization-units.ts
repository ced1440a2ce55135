import { RemovalPolicy, Token } from 'aws-cdk-lib';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { OrganizationalUnit } from './organizational-unit';

const ID = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/;

/** The units of an organization, those that there are and those that are made. */
export class OrganizationUnits {
  /** Those that are made, in the order of their making. */
  public readonly made: organizations.CfnOrganizationalUnit[] = [];
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    private readonly rootId: string,
    existing: Readonly<Record<string, string>>,
  ) {
    const paths: string[] = Object.values(OrganizationalUnit);
    for (const [path, id] of Object.entries(existing)) {
      if (!paths.includes(path)) throw new Error(`'existingUnits' must have paths of units, got '${path}': ${paths.join(', ')}`);
      if (!Token.isUnresolved(id) && !ID.test(id))
        throw new Error(`'existingUnits' must have ids of units, such as 'ou-ab12-11111111', got '${id}' for '${path}'`);
      this.ids.set(path, id);
    }
    // A unit comes before those in it, and is made only when one of them is.
    const isNeeded = (path: string) => !this.ids.has(path) && !isOnlyAround(path, paths, this.ids);
    for (const path of paths.filter(isNeeded)) this.make(path);
  }

  /** The id of a unit. */
  public idOf(path: string): string {
    return this.ids.get(path) ?? this.make(path);
  }

  private make(path: string): string {
    const names = path.split('/');
    const name = names.pop()!;
    const parentId = names.length > 0 ? this.idOf(names.join('/')) : this.rootId;
    const unit = new organizations.CfnOrganizationalUnit(this.scope, `Unit${path.replace('/', '')}`, { name, parentId });
    unit.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.made.push(unit);
    this.ids.set(path, unit.attrId);
    return unit.attrId;
  }
}

/** Whether a unit has others in it, and all of these are there. */
function isOnlyAround(path: string, paths: readonly string[], ids: ReadonlyMap<string, string>): boolean {
  const inside = paths.filter((each) => each.startsWith(`${path}/`));
  return inside.length > 0 && inside.every((each) => ids.has(each));
}
