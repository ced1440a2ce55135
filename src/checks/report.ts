import type { PolicyViolation } from 'aws-cdk-lib';
import type { Finding } from '../model/observation';
import { constructPathOf } from '../model/resource';
import type { Rule } from '../rules/rule';
import { blocks } from './blocks';
import { fixOf } from './fix';
import type { Judgement } from './judge';
import { reportName } from './names';

/** How findings become violations. */
export interface ReportOptions {
  /** Whether what only deployment knows blocks as well. */
  readonly strict: boolean;
  /** Whether to say why an auditor cares. */
  readonly verbose: boolean;
  /** The absolute path of a template. */
  templatePath(path: string): string;
  /** Where the rule is acknowledged, so that the CDK would pass over the violation; undefined where it is not. */
  acknowledgedAt(rule: Rule, constructPath: string): string | undefined;
}

/** What a judgement adds to the report of the CDK; undefined when it adds nothing. */
export function violationOf(judgement: Judgement, options: ReportOptions): PolicyViolation | undefined {
  const { evaluation, verdict, exception } = judgement;
  const { rule, entry, findings, environment } = evaluation;
  if (verdict === 'pass' || verdict === 'inherited') return undefined;
  if (rule.severity === 'info' && !blocks(judgement, options.strict)) return undefined;
  if (exception?.state === 'built-in' || (verdict === 'exception' && !entry)) return undefined;
  const constructPath = entry && constructPathOf(entry);
  const acknowledgedAt = options.acknowledgedAt(rule, constructPath ?? '');
  const where = entry ? '' : ` in ${environment.id}`;
  const details = findings.slice(0, MOST_DETAILS).map(describe);
  if (findings.length > MOST_DETAILS) details.push(`and ${findings.length - MOST_DETAILS} more findings, see the ledger`);
  return {
    ruleName: reportName(rule),
    description: [
      `${rule.id} ${rule.title}${where}${remark(judgement, acknowledgedAt)}`,
      ...(options.verbose ? [rule.rationale] : []),
      ...details,
    ].join('\n   '),
    fix: fixOf(judgement),
    severity: severityOf(judgement, acknowledgedAt !== undefined, options.strict),
    ruleMetadata: { slug: rule.slug, criteria: rule.criteria.join(', '), control: rule.control, verdict },
    violatingResources: [
      entry
        ? {
            constructPath,
            resourceLogicalId: entry.logicalId,
            templatePath: options.templatePath(entry.template.path),
            locations: [...new Set(findings.flatMap(({ path }) => path ?? []))],
          }
        : { locations: [] },
    ],
  };
}

const MOST_DETAILS = 5;

/**
 * `fatal` is what the CDK lets nobody acknowledge: it would pass over the finding, although no exception counts.
 *
 * An exception that counts is for the CDK to pass over, and to record; one that only the template knows is for information.
 */
function severityOf(judgement: Judgement, isAcknowledged: boolean, strict: boolean): string {
  const { evaluation, verdict, exception } = judgement;
  const { severity } = evaluation.rule;
  if (verdict === 'exception') return isAcknowledged && severity === 'error' ? 'error' : isAcknowledged ? 'warning' : 'info';
  if (!blocks(judgement, strict)) return 'warning';
  return isAcknowledged || evaluation.crash !== undefined || exception || severity !== 'error' ? 'fatal' : 'error';
}

function remark({ exception, verdict }: Judgement, acknowledgedAt: string | undefined): string {
  if (exception?.state === 'expired') {
    return ` (its exception, ticket ${exception.declaration.ticket} of ${exception.declaration.owner}, has expired: it counted until ${exception.declaration.expires})`;
  }
  const { ids, at, reason } = exception?.acknowledgement ?? {};
  if (exception?.state === 'not allowed')
    return ids
      ? ` (that ${ids.join(', ')} is acknowledged at '${at}' does not count: no exception may set this rule aside here)`
      : ' (its exception does not count: no exception may set this rule aside here)';
  if (ids) return ` (accepted, as ${ids.join(', ')} is acknowledged at '${at}': ${reason})`;
  return acknowledgedAt === undefined || verdict === 'exception'
    ? ''
    : ` (acknowledged at '${acknowledgedAt}', but the template records no exception that counts)`;
}

function describe({ path, problem, found, expected, resource }: Finding): string {
  const place = path === undefined ? '' : `${resource?.logicalId ?? ''}.${path}: `;
  const seen = found === 'nothing' || problem.includes(found) ? '' : `, found ${found}`;
  return `${place}${problem}${seen}, expected ${expected}`;
}
