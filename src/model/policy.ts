import type { Resource } from './resource';
import type { Value } from './value';

/** A policy document of a resource, and where it stands. */
export interface PolicyDocument {
  readonly document: Value;
  readonly resource: Resource;
}

/** What an IAM identity is allowed: inline policies, attached policies of the same template, and managed policies. */
export const IDENTITY_POLICY_TYPES = [
  'AWS::IAM::Group',
  'AWS::IAM::GroupPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::IAM::UserPolicy',
] as const;

/** The identity policies that a resource of one of `IDENTITY_POLICY_TYPES` states. */
export function identityPolicies(resource: Resource): PolicyDocument[] {
  const inline = resource
    .at('Policies')
    .items()
    .map((policy) => policy.at('PolicyDocument'));
  const own = resource.at('PolicyDocument');
  return [...inline, ...(own.isAbsent ? [] : [own])].map((document) => ({ document, resource }));
}

/** A principal of a statement. */
export interface Principal {
  /** `*` when the statement says `"Principal": "*"`. */
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | '*' | string;
  readonly value: Value;
}

/**
 * How to read what only deployment knows: `surely` counts what holds whatever it turns out to be, `possibly` counts what may
 * hold.
 */
export type Reading = 'surely' | 'possibly';

/** One condition of a statement. */
export interface PolicyCondition {
  /** Operator in lower case, without `ForAnyValue:`, `ForAllValues:` and `…IfExists`. */
  readonly operator: string;
  /** True for `…IfExists`: the condition holds where the key is missing. */
  readonly ifExists: boolean;
  /** True for `ForAllValues:…`: the condition holds where the key is missing, too. */
  readonly forAll: boolean;
  /** Context key in lower case. */
  readonly key: string;
  readonly values: readonly Value[];
}

/** The statements of a policy document, whether it has one or a list of them. */
export function statementsOf(document: Value): Statement[] {
  return document.at('Statement').once(readStatements);
}

function readStatements(statements: Value): Statement[] {
  return statements.items().map((value) => new Statement(value));
}

/** A statement of a policy, in whatever shape it was written. */
export class Statement {
  private readonly lists = new Map<string, Value[]>();
  private readonly patterns = { surely: new Map<string, Patterns>(), possibly: new Map<string, Patterns>() };
  private ownEffect?: Value;
  private ownOpenPart?: readonly [Value | undefined];
  private ownConditions?: readonly PolicyCondition[];
  private ownPrincipals?: readonly Principal[];

  constructor(public readonly value: Value) {}

  public get allows(): boolean {
    return this.effect.string === 'Allow';
  }

  public get denies(): boolean {
    return this.effect.string === 'Deny';
  }

  /** True when only deployment knows the statement or its effect. */
  public get isUnknown(): boolean {
    return this.value.isUnknown || this.effect.isUnknown;
  }

  public get actions(): Value[] {
    return this.list('Action');
  }

  public get notActions(): Value[] {
    return this.list('NotAction');
  }

  public get resources(): Value[] {
    return this.list('Resource');
  }

  public get notResources(): Value[] {
    return this.list('NotResource');
  }

  public get principals(): readonly Principal[] {
    this.ownPrincipals ??= principals(this.value.at('Principal'));
    return this.ownPrincipals;
  }

  public get notPrincipals(): Principal[] {
    return principals(this.value.at('NotPrincipal'));
  }

  public get conditions(): readonly PolicyCondition[] {
    this.ownConditions ??= this.readConditions();
    return this.ownConditions;
  }

  public get hasCondition(): boolean {
    return !this.value.at('Condition').isAbsent;
  }

  /** Whether an action, for example `s3:GetObject`, is covered, by `Action` or by what `NotAction` leaves over. */
  public covers(action: string, reading: Reading = 'surely'): boolean {
    if (this.notActions.length > 0) return !this.patternsOf('NotAction', opposite(reading)).match(action);
    return this.patternsOf('Action', reading).match(action);
  }

  /** Whether `Action` says everything: `*` or `*:*`. What `NotAction` leaves over is never everything: ask `covers`. */
  public get coversAllActions(): boolean {
    return this.actions.some((action) => EVERY_ACTION.test(action.string ?? ''));
  }

  /** Whether every resource is covered: `*`, or all but the listed ones. */
  public get coversAllResources(): boolean {
    return this.resources.some((resource) => EVERYTHING.test(resource.string ?? '')) || this.notResources.length > 0;
  }

  /**
   * Whether every resource of a kind is covered, by `*`, by an ARN without a name, or by what `NotResource` leaves over.
   *
   * @param kind a service and what a name of that kind looks like, for example `iam:role/any` or `lambda:function:any`.
   */
  public coversEvery(kind: string, reading: Reading = 'surely'): boolean {
    const naming = (pattern: string) => namesEvery(pattern, kind);
    if (this.notResources.length > 0) return !this.patternsOf('NotResource', opposite(reading)).all.some(naming);
    // IAM refuses a statement about no resource: it must not count as a narrow one.
    return this.resources.length === 0 || this.patternsOf('Resource', reading).all.some(naming);
  }

