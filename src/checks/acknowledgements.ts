import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ExceptionDeclaration } from './declarations';
import { PACK, qualifiedId } from './names';
import { EXCEPTION_METADATA } from './soc2-exception';

/** A rule that was acknowledged in the plain way of the CDK. */
export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
  /** Construct path. */
  readonly at: string;
}

/** Every exception that was added to a construct. */
export function declaredExceptions(constructs: readonly IConstruct[]): ExceptionDeclaration[] {
  return constructs.flatMap((construct) =>
    construct.node.metadata.filter(({ type }) => type === EXCEPTION_METADATA).map(({ data }) => data),
  );
}

/** Acknowledgements of our rules that say neither who answers for them nor for how long. */
export function bareAcknowledgements(constructs: readonly IConstruct[]): Acknowledgement[] {
  return constructs.flatMap((construct) => {
    const declared = new Set(declaredExceptions([construct]).map(({ rule }) => qualifiedId({ id: rule })));
    return construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ id: id.replace(/^annotation::/i, ''), reason, at: construct.node.path }))
      .filter(({ id }) => id.startsWith(`${PACK}-`) || id.startsWith(`${PACK}::`))
      .filter(({ id }) => !declared.has(id));
  });
}
