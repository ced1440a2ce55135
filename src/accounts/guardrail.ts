/** What a guardrail denies to everybody in the accounts of an organization, or on their resources. */
export interface Guardrail {
  /** Its name in the options: what is denied. */
  readonly id: string;
  /** Why, for the people who meet it. */
  readonly purpose: string;
  /** Whom it does not concern; nobody when it is not set. */
  readonly spares?: Spared;
  /** What it denies. */
  readonly actions?: readonly string[];
  /** Everything but this is denied. */
  readonly otherActions?: readonly string[];
  /** @default - every resource */
  readonly resources?: (settings: GuardrailSettings) => readonly string[];
  /** Of which calls; of all when it is not set. */
  readonly conditions?: (settings: GuardrailSettings) => Conditions;
}

/** Roles for emergencies and administration; or these and the roles that AWS Backup restores with. */
export type Spared = 'administration' | 'administration-and-restores';

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What guardrails have to know of the organization. */
export interface GuardrailSettings {
  readonly organizationId: string;
  readonly regions: readonly string[];
  /** ARNs, with placeholders, of roles for emergencies and administration. */
  readonly administration: readonly string[];
  /** ARNs, with placeholders, of roles that AWS Backup restores with. */
  readonly restores: readonly string[];
  /** Accounts outside of the organization that may use resources in it. */
  readonly trustedAccounts: readonly string[];
}

/** A statement of a policy, as AWS reads it. */
export type Statement = Readonly<Record<string, unknown>>;

/** The statement of a service control policy. */
export function serviceControl(guardrail: Guardrail, settings: GuardrailSettings): Statement {
  return statementOf(guardrail, settings, {});
}

/** The statement of a resource control policy, which must name principals. */
export function resourceControl(guardrail: Guardrail, settings: GuardrailSettings): Statement {
  return statementOf(guardrail, settings, { Principal: '*' });
}

function statementOf(guardrail: Guardrail, settings: GuardrailSettings, who: Statement): Statement {
  const { id, spares, actions, otherActions, resources, conditions } = guardrail;
  const all = { ...conditions?.(settings), ...(spares && { ArnNotLike: { 'aws:PrincipalArn': sparedBy(spares, settings) } }) };
  return {
    Sid: `Deny${id.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`,
    Effect: 'Deny',
    ...who,
    ...(actions ? { Action: short(actions) } : { NotAction: short(otherActions ?? []) }),
    Resource: short(resources?.(settings) ?? ['*']),
    ...(Object.keys(all).length > 0 && { Condition: all }),
  };
}

function sparedBy(spared: Spared, { administration, restores }: GuardrailSettings): string | readonly string[] {
  return short(spared === 'administration' ? administration : [...administration, ...restores]);
}

/** Two brackets fewer, of 5,120 characters. */
export function short(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0] : values;
}
