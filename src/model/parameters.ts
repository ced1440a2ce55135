import { isObject, type Json, type JsonObject } from './json';
import { type Context, type Resolved, resolve, unknown } from './resolve';

/** The value of a parameter: what the parent stack passes, what the scenario says, the default, or what may be chosen. */
export function resolveParameter(name: string, parameter: JsonObject, context: Context): Resolved {
  const { template, scenario } = context;
  const passed = passedByParent(name, context);
  if (passed) return passed;

  const type = typeof parameter.Type === 'string' ? parameter.Type : 'String';
  if (type.startsWith('AWS::SSM::Parameter::'))
    return unknown(`parameter '${name}' is read from Parameter Store at deployment`, { nonEmpty: true });
  if (parameter.NoEcho === true || parameter.NoEcho === 'true')
    return unknown(`parameter '${name}' is a secret`, { nonEmpty: Number(parameter.MinLength) > 0 });

  const fallback = parameter.Default ?? undefined;
  const literals = literalsOf(name, context);
  const compared = literals.length === 0 ? 0 : equality(name, context);
  if (compared > 0) {
    const literal = literals[compared - 1];
    if (literal !== String(fallback)) scenario.depart();
    return typed(literal, type, context);
  }

  const allowed = Array.isArray(parameter.AllowedValues) ? parameter.AllowedValues.filter((each) => each !== fallback) : [];
  const values = [...(fallback === undefined ? [] : [fallback]), ...allowed].filter((value) => !literals.includes(String(value)));
  const option = scenario.choose(
    `${template.path} parameter ${name}`,
    values.map((value) => `parameter '${name}' is '${String(value)}'`),
  );
  const value = values[option];
  if (fallback === undefined || value !== fallback) scenario.depart();
  return value === undefined
    ? unknown(`parameter '${name}' is set at deployment`, { nonEmpty: cannotBeEmpty(type, parameter), text: `\${${name}}` })
    : typed(value, type, context);
}

/** Whether a parameter equals a literal, consistently within a scenario. */
export function parameterEquals(name: string, literal: string, context: Context): boolean {
  return literalsOf(name, context)[equality(name, context) - 1] === literal;
}

/** Which of the literals that the conditions compare it with a parameter equals: 1 for the first; 0 for none of them. */
function equality(name: string, context: Context): number {
  const literals = literalsOf(name, context);
  const words = literals.map((literal) => `parameter '${name}' is '${literal}'`);
  return context.scenario.choose(`${context.template.path} equals ${name}`, [`parameter '${name}' is another value`, ...words]);
}

/** A parameter that the parent stack does not pass, and so is free to be anything at deployment. */
export function freeParameter(raw: Json | undefined, context: Context): string | undefined {
  const name = isObject(raw) ? raw.Ref : undefined;
  if (typeof name !== 'string' || !isObject(context.template.section('Parameters', name))) return undefined;
  return passedByParent(name, context) ? undefined : name;
}

function passedByParent(name: string, context: Context): Resolved | undefined {
  const { parent } = context.template;
  if (!parent) return undefined;
  const stack = parent.template.resources.get(parent.logicalId)?.body.Properties;
  const passed = isObject(stack) && isObject(stack.Parameters) ? stack.Parameters[name] : undefined;
  return passed === undefined ? undefined : resolve(passed, { ...context, template: parent.template });
}

const LITERALS = new WeakMap<object, Map<string, string[]>>();

/** The literals that the conditions of a template compare its parameter with. */
function literalsOf(name: string, { template }: Context): readonly string[] {
  let table = LITERALS.get(template);
  if (!table) {
    table = new Map();
    collectLiterals(template.body.Conditions, table);
    LITERALS.set(template, table);
  }
  return table.get(name) ?? [];
}

function collectLiterals(node: Json | undefined, table: Map<string, string[]>): void {
  if (Array.isArray(node)) for (const item of node) collectLiterals(item, table);
  if (!isObject(node)) return;
  const equals = node['Fn::Equals'];
  if (Array.isArray(equals) && equals.length === 2) {
    for (const [side, other] of [equals, [...equals].reverse()]) {
      if (!isObject(side) || typeof side.Ref !== 'string' || (typeof other === 'object' && other !== null)) continue;
      const literals = table.get(side.Ref) ?? [];
      if (!literals.includes(String(other))) literals.push(String(other));
      table.set(side.Ref, literals);
    }
  }
  for (const member of Object.values(node)) collectLiterals(member, table);
}

function typed(value: Json, type: string, context: Context): Resolved {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (isList && typeof value === 'string') {
    return { kind: 'known', value: value === '' ? [] : value.split(',').map((item) => item.trim()), template: context.template };
  }
  return resolve(value, context);
}

function cannotBeEmpty(type: string, parameter: JsonObject): boolean {
  return type.startsWith('AWS::') || type === 'Number' || Number(parameter.MinLength) > 0;
}
