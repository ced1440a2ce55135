import type { ControlId } from '../criteria/controls';
import type { Criterion } from '../criteria/criterion';
import type { EnvironmentView } from '../model/environment-view';
import type { JsonObject } from '../model/json';
import type { Observation } from '../model/observation';
import type { Resource } from '../model/resource';

/** `error` blocks synthesis, `warning` is reported, `info` is only recorded. */
export type Severity = 'error' | 'warning' | 'info';

/** Plain CloudFormation: a mapping of resources, or a whole template (then it has a `Resources` key). */
export type Example = JsonObject;

interface RuleDescription {
  /** Service and number, for example `S3.2`. Never reused. */
  readonly id: string;
  /** Name of the check in the field, in kebab case; also the name of the file. */
  readonly slug: string;
  /** Slugs of checks that this one answers as well. */
  readonly aliases?: readonly string[];
  /** What must be true, without a full stop. */
  readonly title: string;
  /** Criteria that the rule supports, the most relevant first. */
  readonly criteria: readonly Criterion[];
  /** The control that the rule tests. */
  readonly control: ControlId;
  readonly severity: Severity;
  /** Why an auditor cares. */
  readonly rationale: string;
  /** What a CDK user changes. */
  readonly remediation: string;
  /** Where the field says the same: ids of other rule sets, documentation. */
  readonly references: readonly string[];
  /** Examples are the tests and the documentation. */
  readonly examples: {
    readonly pass: Readonly<Record<string, Example>>;
    readonly fail: Readonly<Record<string, Example>>;
    readonly undetermined?: Readonly<Record<string, Example>>;
  };
}

/** A rule about one resource at a time, with its neighbours. */
export interface ResourceRule extends RuleDescription {
  readonly scope?: 'resource';
  /** CloudFormation types that the rule applies to. */
  readonly resourceTypes: readonly string[];
  /** Whether another team may provide what is missing, so that an app can declare it as an inherited control. */
  readonly inheritable?: boolean;
  /** Which of those resources the rule applies to; all of them when not given. */
  readonly applies?: (resource: Resource) => boolean;
  /** What is wrong; nothing when all is well. */
  readonly check: (resource: Resource) => Observation[];
}

/** A rule about an account and Region as a whole. */
export interface EnvironmentRule extends RuleDescription {
  readonly scope: 'environment';
  /** CloudFormation types that the rule looks for. */
  readonly resourceTypes: readonly string[];
  /** What is wrong or missing; nothing when all is well. */
  readonly check: (environment: EnvironmentView) => Observation[];
}

export type Rule = ResourceRule | EnvironmentRule;

export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}

/** Whether what a rule asks for can be an inherited control; what is about an environment always can. */
export function isInheritable(rule: Rule): boolean {
  return rule.scope === 'environment' || rule.inheritable === true;
}
