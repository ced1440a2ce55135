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

/** One condition of a statement. */
export interface PolicyCondition {
  /** Operator in lower case, without `ForAnyValue:` and `…IfExists`. */
  readonly operator: string;
  /** True for `…IfExists`: the condition holds where the key is missing. */
  readonly ifExists: boolean;
  /** Context key in lower case. */
  readonly key: string;
  readonly values: readonly Value[];
}

/** The statements of a policy document, whether it has one or a list of them. */
export function statementsOf(document: Value): Statement[] {
  return document
    .at('Statement')
    .items()
    .map((value) => new Statement(value));
}

/** A statement of a policy, in whatever shape it was written. */
export class Statement {
  constructor(public readonly value: Value) {}

  public get allows(): boolean {
    return this.value.at('Effect').string === 'Allow';
  }

  public get denies(): boolean {
    return this.value.at('Effect').string === 'Deny';
  }

  /** True when only deployment knows the statement or its effect. */
  public get isUnknown(): boolean {
    return this.value.isUnknown || this.value.at('Effect').isUnknown;
  }

  public get actions(): Value[] {
    return this.value.at('Action').items();
  }

  public get notActions(): Value[] {
    return this.value.at('NotAction').items();
  }

  public get resources(): Value[] {
    return this.value.at('Resource').items();
  }

  public get notResources(): Value[] {
    return this.value.at('NotResource').items();
  }

  public get principals(): Principal[] {
    return principals(this.value.at('Principal'));
  }

  public get notPrincipals(): Principal[] {
    return principals(this.value.at('NotPrincipal'));
  }

  public get conditions(): PolicyCondition[] {
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
          key: key.toLowerCase(),
          values: values.items(),
        })),
      );
  }

  public get hasCondition(): boolean {
    return !this.value.at('Condition').isAbsent;
  }

  /** Whether an action, for example `s3:GetObject`, is covered, by `Action` or by what `NotAction` leaves over. */
  public covers(action: string): boolean {
    if (this.notActions.length > 0) return !this.notActions.some((pattern) => matches(pattern.text, action));
    return this.actions.some((pattern) => matches(pattern.text, action));
  }

  /** Whether every action is covered: `*`, `*:*`, or all but the listed ones. */
  public get coversAllActions(): boolean {
    return this.actions.some((action) => action.string === '*' || action.string === '*:*');
  }

  /** Whether every resource is covered. */
  public get coversAllResources(): boolean {
    return this.resources.some((resource) => resource.string === '*') || this.notResources.length > 0;
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
      ({ operator, ifExists, key, values }) =>
        !ifExists && NARROWING_OPERATORS.has(operator) && NARROWING_KEYS.has(key) && values.every(isNarrow),
    );
  }
}

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

/** Everything, or an ARN of any account. */
const WIDE = /^(\*|0\.0\.0\.0\/0|::\/0|arn:[^:]*:[^:]*:[^:]*:\*?:?\*?)$/;

function isNarrow(value: Value): boolean {
  return !WIDE.test(value.text);
}

function principals(value: Value): Principal[] {
  const entries = value.entries();
  if (entries.length === 0) return value.items().map((item) => ({ kind: item.string === '*' ? '*' : 'AWS', value: item }));
  return entries.flatMap(([kind, members]) => members.items().map((member) => ({ kind, value: member })));
}

/** Whether an IAM pattern with `*` and `?` covers an action. Case does not matter. */
export function matches(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(action);
}
