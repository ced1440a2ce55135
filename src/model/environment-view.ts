import type { Assembly, Environment } from './assembly';
import { Resource } from './resource';
import type { Scenario } from './scenario';

/** An environment as a rule sees it: in one scenario. */
export class EnvironmentView {
  constructor(
    public readonly environment: Environment,
    private readonly assembly: Assembly,
    private readonly scenario: Scenario,
  ) {}

  /** Resources of a type that are created in this account and Region. */
  public resources(type: string): Resource[] {
    return this.select(type, (each) => each === this.environment);
  }

  /** Resources of a type that are created in this account, in any Region. */
  public accountResources(type: string): Resource[] {
    const { account } = this.environment;
    return this.select(type, (each) => each === this.environment || (account !== undefined && each.account === account));
  }

  private select(type: string, within: (environment: Environment) => boolean): Resource[] {
    return this.assembly
      .ofType(type)
      .filter((entry) => within(this.assembly.environmentOf(entry.template)))
      .map((entry) => new Resource(entry, this.assembly, this.scenario))
      .filter((resource) => resource.exists);
  }
}
