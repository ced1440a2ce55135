import {
  type IPropertyInjector,
  type PermissionsBoundary,
  Stack,
  Stage,
  type StageSynthesisOptions,
  Tags,
  Token,
} from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { type EnvironmentKind, Soc2Environment, type Soc2EnvironmentProps } from '../environment/soc2-environment';
import { separateEnvironments } from './environment-separation';

/** Options of `EnvironmentStage`. */
export interface EnvironmentStageProps {
  /** What the environment is for. */
  readonly kind: EnvironmentKind;

  /** The account that its stacks are deployed to: 12 digits. A production stage must have accounts that no other stage has. */
  readonly account: string;

  /** The Region that its stacks are deployed to, for example `eu-west-1`. */
  readonly region: string;

  /** The team that answers for it. It becomes a tag: at most 256 letters, digits, spaces and `_.:/=+-@`. */
  readonly owner: string;

  /**
   * How sensitive the data in it may be, in the words of your organisation, for example `confidential`. It becomes a tag: at most 256
   * letters, digits, spaces and `_.:/=+-@`.
   */
  readonly dataClassification: string;

  /**
   * Whether it serves production and the other environments alike, as a log archive does. Then it may refer to any of them, and they
   * to it. It must be of kind `PRODUCTION`.
   *
   * @default false
   */
  readonly servesEveryEnvironment?: boolean;

  /**
   * Whether the stacks of the stage are protected against deletion. `leaveUnprotected` makes exceptions of single stacks.
   *
   * @default - true in production; elsewhere each stack as it says itself
   */
  readonly terminationProtection?: boolean;

  /**
   * Name of the stage; names of its stacks start with it.
   *
   * @default - derived from the id
   */
  readonly stageName?: string;

  /**
   * The permissions boundary of every role and user in the stage.
   *
   * @default - none
   */
  readonly permissionsBoundary?: PermissionsBoundary;

  /**
   * Injectors of defaults for the constructs in the stage.
   *
   * @default - those of the app
   */
  readonly propertyInjectors?: IPropertyInjector[];
}

/**
 * An environment with an account, a Region, an owner and a class of data; production stays apart from the others.
 *
 * An app with such a stage does not synthesize when
 *
 * - production shares an account with anything else;
 * - a stack belongs to no environment, or does not say its account;
 * - production refers to a resource or an account of another environment, or the other way round: by a reference between stacks, an
 *   ARN, the account id in a policy or a peering connection, a shared key. Denying statements, tags and descriptions may name any
 *   account.
 *
 * Other stages and stacks of the app take part: `Soc2Environment.declare` says what they are for. What serves every environment, such
 * as the stack of a pipeline, says so with `servesEveryEnvironment`. It works with plain stages and with CDK Pipelines.
 *
 * Everything below has the tags `Environment`, `Owner` and `DataClassification`; a tag that is set nearer comes first. Production
 * stacks are protected against deletion. It creates no resource and costs nothing.
 *
 * @example
 * class Shop extends EnvironmentStage {
 *   constructor(scope: Construct, id: string, props: EnvironmentStageProps) {
 *     super(scope, id, props);
 *     new SecureBucket(new Stack(this, 'Storage'), 'Uploads');
 *   }
 * }
 *
 * const app = new App();
 * new Shop(app, 'Production', {
 *   kind: EnvironmentKind.PRODUCTION, account: '111122223333', region: 'eu-west-1', owner: 'shop team', dataClassification: 'confidential',
 * });
 * new Shop(app, 'Staging', {
 *   kind: EnvironmentKind.STAGING, account: '444455556666', region: 'eu-west-1', owner: 'shop team', dataClassification: 'internal',
 * });
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html
 */
export class EnvironmentStage extends Stage {
  /** What is said of the environment; also where its alarms are sent. */
  public readonly environment: Soc2Environment;

  private readonly said: Soc2EnvironmentProps;
  private readonly reached = new Set<Stage>();
  private readonly unprotected = new Set<Stack>();
  private readonly terminationProtection: boolean;

  /**
   * @param scope the app, the stack of a pipeline, or a stage of the same kind.
   * @param id its id in there.
   * @param props options.
   * @throws when the account or the Region is a token or is none, when the owner or the class of data cannot be a tag, or when a stage
   * around it is of another kind.
   */
  constructor(scope: Construct, id: string, props: EnvironmentStageProps) {
    const { kind, account, region, owner, dataClassification, servesEveryEnvironment, terminationProtection, ...own } = props;
    mustMatch(id, 'account', account, /^\d{12}$/, 'the 12 digits of an account id, as a string');
    mustMatch(id, 'region', region, /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, "a Region such as 'eu-west-1'");
    mustMatch(id, 'owner', owner, TAG, TAG_WORDS);
    mustMatch(id, 'dataClassification', dataClassification, TAG, TAG_WORDS);
    super(scope, id, { ...own, env: { account, region } });

    this.said = { kind, owner, dataClassification, servesEveryEnvironment };
    this.environment = Soc2Environment.declare(this, this.said);
    this.terminationProtection = terminationProtection ?? this.environment.isProduction;
    this.reach(this);
    separateEnvironments(this.node.root);
  }

  /**
   * Let a stack of the stage be deleted without lifting its protection first, say one that is made anew each night.
   *
   * @param stack a stack in the stage.
   * @throws when the stack is in another stage.
   */
  public leaveUnprotected(stack: Stack): void {
    if (!stack.node.scopes.includes(this)) {
      throw new Error(
        `'stack' must be in the stage '${this.node.path}', got '${stack.node.path}': call 'leaveUnprotected' of its own stage`,
      );
    }
    this.unprotected.add(stack);
  }

  /**
   * Synthesize the stage. Called by the CDK.
   *
   * @param options options of the CDK.
   */
  public override synth(options?: StageSynthesisOptions): CloudAssembly {
    for (const stage of this.node.findAll().filter(Stage.isStage)) this.reach(stage);
    for (const stack of this.node.findAll().filter(Stack.isStack)) this.protect(stack);
    return super.synth(options);
  }

  /** Tags and declarations end at stages, so each stage below gets them itself. */
  private reach(stage: Stage): void {
    if (this.reached.has(stage)) return;
    this.reached.add(stage);
    if (Soc2Environment.of(stage) === this.environment && stage !== this) Soc2Environment.declare(stage, this.said);
    const { kind, owner, dataClassification } = Soc2Environment.of(stage);
    const tags = { Environment: kind.toLowerCase(), Owner: owner, DataClassification: dataClassification };
    for (const [key, value] of Object.entries(tags)) if (value) Tags.of(stage).add(key, value);
  }

  /** The nearest of such stages decides about a stack. */
  private protect(stack: Stack): void {
    const isOwn = stack.node.scopes.filter((each) => each instanceof EnvironmentStage).pop() === this;
    if (isOwn && this.terminationProtection) stack.terminationProtection = !this.unprotected.has(stack);
  }
}

const TAG = /^(?=.*\S)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;
const TAG_WORDS = "1 to 256 letters, digits, spaces and '_.:/=+-@', because it becomes a tag";

function mustMatch(id: string, name: string, value: string | undefined, pattern: RegExp, expected: string): void {
  if (Token.isUnresolved(value)) {
    throw new Error(
      `'${name}' of the environment '${id}' must be ${expected}, got a token, which only deployment knows: write the value itself, ` +
        'or read it from the context of the app or a variable of the process',
    );
  }
  if (typeof value === 'string' && pattern.test(value)) return;
  throw new Error(
    `'${name}' of the environment '${id}' must be ${expected}, got ${JSON.stringify(value) ?? 'nothing'}: change it`,
  );
}