  /** Whether an identity with this statement is allowed an action on every resource of a kind. */
  public allowsOnEvery(
    kind: string,
    action: string,
    reading: Reading = 'surely',
    disregard?: (condition: PolicyCondition) => boolean,
  ): boolean {
    return (
      this.mayAllow(reading) &&
      this.covers(action, reading) &&
      this.coversEvery(kind, reading) &&
      !this.limitsWhat(opposite(reading), disregard)
    );
  }

  /** Whether the effect is, or may be, `Allow`. */
  public mayAllow(reading: Reading): boolean {
    return this.allows || (reading === 'possibly' && this.isUnknown);
  }

  /**
   * Whether a condition limits what an identity may act on: a tag of the resource, the service a role is passed to, ….
   * Conditions on who asks, from where or when leave the holder of the statement all that it allows.
   */
  public limitsWhat(reading: Reading = 'surely', disregard: (condition: PolicyCondition) => boolean = () => false): boolean {
    const condition = this.value.at('Condition');
    const isOpen = condition.isUnknown || condition.entries().some(([, keys]) => keys.isUnknown);
    return (reading === 'possibly' && isOpen) || this.conditions.some((each) => isLimit(each, reading) && !disregard(each));
  }

  /** Whether an action of one of these services, in lower case, may be covered. */
  public mayConcern(services: ReadonlySet<string>): boolean {
    return this.notActions.length > 0 || this.patternsOf('Action', 'possibly').mayConcern(services);
  }

  /** The first part that only deployment knows, and that may be anything; a reference to a resource may not. */
  public get openPart(): Value | undefined {
    this.ownOpenPart ??= [this.findOpenPart()];
    return this.ownOpenPart[0];
  }

  /** Whether anyone on the internet is a principal: `*`, `{ "AWS": "*" }`, or all but the listed ones. */
  public get isForEveryone(): boolean {
    return (
      this.principals.some(({ kind, value }) => (kind === '*' || kind === 'AWS') && value.string === '*') ||
      this.notPrincipals.length > 0
    );
  }

  /** Whether a condition limits who or what may use the statement to something that the account's owner controls. */
  public get isNarrowed(): boolean {
    return this.conditions.some(
      ({ operator, ifExists, forAll, key, values }) =>
        !ifExists && !forAll && NARROWING_OPERATORS.has(operator) && NARROWING_KEYS.has(key) && values.every(isNarrow),
    );
  }

  private get effect(): Value {
    this.ownEffect ??= this.value.at('Effect');
    return this.ownEffect;
  }

  private findOpenPart(): Value | undefined {
    if (this.value.isUnknown) return this.value;
    const { conditions } = this;
    return (
      [this.effect, this.value.at('Condition')].find((each) => each.isUnknown) ??
      [
        ...this.actions,
        ...this.notActions,
        ...this.resources,
        ...this.notResources,
        ...conditions.flatMap((each) => each.values),
      ].find((each) => !each.isKnown && patternOf(each, 'surely') !== patternOf(each, 'possibly'))
    );
  }

  private readConditions(): PolicyCondition[] {
    return this.value
      .at('Condition')
      .entries()
      .flatMap(([operator, keys]) =>
        keys.entries().map(([key, values]) => ({
          operator: operator
            .toLowerCase()
            .replace(/^for(any|all)values?:/, '')
            .replace(/ifexists$/, ''),
          ifExists: operator.toLowerCase().endsWith('ifexists'),
          forAll: operator.toLowerCase().startsWith('forall'),
          key: key.toLowerCase(),
          values: values.items(),
        })),
      );
  }

  private patternsOf(key: string, reading: Reading): Patterns {
    const known = this.patterns[reading];
    let patterns = known.get(key);
    if (!patterns) {
      patterns = Patterns.of(this.list(key).map((value) => patternOf(value, reading)));
      known.set(key, patterns);
    }
    return patterns;
  }

  private list(key: string): Value[] {
    let values = this.lists.get(key);
    if (!values) {
      values = this.value.at(key).items();
      this.lists.set(key, values);
    }
    return values;
  }
}

/** IAM patterns that many actions are held against: most are plain names, and looked up. */
class Patterns {
  private readonly names = new Set<string>();
  private readonly withWildcard: string[] = [];
  private readonly services = new Set<string>();
  private readonly matched = new Map<string, boolean>();
  private concernsAny = false;

  /** The same lists of actions stand in many policies, and are read once. */
  public static of(all: readonly string[]): Patterns {
    const key = all.join('\n');
    const known = Patterns.known.get(key);
    if (known) return known;
    if (Patterns.known.size >= MOST_LISTS) Patterns.known.clear();
    const patterns = new Patterns(all);
    Patterns.known.set(key, patterns);
    return patterns;
  }

  private static readonly known = new Map<string, Patterns>();

