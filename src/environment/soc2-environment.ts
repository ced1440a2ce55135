import { type IAspect, Stack, Stage } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { METADATA_KEY } from '../model/metadata-key';
import { applyEverywhere } from './aspects';

/** What an environment is for. It decides how much availability and protection against deletion is the default. */
export enum EnvironmentKind {
  /** Serves customers: spread over Availability Zones, protected against deletion, kept when a stack is deleted. */
  PRODUCTION = 'PRODUCTION',
  /** Rehearses production. */
  STAGING = 'STAGING',
  /** For work in progress. */
  DEVELOPMENT = 'DEVELOPMENT',
}

/** What is said of an environment. */
export interface Soc2EnvironmentProps {
  /** What the environment is for. */
  readonly kind: EnvironmentKind;

  /** The team that answers for it. */
  readonly owner: string;

  /**
   * How sensitive the data in it may be, in the words of your organisation, for example `confidential`.
   *
   * @default - not said
   */
  readonly dataClassification?: string;

  /**
   * Whether it serves production and the other environments alike: a pipeline that deploys to all of them, a log archive, the tools
   * of the security team. Then it may refer to any of them, and they to it.
   *
   * It must be of kind `PRODUCTION`: who changes it changes production.
   *
   * @default false
   */
  readonly servesEveryEnvironment?: boolean;
}

/**
 * What an app, a stage or a stack is for, and who answers for it.
 *
 * It is written into the `Metadata` of every template below, where the rules, the ledger and an auditor read it, and it decides
 * defaults: production is spread over Availability Zones and protected against deletion. Where nothing is declared, defaults are
 * those of production.
 *
 * @example
 * const app = new App();
 * Soc2Environment.declare(app, { kind: EnvironmentKind.PRODUCTION, owner: 'platform team', dataClassification: 'confidential' });
 */
export class Soc2Environment {
  /**
   * Say what an app, a stage or a stack is for.
   *
   * Stages that an app gets later must each say it themselves for it to be in their templates. What a stack says does not hold for
   * stages in it: the stack of a pipeline has the stages that it deploys elsewhere.
   *
   * @param scope an app, a stage or a stack.
   * @param props what it is for, and who answers for it.
   * @throws when `owner` is empty, when the scope, something above it or something below it is of another kind, or when what serves
   * every environment is not of kind `PRODUCTION`.
   */
  public static declare(scope: IConstruct, props: Soc2EnvironmentProps): Soc2Environment {
    if (props.owner.trim() === '')
      throw new Error("'owner' of an environment must not be empty: name the team that answers for it");
    if (props.servesEveryEnvironment && props.kind !== EnvironmentKind.PRODUCTION) {
      throw new Error(
        `'kind' of the environment of '${scope.node.path}' must be PRODUCTION, got ${props.kind}: it serves every environment, and ` +
          "who changes it changes production. Change 'kind', or leave out 'servesEveryEnvironment'",
      );
    }
    const above = scope.node.scopes.filter((each) => reaches(each, scope));
    const below = scope.node.findAll().filter((each) => reaches(scope, each));
    const others = [...above, ...below].flatMap((each) => DECLARED.get(each) ?? []);
    const other = others.find(({ kind }) => kind !== props.kind);
    if (other) {
      throw new Error(
        `'kind' of the environment of '${scope.node.path}' must be ${other.kind}, got ${props.kind}: ` +
          `'${other.scope.node.path}' is declared as ${other.kind}. Declare the kind of each stage, and none for the app`,
      );
    }
    const environment = new Soc2Environment(scope, props);
    DECLARED.set(scope, environment);
    applyEverywhere(scope, new WriteIntoTemplates(environment));
    return environment;
  }

  /**
   * The environment that a construct belongs to: what the nearest scope above it declares.
   *
   * Where nothing is declared, it is taken for production, and `owner` is not set.
   */
  public static of(scope: IConstruct): Soc2Environment {
    for (const each of [...scope.node.scopes].reverse()) {
      const declared = DECLARED.get(each);
      if (declared && reaches(each, scope)) return declared;
    }
    const { root } = scope.node;
    const undeclared = UNDECLARED.get(root) ?? new Soc2Environment(root, { kind: EnvironmentKind.PRODUCTION });
    UNDECLARED.set(root, undeclared);
    return undeclared;
  }

  /** What the environment is for. */
  public readonly kind: EnvironmentKind;
  /** The team that answers for it; not set where nothing is declared. */
  public readonly owner?: string;
  /** How sensitive the data in it may be. */
  public readonly dataClassification?: string;
  /** Whether it serves production and the other environments alike. */
  public readonly servesEveryEnvironment: boolean;
  private topic?: sns.ITopic;
  private runbook?: string;

  private constructor(
    private readonly scope: IConstruct,
    props: Partial<Soc2EnvironmentProps> & Pick<Soc2EnvironmentProps, 'kind'>,
  ) {
    this.kind = props.kind;
    this.owner = props.owner;
    this.dataClassification = props.dataClassification;
    this.servesEveryEnvironment = props.servesEveryEnvironment ?? false;
  }

  /** Whether it serves customers. */
  public get isProduction(): boolean {
    return this.kind === EnvironmentKind.PRODUCTION;
  }

  /**
   * The topic that alarms are sent to; not set until `sendAlarmsTo` is called.
   *
   * Constructs make their alarms only when there is somewhere to send them.
   */
  public get alarmTopic(): sns.ITopic | undefined {
    return this.topic;
  }

  /** The page that says what to do about alarms; not set until `sendAlarmsTo` names one. */
  public get alarmRunbook(): string | undefined {
    return this.runbook;
  }

  /**
   * Send the alarms of constructs that are made from now on to a topic.
   *
   * @param topic a topic that somebody is subscribed to.
   * @param runbook link of a page that says what to do about alarms; their descriptions end with it.
   */
  public sendAlarmsTo(topic: sns.ITopic, runbook?: string): void {
    this.topic = topic;
    this.runbook = runbook;
  }
}

const DECLARED = new WeakMap<IConstruct, Soc2Environment>();
const UNDECLARED = new WeakMap<IConstruct, Soc2Environment>();

/** Whether what is said of a construct holds for another below it: it ends at the next stage, unless a stage says it. */
function reaches(above: IConstruct, below: IConstruct): boolean {
  return Stage.isStage(above) || stageOf(above) === stageOf(below);
}

/** The stage that a construct is in; a stage is in itself. */
function stageOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

class WriteIntoTemplates implements IAspect {
  constructor(private readonly environment: Soc2Environment) {}

  public visit(node: IConstruct): void {
    if (!Stack.isStack(node) || Soc2Environment.of(node) !== this.environment) return;
    const { kind, owner, dataClassification } = this.environment;
    const servesEveryEnvironment = this.environment.servesEveryEnvironment || undefined;
    const { metadata } = node.templateOptions;
    node.templateOptions.metadata = {
      ...metadata,
      [METADATA_KEY]: {
        ...metadata?.[METADATA_KEY],
        environment: { kind, owner, dataClassification, servesEveryEnvironment },
      },
    };
  }
}
