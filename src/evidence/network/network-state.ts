import type { Assembly, Environment } from '../../model/assembly';
import { cdkProvider } from '../../model/cdk-providers';
import { referencesOf } from '../../model/references';
import { constructPathOf, type Resource, viewOf } from '../../model/resource';
import { Scenario } from '../../model/scenario';
import type { ResourceEntry } from '../../model/template';

/** Types of the helpers that the CDK makes for deployment. What else it makes for them, such as a security group, counts as any other. */
const HELPERS: ReadonlySet<string> = new Set([
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::StepFunctions::StateMachine',
]);

/** The resources of one environment, as the templates state them with their own values for parameters. */
export class NetworkState {
  private readonly scenario = new Scenario();
  private readonly references = new Map<ResourceEntry, readonly ResourceEntry[]>();

  constructor(
    public readonly assembly: Assembly,
    public readonly environment: Environment,
  ) {}

  /** Resources of a type that are created; the functions that the CDK makes for deployment are left out. */
  public ofType(type: string): Resource[] {
    return this.assembly
      .ofTypeIn([this.environment], type)
      .filter((entry) => !HELPERS.has(type) || cdkProvider(constructPathOf(entry) ?? entry.logicalId) === undefined)
      .map((entry) => this.view(entry))
      .filter((resource) => resource.exists);
  }

  public view(entry: ResourceEntry): Resource {
    return viewOf(entry, this.assembly, this.scenario);
  }

  /** Resources of a type that a resource refers to. */
  public targets(resource: Resource, type: string): ResourceEntry[] {
    const { entry } = resource;
    let references = this.references.get(entry);
    if (!references) {
      references = [...referencesOf(entry, this.assembly)];
      this.references.set(entry, references);
    }
    return references.filter((each) => each.type === type);
  }

  /** Resources of a type that refer to a resource. */
  public referrers(resource: Resource, type: string): readonly ResourceEntry[] {
    return this.assembly.incoming(resource.entry, type);
  }
}

/** What a person calls a resource: the construct that made it, within its stack; or else its logical id. */
export function nameOf({ logicalId, constructPath, entry }: Resource): string {
  if (constructPath === undefined) return logicalId;
  const stack = entry.template.origin.constructPath;
  const inside =
    stack !== undefined && constructPath.startsWith(`${stack}/`) ? constructPath.slice(stack.length + 1) : constructPath;
  return inside.replace(/(\/(Resource|Default|Service))+$/, '') || logicalId;
}
