import { isObject, isScalar, type Json, type JsonObject, own } from './json';
import { pseudoParameter } from './pseudo-parameters';
import { type Context, type Resolved, resolve, unknown } from './resolve';
import type { Scenario } from './scenario';
import type { Template } from './template';

/** A parameter or pseudo parameter that only a deployment decides, in the stack that is deployed with it. */
interface FreeParameter {
  readonly template: Template;
  readonly name: string;
}

/** The value of a parameter: what the parent stack passes, what the scenario says, the default, or what may be chosen. */
export function resolveParameter(name: string, declaration: JsonObject, context: Context): Resolved {
  const type = typeof declaration.Type === 'string' ? declaration.Type : 'String';
  const text = `\${${name}}`;
  if (isStored(declaration))
    return unknown(`parameter '${name}' is read from Parameter Store at deployment`, { nonEmpty: true, text });

  const { template, deciding = false } = context;
  if (template.parent) {
    const passed = context.scenario.once(
      `passed ${template.key} ${name} ${deciding}`,
      () => passedByParent(name, context),
      () => unknown(`parameter '${name}' depends on itself`, { text }),
    );
    if (passed.kind !== 'absent') return typed(passed, name, type);
  }
  if (declaration.NoEcho === true || declaration.NoEcho === 'true')
    return unknown(`parameter '${name}' is a secret`, { nonEmpty: cannotBeEmpty(type, declaration), text });

  // Nobody is asked for the parameters of a nested stack.
  const value = template.parent ? defaultOf(declaration) : chosen({ template, name }, declaration, context);
  if (value !== undefined) return typed(resolve(value, context), name, type);
  const nonEmpty = cannotBeEmpty(type, declaration) || knowledgeOf({ template, name }, context.scenario).isNot.has('');
  return unknown(`parameter '${name}' is set at deployment`, { nonEmpty, text });
}

/** The value of a pseudo parameter that is not known, when a condition settles it. */
export function settledByCondition(name: string, context: Context): string | undefined {
  const value = chosen({ template: stackOf(name, context.template), name }, {}, context);
  return value === undefined ? undefined : String(value);
}

/** The parameter that a condition compares, when only a deployment decides about it. */
export function freeParameter(raw: Json | undefined, { template }: { readonly template: Template }): FreeParameter | undefined {
  const name = isObject(raw) && Object.keys(raw).length === 1 ? raw.Ref : undefined;
  if (typeof name !== 'string' || name === 'AWS::NoValue') return undefined;
  if (name.startsWith('AWS::'))
    return pseudoParameter(name, template) === undefined ? { template: stackOf(name, template), name } : undefined;
  const declaration = template.section('Parameters', name);
  if (!isObject(declaration)) return undefined;
  const { parent } = template;
  if (!parent || isStored(declaration)) return { template, name };
  const passed = parametersOf(parent);
  return isObject(passed) ? freeParameter(own(passed, name), parent) : undefined;
}

/** Whether a free parameter equals a value, consistently within a scenario. */
export function parameterEquals(parameter: FreeParameter, literal: string, { scenario }: Context): boolean {
  const { template, name } = parameter;
  const knowledge = knowledgeOf(parameter, scenario);
  const { is, isNot } = knowledge;
  if (is) {
    scenario.branch(is.question);
    return String(is.value) === literal;
  }
  const declaration = template.section('Parameters', name);
  const allowed = isObject(declaration) ? allowedOf(declaration) : undefined;
  const left = allowed?.filter((value) => !isNot.has(String(value)));
  if (isNot.has(literal) || (left && !left.some((value) => String(value) === literal))) {
    scenario.branch(isNot.get(literal) ?? '');
    return false;
  }
  if (left?.length === 1) {
    knowledge.is = { value: left[0], question: [...isNot.values()].pop() ?? '' };
    return true;
  }
  if (knowledge.wasRead) scenario.askTooLate(keyOf(parameter), literal);
  const answer = ask(parameter, literal, isObject(declaration) ? defaultOf(declaration) : undefined, scenario);
  scenario.branch(questionOf(parameter, literal));
  return answer;
}

/** What a scenario has said of a parameter so far. */
interface Knowledge {
  is?: { readonly value: Json; readonly question: string };
  /** Values that it is not, and the question that says so. */
  readonly isNot: Map<string, string>;
  /** True when it was taken for its default, or for unknown. */
  wasRead: boolean;
}

function knowledgeOf(parameter: FreeParameter, scenario: Scenario): Knowledge {
  return scenario.once(keyOf(parameter), (): Knowledge => ({ isNot: new Map(), wasRead: false }));
}

function keyOf({ template, name }: FreeParameter): string {
  return `parameter ${template.key} ${name}`;
}

function questionOf(parameter: FreeParameter, literal: string): string {
  return `is ${keyOf(parameter)} ${literal}`;
}

