import type { Rule } from '../rules/rule';

/** Name of the pack, as reports show it. */
export const PACK = 'SOC2';

/** Name of a rule in a report of the CDK, for example `SOC2-S3.8`. */
export function reportName(rule: Pick<Rule, 'id'>): string {
  return `${PACK}-${rule.id}`;
}

/** The one form of a rule's id that the CDK keeps in its report when the rule is acknowledged. */
export function qualifiedId(rule: Pick<Rule, 'id'>): string {
  return `${PACK}::${reportName(rule)}`;
}
