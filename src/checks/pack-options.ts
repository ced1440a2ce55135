import { RULES } from '../rules';
import { isInheritable, type Rule } from '../rules/rule';
import { adopt, type IAdditionalRule } from './additional-rule';
import { auditScope } from './audit-scope';
import { findRule } from './declarations';
import type { InheritedControl, RuleExclusion } from './inherited-control';

/** What an app declares to the pack. */
interface Options {
  readonly inherited?: readonly InheritedControl[];
  readonly exclude?: readonly RuleExclusion[];
  readonly unwaivable?: readonly string[];
  readonly scope?: readonly string[];
}

/** The rules of the library, and those of the user. */
export function withAdditional(additional: readonly IAdditionalRule[]): readonly Rule[] {
  const rules: Rule[] = [...RULES];
  for (const rule of additional.map(adopt)) {
    const taken = rules.find((each) => each.id === rule.id || each.slug === rule.slug);
    if (taken)
      throw new Error(
        `Additional rule ${rule.id} (${rule.slug}) must have an id and a slug of its own: ${taken.id} (${taken.slug}) exists`,
      );
    rules.push(rule);
  }
  return rules;
}

/** Refuse options that name what does not exist, or that leave out what an auditor reads. */
export function refuseBadOptions(props: Options, rules: readonly Rule[]): void {
  for (const { rule, owner, pointer } of props.inherited ?? []) {
    const found = findRule(rules, rule);
    if (!isInheritable(found))
      throw new Error(`'inherited' cannot name ${found.id}: it is about how a resource is set up; use Soc2Exception for that`);
    if (owner.trim() === '' || pointer.trim() === '')
      throw new Error(`The inherited control for ${found.id} must have an 'owner' and a 'pointer'`);
  }
  for (const { rule, reason } of props.exclude ?? []) {
    if (reason.trim() === '')
      throw new Error(`'reason' for leaving out ${findRule(rules, rule).id} must not be empty: an auditor reads it`);
    findRule(rules, rule);
  }
  for (const rule of props.unwaivable ?? []) findRule(rules, rule);
  auditScope(props.scope, "'scope'");
}
