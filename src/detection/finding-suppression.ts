import { Annotations } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type { Construct } from 'constructs';

/** Findings of GuardDuty that are known, and are archived without anybody being told. */
export interface FindingSuppression {
  /** The name of the filter: 3 to 64 letters, digits, `.`, `_` and `-`. */
  readonly name: string;

  /**
   * Why, in a sentence, for an auditor to read. Up to 400 letters, digits, blanks and `-.:_(){}[]/`; GuardDuty takes no others.
   *
   * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html
   */
  readonly reason: string;

  /** Who answers for it: a person or a team. */
  readonly owner: string;

  /** The last day on which findings are suppressed, as `YYYY-MM-DD` (UTC). A deployment after it takes the filter away. */
  readonly expires: string;

  /** Types of findings, for example `Recon:EC2/Portscan`. */
  readonly findingTypes: string[];

  /**
   * What else must be true of a finding: one of the values, by field, for example of `resource.instanceDetails.instanceId`.
   *
   * @default - every finding of the types
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html
   */
  readonly criteria?: { [field: string]: string[] };
}

/** Three words or more. */
const SENTENCE = /\S+\s+\S+\s+\S+/;
const REASON = /^[\w\s.:\-(){}[\]/]{1,400}$/;

/** The filter that suppresses findings; none when its time is over, with a warning. */
export function suppress(scope: Construct, detectorId: string, suppression: FindingSuppression): guardduty.CfnFilter | undefined {
  check(suppression);
  const { name, reason, owner, expires, findingTypes, criteria = {} } = suppression;
  if (new Date().toISOString().slice(0, 10) > expires) {
    Annotations.of(scope).addWarningV2(
      'cdk-soc2:suppression-expired',
      `The suppression '${name}' is over since ${expires}: its findings alert again. Take it away, or say a new day and why`,
    );
    return undefined;
  }
  const fields = Object.entries({ type: findingTypes, ...criteria });
  return new guardduty.CfnFilter(scope, `Suppression-${name}`, {
    detectorId,
    name,
    action: 'ARCHIVE',
    description: `${reason} - until ${expires}`,
    findingCriteria: { criterion: Object.fromEntries(fields.map(([field, values]) => [field, { Equals: values }])) },
    tags: [
      { key: 'expires', value: expires },
      { key: 'owner', value: owner },
    ],
  });
}

function check({ name, reason, owner, expires, findingTypes, criteria = {} }: FindingSuppression): void {
  const of = `of the suppression '${name}'`;
  if (!/^[\w.-]{3,64}$/.test(name))
    throw new Error(`'name' of a suppression must be 3 to 64 letters, digits, '.', '_' and '-', got '${name}'`);
  if (!SENTENCE.test(reason) || !REASON.test(reason)) {
    throw new Error(
      `'reason' ${of} must say why in a sentence of up to 400 letters, digits, blanks and -.:_(){}[]/, got '${reason}': an auditor reads it`,
    );
  }
  if (owner.trim() === '') throw new Error(`'owner' ${of} must not be empty: name who answers for it`);
  if (!isDay(expires)) throw new Error(`'expires' ${of} must be a day as YYYY-MM-DD, got '${expires}'`);
  if (findingTypes.length === 0)
    throw new Error(`'findingTypes' ${of} must name a type of finding, got none: a filter without one suppresses every finding`);
  const empty = Object.entries(criteria).find(([field, values]) => values.length === 0 || field === 'type');
  if (empty)
    throw new Error(`'criteria' ${of} must have values for each field, and no field 'type', got ${JSON.stringify(empty)}`);
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
