import type { Statement } from './guardrail';

/**
 * The most that AWS Organizations takes of each type: characters of a policy, and policies that are attached to a root, a unit or an
 * account.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const QUOTAS = {
  SERVICE_CONTROL_POLICY: { characters: 5_120, attached: 5 },
  RESOURCE_CONTROL_POLICY: { characters: 5_120, attached: 5 },
  DECLARATIVE_POLICY_EC2: { characters: 10_000, attached: 10 },
  BACKUP_POLICY: { characters: 10_000, attached: 10 },
  TAG_POLICY: { characters: 10_000, attached: 10 },
} as const;

export type PolicyType = keyof typeof QUOTAS;

const VERSION = '2012-10-17';

/** Characters of a policy as it is stored: without white space. */
export function sizeOf(content: unknown): number {
  return JSON.stringify(content).length;
}

/** A policy that is too long stops synthesis, with what to do. */
export function checkSize(type: PolicyType, name: string, content: unknown, remedy: string): void {
  const { characters } = QUOTAS[type];
  const size = sizeOf(content);
  if (size > characters)
    throw new Error(`The policy '${name}' (${type}) must have at most ${characters} characters, got ${size}: ${remedy}`);
}

/** Put statements into as few policies as hold them, in their order. */
export function packed(type: PolicyType, statements: readonly Statement[]): readonly Statement[] {
  const { characters } = QUOTAS[type];
  const policies: Statement[][] = [];
  for (const statement of statements) {
    const last = policies[policies.length - 1];
    if (last && sizeOf(policyOf([...last, statement])) <= characters) last.push(statement);
    else policies.push([statement]);
  }
  return policies.map(policyOf);
}

/** More policies than a target can have stop synthesis. */
export function checkNumber(type: PolicyType, needed: number, attachedAlready: number): void {
  const { attached } = QUOTAS[type];
  if (needed + attachedAlready <= attached) return;
  throw new Error(
    `The guardrails must take at most ${attached - attachedAlready} policies of type ${type}, got ${needed}: a root, a unit or an account ` +
      `can have ${attached}, and has ${attachedAlready} already. Leave guardrails out with 'without', shorten the lists in the options, or ` +
      'detach policies that are not needed',
  );
}

function policyOf(statements: readonly Statement[]): Statement {
  return { Version: VERSION, Statement: statements };
}