function ask(parameter: FreeParameter, literal: string, fallback: Json | undefined, scenario: Scenario): boolean {
  const knowledge = knowledgeOf(parameter, scenario);
  const question = questionOf(parameter, literal);
  const answers = [true, false];
  // The template's own value is tried first.
  if (fallback === undefined || String(fallback) !== literal) answers.reverse();
  const words = answers.map((answer) => `parameter '${parameter.name}' is ${answer ? '' : 'not '}'${literal}'`);
  const answer = answers[scenario.choose(question, words)];
  if (answer) knowledge.is = { value: literal, question };
  else knowledge.isNot.set(literal, question);
  return answer;
}

/**
 * The value that a scenario gives to a free parameter; undefined when it may be anything.
 *
 * One with allowed values is each of them in turn. Any other is taken for its default, unless a condition asks about it.
 */
function chosen(parameter: FreeParameter, declaration: JsonObject, context: Context): Json | undefined {
  const { scenario, deciding } = context;
  const knowledge = knowledgeOf(parameter, scenario);
  const fallback = defaultOf(declaration);
  const allowed = allowedOf(declaration);
  scenario.assume();
  if (allowed && !knowledge.is) {
    const isDefault = (value: Json) => String(value) === String(fallback);
    const left = allowed
      .filter((value) => !knowledge.isNot.has(String(value)))
      .sort((a, b) => Number(isDefault(b)) - Number(isDefault(a)));
    const question = `value ${keyOf(parameter)}`;
    const words = left.map((value) => `parameter '${parameter.name}' is '${String(value)}'`);
    knowledge.is = { value: left[scenario.choose(question, words)], question };
  }
  if (!allowed && !knowledge.is) {
    knowledge.wasRead = true;
    for (const literal of scenario.earlyLiterals(keyOf(parameter))) {
      if (knowledge.isNot.has(literal)) continue;
      const answer = ask(parameter, literal, fallback, scenario);
      if (deciding) scenario.branch(questionOf(parameter, literal));
      if (answer) break;
    }
  }
  if (deciding) {
    if (knowledge.is) scenario.branch(knowledge.is.question);
    return knowledge.is?.value;
  }
  const depart = (question: string) => (allowed ? scenario.depart(question) : scenario.guess(question));
  if (knowledge.is) {
    if (fallback === undefined || String(knowledge.is.value) !== String(fallback)) depart(knowledge.is.question);
    return knowledge.is.value;
  }
  const denied = fallback === undefined ? undefined : knowledge.isNot.get(String(fallback));
  if (denied === undefined) return fallback;
  depart(denied);
  return undefined;
}

function passedByParent(name: string, context: Context): Resolved {
  const { parent } = context.template;
  if (!parent) return { kind: 'absent' };
  const outside = { ...context, template: parent.template, depth: context.depth + 1 };
  const passed = resolve(parametersOf(parent), outside);
  if (passed.kind === 'absent') return passed;
  if (passed.kind !== 'known' || !isObject(passed.value))
    return unknown(`only deployment knows what is passed for parameter '${name}'`, { text: `\${${name}}` });
  return resolve(own(passed.value, name), { ...outside, template: passed.template });
}

/** What a nested-stack resource passes to its stack. */
function parametersOf({ template, logicalId }: NonNullable<Template['parent']>): Json | undefined {
  const properties = template.resources.get(logicalId)?.body.Properties;
  return isObject(properties) ? own(properties, 'Parameters') : undefined;
}

/** The template of the stack that a pseudo parameter is about: nested stacks share the place that they are deployed to. */
function stackOf(name: string, template: Template): Template {
  return template.parent && SHARED.has(name) ? stackOf(name, template.parent.template) : template;
}

const SHARED: ReadonlySet<string> = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);

/** Whether a parameter is the name of a value in Parameter Store, and stands for that value. */
function isStored({ Type: type }: JsonObject): boolean {
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value');
}

function allowedOf(declaration: JsonObject): readonly Json[] | undefined {
  const { AllowedValues: values } = declaration;
  if (!Array.isArray(values) || isStored(declaration)) return undefined;
  const different = new Map(values.filter(isScalar).map((value) => [String(value), value]));
  return different.size > 0 ? [...different.values()] : undefined;
}

/** The default of a parameter, which is a text or a number. */
function defaultOf({ Default: value }: JsonObject): Json | undefined {
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar)) ? value : undefined;
}

/** A value as a parameter of a type takes it: a list is written as one text. */
function typed(value: Resolved, name: string, type: string): Resolved {
  if (value.kind !== 'known') return value;
  const { value: raw, template } = value;
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (isScalar(raw)) {
    if (!isList) return value;
    const text = String(raw);
    return { kind: 'known', value: text === '' ? [] : text.split(',').map((item) => item.trim()), template };
  }
  return isList && Array.isArray(raw) ? value : unknown(`parameter '${name}' is given something that it does not take`);
}

function cannotBeEmpty(type: string, declaration: JsonObject): boolean {
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) return false;
  return type.startsWith('AWS::') || type === 'Number' || Number(declaration.MinLength) > 0;
}
