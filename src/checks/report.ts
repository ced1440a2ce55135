import type { PolicyViolation } from 'aws-cdk-lib';
import type { Finding } from '../model/observation';
import { constructPathOf } from '../model/resource';
import { blocks } from './blocks';
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
}

/** What a judgement adds to the report of the CDK; undefined when it adds nothing. */
export function violationOf(judgement: Judgement, options: ReportOptions): PolicyViolation | undefined {
  const { evaluation, verdict, exception } = judgement;
  const { rule, entry, findings, environment } = evaluation;
  if (verdict === 'pass' || verdict === 'inherited') return undefined;
  if (rule.severity === 'info' && !blocks(judgement, options.strict)) return undefined;
  if (exception?.state === 'built-in' || (verdict === 'exception' && !entry)) return undefined;
  const where = entry ? '' : ` in ${environment.id}`;
  const details = findings.slice(0, MOST_DETAILS).map(describe);
  if (findings.length > MOST_DETAILS) details.push(`and ${findings.length - MOST_DETAILS} more findings, see the ledger`);
  return {
    ruleName: reportName(rule),
    description: [
      `${rule.id} ${rule.title}${where}${expiry(judgement)}`,
      ...(options.verbose ? [rule.rationale] : []),
      ...details,
    ].join('\n   '),
    fix: rule.remediation,
    severity: severityOf(judgement, options.strict),
    ruleMetadata: { slug: rule.slug, criteria: rule.criteria.join(', '), control: rule.control, verdict },
    violatingResources: [
      entry
        ? {
            constructPath: constructPathOf(entry),
            resourceLogicalId: entry.logicalId,
            templatePath: options.templatePath(entry.template.path),
            locations: [...new Set(findings.flatMap(({ path }) => path ?? []))],
          }
        : { locations: [] },
    ],
  };
}

const MOST_DETAILS = 5;

/** `fatal` is what the CDK lets nobody acknowledge. */
function severityOf(judgement: Judgement, strict: boolean): string {
  const { evaluation, verdict, exception } = judgement;
  if (evaluation.crash !== undefined || (exception && exception.state !== 'active'))
    return blocks(judgement, strict) ? 'fatal' : 'warning';
  return (verdict === 'fail' || verdict === 'exception' || strict) && evaluation.rule.severity === 'error' ? 'error' : 'warning';
}

function expiry({ exception }: Judgement): string {
  if (exception?.state === 'expired') {
    return ` (its exception, ticket ${exception.declaration.ticket} of ${exception.declaration.owner}, has expired: it counted until ${exception.declaration.expires})`;
  }
  return exception?.state === 'not allowed' ? ' (its exception does not count: no exception may set this rule aside here)' : '';
}

function describe({ path, problem, found, expected, resource }: Finding): string {
  const place = path === undefined ? '' : `${resource?.logicalId ?? ''}.${path}: `;
  const seen = found === 'nothing' || problem.includes(found) ? '' : `, found ${found}`;
  return `${place}${problem}${seen}, expected ${expected}`;
}
