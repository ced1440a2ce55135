import { TrustServicesCategory } from '../criteria/trust-services-category';
import { type CriterionCategory, criterionById } from '../criteria/trust-services-criteria';
import { InputError } from '../model/errors';
import type { Rule } from '../rules/rule';

/** Which categories of criteria an audit covers, in their order. */
export type AuditScope = readonly CriterionCategory[];

/** Every category. */
export const FULL_SCOPE: AuditScope = Object.values(TrustServicesCategory);

/**
 * The scope that names stand for; every category when there are none. Security is part of every audit.
 *
 * @param option how the person who reads of a mistake knows the option.
 */
export function auditScope(names: readonly string[] | undefined, option: string): AuditScope {
  const wrong = names?.find((name) => !isCategory(name));
  if (wrong !== undefined) throw new InputError(`${option} must name categories (${FULL_SCOPE.join(', ')}), got '${wrong}'`);
  return names
    ? FULL_SCOPE.filter((category) => category === TrustServicesCategory.SECURITY || names.includes(category))
    : FULL_SCOPE;
}

/** Whether a name is one of a category. */
export function isCategory(name: unknown): name is CriterionCategory {
  return FULL_SCOPE.some((category) => category === name);
}

/** Whether a rule supports a criterion that is audited. What is no known criterion is not taken for out of scope. */
export function isInScope({ criteria }: Pick<Rule, 'criteria'>, scope: AuditScope): boolean {
  if (scope.length === FULL_SCOPE.length) return true;
  return criteria
    .map((id): CriterionCategory | undefined => criterionById(id).category)
    .some((each) => !each || scope.includes(each));
}

/** The rules that judge nothing because none of their criteria is audited. */
export function outOfScope(rules: readonly Rule[], scope: AuditScope): Rule[] {
  return rules.filter((rule) => !isInScope(rule, scope));
}

/** What is audited and, by name, which rules therefore judge nothing; nothing to say when every category is. */
export function describeOutOfScope(rules: readonly Rule[], scope: AuditScope): string[] {
  const others = outOfScope(rules, scope).map(({ id, slug }) => `${id} ${slug}`);
  if (others.length === 0) return [];
  return [
    `Audited: ${scope.join(', ')}. ${others.length} of ${rules.length} rules are about other categories and judged nothing: ${others.join(', ')}`,
  ];
}

/** All that at least one of several audits covers. */
export function unionOf(scopes: readonly AuditScope[]): AuditScope {
  return scopes.length === 0 ? FULL_SCOPE : FULL_SCOPE.filter((category) => scopes.some((scope) => scope.includes(category)));
}
