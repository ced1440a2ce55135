import { CfnResource, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { applyEverywhere } from '../environment/aspects';
import { METADATA_KEY } from '../model/metadata-key';
import { transformedType } from '../model/transforms';
import { RULES } from '../rules';
import type { Rule } from '../rules/rule';
import { RULE_ID } from './additional-rule';
import { type ExceptionDeclaration, findRule, isDay } from './declarations';
import { qualifiedId } from './names';

/** An accepted deviation from a rule. */
export interface Soc2ExceptionProps {
  /** Id or slug of the rule, for example `S3.8` or `s3-bucket-versioning`; the id for a rule of your own. */
  readonly rule: string;
  /** Why the deviation is acceptable, for an auditor to read. */
  readonly reason: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Where the decision is recorded. */
  readonly ticket: string;
  /** Last day on which the exception counts, as `YYYY-MM-DD` (UTC). From the next day on, synthesis fails. */
  readonly expires: string;
}

/**
 * Accepts deviations from rules, for a construct and everything below it.
 *
 * An exception has a reason, an owner, a ticket and a last day. It is recorded where every reader finds it: as an acknowledged
 * rule in the report of the CDK, in the `Metadata` of the resources it covers (in the `Metadata` of the template for a rule
 * about the environment), and in the ledger. When it has expired, it does not count any more and synthesis fails.
 *
 * Add it as low in the construct tree as you can: it covers every resource below the construct that the rule applies to.
 *
 * @example
 * declare const exports: s3.Bucket;
 *
 * Soc2Exception.of(exports).add({
 *   rule: 's3-bucket-versioning',
 *   reason: 'Holds nightly exports that can be made again from the database within the hour',
 *   owner: 'data platform team',
 *   ticket: 'SEC-1234',
 *   expires: '2027-06-30',
 * });
 */
export class Soc2Exception {
  /**
   * Exceptions for a construct and everything below it.
   *
   * @param scope an app, a stage, a stack, or any construct in it.
   */
  public static of(scope: IConstruct): Soc2Exception {
    return new Soc2Exception(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accept a deviation.
   *
   * @throws when there is no such rule, when a text is empty, or when `expires` is not a day of the calendar.
   */
  public add(props: Soc2ExceptionProps): void {
    const rule = ruleOf(props.rule);
    for (const name of ['reason', 'owner', 'ticket'] as const) {
      if (props[name].trim() === '')
        throw new Error(`'${name}' of an exception to ${rule.id} must not be empty: an auditor reads it`);
    }
    if (!isDay(props.expires)) {
      throw new Error(`'expires' of an exception to ${rule.id} must be a day as YYYY-MM-DD, got '${props.expires}'`);
    }
    const { reason, owner, ticket, expires } = props;
    const declaration: ExceptionDeclaration = { rule: rule.id, reason, owner, ticket, expires, at: this.scope.node.path };
    this.scope.node.addMetadata(EXCEPTION_METADATA, declaration);
    Validations.of(this.scope).acknowledge({
      id: qualifiedId(rule),
      reason: `${reason} (owner: ${owner}; ticket: ${ticket}; expires: ${expires})`,
    });
    applyEverywhere(
      this.scope,
      rule.scope === 'environment' ? new RecordInTemplate(declaration) : new RecordInResources(declaration, rule.resourceTypes),
    );
  }
}

/** What an exception needs to know of a rule. Which types a rule of the user is about, only the pack knows. */
interface ExceptedRule {
  readonly id: string;
  readonly scope?: Rule['scope'];
  readonly resourceTypes?: readonly string[];
}

function ruleOf(name: string): ExceptedRule {
  const isOwn = RULE_ID.test(name) && !RULES.some(({ id }) => id.split('.')[0] === name.split('.')[0]);
  return isOwn ? { id: name } : findRule(RULES, name);
}

/** Type of the construct metadata that keeps a declared exception. */
export const EXCEPTION_METADATA = 'cdk-soc2:exception';

class RecordInResources implements IAspect {
  constructor(
    private readonly declaration: ExceptionDeclaration,
    private readonly types: readonly string[] | undefined,
  ) {}

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    const { cfnResourceType: type } = node;
    if (this.types && !this.types.includes(type) && !this.types.includes(transformedType(type) ?? type)) return;
    node.addMetadata(METADATA_KEY, withException(node.getMetadata(METADATA_KEY), this.declaration));
  }
}

class RecordInTemplate implements IAspect {
  constructor(private readonly declaration: ExceptionDeclaration) {}

  public visit(node: IConstruct): void {
    if (!Stack.isStack(node)) return;
    const { metadata } = node.templateOptions;
    node.templateOptions.metadata = { ...metadata, [METADATA_KEY]: withException(metadata?.[METADATA_KEY], this.declaration) };
  }
}

function withException(metadata: { exceptions?: ExceptionDeclaration[] } | undefined, declaration: ExceptionDeclaration): object {
  const declared = metadata?.exceptions ?? [];
  return declared.includes(declaration) ? metadata! : { ...metadata, exceptions: [...declared, declaration] };
}
