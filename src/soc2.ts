import { type Stage, Validations } from 'aws-cdk-lib';
import { Soc2Checks, type Soc2ChecksProps } from './checks/soc2-checks';
import { injectDefaults } from './defaults/injectors';
import { Soc2Environment, type Soc2EnvironmentProps } from './environment/soc2-environment';

/** Options of `Soc2.enable`. */
export interface Soc2EnableProps {
  /**
   * What the app or stage is for, and who answers for it.
   *
   * @default - not said here; stages and stacks may each declare it with `Soc2Environment.declare`
   */
  readonly environment?: Soc2EnvironmentProps;

  /**
   * Whether the library has been enabled since before the app was first deployed. Then plain constructs also get what CloudFormation
   * can set only when it creates a resource: encryption of databases and file systems, for one.
   *
   * Decide it before the first deployment, and leave it so for the life of the app: where it changes later, CloudFormation replaces
   * databases by empty ones.
   *
   * @default false - such properties stay as the app has them, and the rules report what is open
   */
  readonly sinceFirstDeployment?: boolean;

  /**
   * Options of the rule pack.
   *
   * @default - every rule, no inherited controls
   */
  readonly checks?: Soc2ChecksProps;
}

/** Defaults, checks and ledger for an app, in one line. */
export class Soc2 {
  /**
   * Harden the CDK's own constructs below an app or a stage, judge what is synthesized, and leave a ledger.
   *
   * Call it before constructs are made: what was made before is judged, not hardened. A property that the app sets comes before a
   * default; if that is weaker, a rule says so.
   *
   * @example
   * const app = new App();
   * Soc2.enable(app, {
   *   environment: { kind: EnvironmentKind.PRODUCTION, owner: 'platform team', dataClassification: 'confidential' },
   * });
   *
   * @param scope the app, or a stage of it.
   * @param props options.
   * @throws when an option of the rule pack or the environment is not right; it says which and why.
   */
  public static enable(scope: Stage, props: Soc2EnableProps = {}): void {
    if (props.environment) Soc2Environment.declare(scope, props.environment);
    injectDefaults(scope, !props.sinceFirstDeployment);
    Validations.of(scope).addPlugins(new Soc2Checks(scope, props.checks));
  }

  private constructor() {}
}
