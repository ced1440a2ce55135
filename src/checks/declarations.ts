import { InputError } from '../model/errors';
import { isObject, type Json, type JsonObject } from '../model/json';
import { METADATA_KEY } from '../model/metadata-key';
import type { Rule } from '../rules/rule';

/** An accepted deviation from a rule, as a template's `Metadata` records it. */
export interface ExceptionDeclaration {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** Last day on which the exception counts, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Path of the construct that the exception was added to. */
  readonly at: string;
}

/** A control that another app or team provides. */
export interface InheritedDeclaration {
  /** Id or slug of the rule about the environment. */
  readonly rule: string;
  /** Who provides the control. */
  readonly owner: string;
  /** Where its evidence is. */
  readonly pointer: string;
}

/** An acknowledgement of rules of cdk-nag, which counts where an app says that such do. */
export interface NagAcknowledgement {
  /** Ids of those rules, as they were acknowledged: `AwsSolutions-S1`. */
  readonly ids: readonly string[];
  readonly reason: string;
  /** Path of the construct that they were acknowledged at. */
  readonly at: string;
}

/** A rule that an app leaves out. */
export interface ExclusionDeclaration {
  /** Id or slug of the rule. */
  readonly rule: string;
  readonly reason: string;
}

/** Whether there is a rule with an id, slug or alias. */
export function hasRule(rules: readonly Rule[], name: string): boolean {
  return rules.some((rule) => isCalled(rule, name));
}

function isCalled(rule: Rule, name: string): boolean {
  return rule.id === name || rule.slug === name || rule.aliases?.includes(name) === true;
}

/** The rule with an id, slug or alias. */
export function findRule(rules: readonly Rule[], name: string): Rule {
  const found = rules.find((rule) => isCalled(rule, name));
  if (found) return found;
  const word = name.toLowerCase().split(/[.-]/)[0];
  const near = rules
    .filter((rule) => rule.slug.startsWith(word) || rule.id.toLowerCase().startsWith(`${word}.`))
    .map((rule) => `${rule.id} (${rule.slug})`);
  const hint = near.length > 0 ? `Rules with a like name: ${near.join(', ')}` : "See RULES.md for the rules' ids and slugs";
  throw new InputError(`There is no rule '${name}'. ${hint}.`);
}

/** The exceptions that the `Metadata` of a resource or a template records. */
export function exceptionsIn(body: JsonObject): ExceptionDeclaration[] {
  const metadata = isObject(body.Metadata) ? body.Metadata[METADATA_KEY] : undefined;
  const declared = isObject(metadata) && Array.isArray(metadata.exceptions) ? metadata.exceptions : [];
  return declared.filter(isException);
}

const SAID = ['rule', 'reason', 'owner', 'ticket', 'expires'];

function isSaid(value: Json | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** What lacks a reason or an owner is no exception, whoever wrote it into a template. */
function isException(value: Json): value is JsonObject & ExceptionDeclaration {
  return isObject(value) && typeof value.at === 'string' && SAID.every((key) => isSaid(value[key]));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a day, as `YYYY-MM-DD`, is over everywhere that UTC counts. */
export function isOver(day: string, now: Date): boolean {
  return !isDay(day) || now.toISOString().slice(0, 10) > day;
}
