import type { Assembly, Environment } from './assembly';
import { type Resource, viewOf } from './resource';
import type { Scenario } from './scenario';
import type { ResourceEntry } from './template';

/** An environment as a rule sees it: in one scenario. */
export class EnvironmentView {
  constructor(
    public readonly environment: Environment,
    private readonly assembly: Assembly,
    private readonly scenario: Scenario,
  ) {}

  /** Resources of a type that are created in this account and Region. */
  public resources(type: string): Resource[] {
    return this.existing(this.assembly.ofTypeIn([this.environment], type));
  }

  /** Resources of a type that are created in this account, in any Region. */
  public accountResources(type: string): Resource[] {
    return this.existing(this.assembly.ofTypeIn(this.assembly.account(this.environment), type));
  }

  /** The other environments of the assembly. */
  public others(): EnvironmentView[] {
    return this.assembly.environments
      .filter((environment) => environment !== this.environment)
      .map((environment) => new EnvironmentView(environment, this.assembly, this.scenario));
  }

  private existing(entries: readonly ResourceEntry[]): Resource[] {
    return entries.map((entry) => viewOf(entry, this.assembly, this.scenario)).filter((resource) => resource.exists);
  }
}
