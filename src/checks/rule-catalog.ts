import type { Criterion } from '../criteria/criterion';
import { RULES } from '../rules';
import { isInheritable, type Rule } from '../rules/rule';
import { findRule } from './declarations';

/** What a finding of a rule means for synthesis. */
export enum RuleSeverity {
  /** A finding stops synthesis. */
  ERROR = 'error',
  /** A finding is reported. */
  WARNING = 'warning',
  /** A finding is only recorded in the ledger. */
  INFO = 'info',
}

/** A rule of the library, described. */
export interface RuleInfo {
  /** Service and number, for example `S3.8`; never reused. */
  readonly id: string;
  /** Name of the check in the field, for example `s3-bucket-versioning`. */
  readonly slug: string;
  /** What must be true. */
  readonly title: string;
  /** Criteria that the rule supports, the most relevant first. */
  readonly criteria: Criterion[];
  /** Id of the control that the rule tests; see CONTROLS.md. */
  readonly control: string;
  /** What a finding means for synthesis. */
  readonly severity: RuleSeverity;
  /** CloudFormation types that the rule looks at. */
  readonly resourceTypes: string[];
  /** Whether the rule is about an account and Region as a whole. */
  readonly environment: boolean;
  /** Whether another team may provide what the rule asks for, so that an app can declare it as an inherited control. */
  readonly inheritable: boolean;
  /** Why an auditor cares. */
  readonly rationale: string;
  /** What to change. */
  readonly remediation: string;
}

/** The rules of the library, for tools that list them. */
export class RuleCatalog {
  /** Every rule, in the order of RULES.md. */
  public static all(): RuleInfo[] {
    return RULES.map(describe);
  }

  /**
   * A rule by its id or slug.
   *
   * @param name for example `S3.8` or `s3-bucket-versioning`.
   * @throws when there is no such rule.
   */
  public static get(name: string): RuleInfo {
    return describe(findRule(RULES, name));
  }

  private constructor() {}
}

function describe(rule: Rule): RuleInfo {
  return {
    id: rule.id,
    slug: rule.slug,
    title: rule.title,
    criteria: [...rule.criteria],
    control: rule.control,
    severity: rule.severity as RuleSeverity,
    resourceTypes: [...rule.resourceTypes],
    environment: rule.scope === 'environment',
    inheritable: isInheritable(rule),
    rationale: rule.rationale,
    remediation: rule.remediation,
  };
}
