import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Rule } from '../rules/rule';
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

/** The constructs that say something about rules: few, so that the many others are looked at only once. */
export function withDeclarations(constructs: readonly IConstruct[]): IConstruct[] {
  const types = [EXCEPTION_METADATA, Validations.ACKNOWLEDGED_RULES_METADATA_KEY];
  return constructs.filter(({ node }) => node.metadata.some(({ type }) => types.includes(type)));
}

/** Where rules are acknowledged: the CDK passes over their findings there and below. */
export class AcknowledgedPlaces {
  private readonly places = new Set<string>();

  constructor(constructs: readonly IConstruct[]) {
    for (const { id, at } of acknowledgements(constructs)) this.places.add(`${id} ${at}`);
  }

  /** The construct path nearest to a construct at which a rule is acknowledged, the app's being empty. */
  public nearest(rule: Pick<Rule, 'id'>, path: string): string | undefined {
    const id = qualifiedId(rule);
    for (let place = path; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
      if (this.places.has(`${id} ${place}`)) return place;
      if (place === '') return undefined;
    }
  }
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
    return acknowledgements([construct])
      .filter(({ id }) => id.startsWith(`${PACK}-`) || id.startsWith(`${PACK}::`))
      .filter(({ id }) => !declared.has(id));
  });
}

/** Every rule that was acknowledged, ours and those of others. */
export function acknowledgements(constructs: readonly IConstruct[]): Acknowledgement[] {
  return constructs.flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ id: id.replace(/^annotation::/i, ''), reason, at: construct.node.path })),
  );
}