  private constructor(public readonly all: readonly string[]) {
    for (const pattern of all) {
      if (WILDCARD.test(pattern)) this.withWildcard.push(pattern);
      else this.names.add(pattern.toLowerCase());
      const [service] = pattern.toLowerCase().split(':', 1);
      if (WILDCARD.test(service)) this.concernsAny = true;
      else this.services.add(service);
    }
  }

  public match(action: string): boolean {
    let isMatch = this.matched.get(action);
    if (isMatch === undefined) {
      isMatch = this.names.has(action.toLowerCase()) || this.withWildcard.some((pattern) => matches(pattern, action));
      this.matched.set(action, isMatch);
    }
    return isMatch;
  }

  public mayConcern(services: ReadonlySet<string>): boolean {
    if (this.concernsAny) return true;
    for (const service of this.services) if (services.has(service)) return true;
    return false;
  }
}

const WILDCARD = /[*?]/;

/** Lists of patterns that are kept. */
const MOST_LISTS = 1_000;

const EVERYTHING = /^\*+$/;
const EVERY_ACTION = /^\*+(:\*+)?$/;

const NARROWING_OPERATORS = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

const NARROWING_KEYS = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** Nothing but wildcards, the whole internet, or any organization, network or endpoint. */
const WIDE = /^([*?:/]+|(0|128)\.0\.0\.0\/[01]|::\/0|(o|vpc|vpce)-\*+)$/;

/** Whether a value of a condition names something; the ARN of anything in any account names nothing. */
function isNarrow(value: Value): boolean {
  const text = value.textWith(() => 'x');
  if (!text.startsWith('arn:')) return !WIDE.test(text);
  const [, , , , account, ...name] = text.split(':');
  if (name.length === 0) return !text.endsWith('*');
  return !account.includes('*') && (account !== '' || !WIDE.test(name.join(':')));
}

/** Keys of services that tell where a request comes from, as most keys of AWS as a whole do. */
const ORIGIN_KEYS = new Set(['ec2:sourceinstancearn', 'lambda:sourcefunctionarn']);

function isLimit({ operator, ifExists, forAll, key, values }: PolicyCondition, reading: Reading): boolean {
  if (ifExists || forAll || operator.includes('not') || operator === 'null' || ORIGIN_KEYS.has(key)) return false;
  if (key.startsWith('aws:') && !key.startsWith('aws:resourcetag/') && !key.startsWith('aws:requesttag/')) return false;
  return !operator.endsWith('like') || !values.some((value) => EVERYTHING.test(patternOf(value, opposite(reading))));
}

function principals(value: Value): Principal[] {
  const entries = value.entries();
  if (entries.length === 0) return value.items().map((item) => ({ kind: item.string === '*' ? '*' : 'AWS', value: item }));
  return entries.flatMap(([kind, members]) => members.items().map((member) => ({ kind, value: member })));
}

/** Whether an IAM pattern with `*` and `?` covers an action. Case does not matter. */
export function matches(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  const wildcard = pattern.search(WILDCARD);
  if (wildcard === -1) return pattern.length === action.length && pattern.toLowerCase() === action.toLowerCase();
  // Most patterns end in their only wildcard, or differ before it.
  if (pattern.slice(0, wildcard).toLowerCase() !== action.slice(0, wildcard).toLowerCase()) return false;
  if (pattern[wildcard] === '*' && wildcard === pattern.length - 1) return true;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(action);
}

/** Stands for one value that is not known and that no pattern is. */
const SOME = '\u0000';

/** A text as an IAM pattern; what may be anything is nothing when read as `surely`, and `*` when read as `possibly`. */
export function patternOf(value: Value, reading: Reading): string {
  if (value.isKnown) return value.text;
  return value.textWith(({ type, text }) => {
    if (text !== undefined && POLICY_VARIABLE.test(text)) return text;
    const isSettled = text === undefined ? !OPEN_TYPES.test(type) : text.startsWith('${AWS::');
    return isSettled || reading === 'surely' ? SOME : '*';
  });
}

/** Resources whose attributes may be any text. */
const OPEN_TYPES = /^(Custom::|AWS::CloudFormation::|AWS::SSM::Parameter$)/;

/** `${aws:username}` and its like are filled in by IAM for each request. */
const POLICY_VARIABLE = /^\$\{[a-z][a-z0-9-]*:/;

function opposite(reading: Reading): Reading {
  return reading === 'surely' ? 'possibly' : 'surely';
}

/** Whether a pattern covers every resource of a kind, in some partition, Region and account. */
function namesEvery(pattern: string, kind: string): boolean {
  const parts = pattern.split(':');
  while (parts.length < 6 && pattern.endsWith('*')) parts.push('*');
  if (parts.length >= 6) [parts[1], parts[3], parts[4]] = ['p', 'r', 'a'];
  const [service] = kind.split(':', 1);
  return matches(parts.join(':'), `arn:p:${service}:r:a:${kind.slice(service.length + 1)}`);
}
