import { canonical, isObject, isScalar, type Json } from './json';
import { freeParameter, parameterEquals } from './parameters';
import { type Context, isNeverEmpty, plain, resolve } from './resolve';

const MOST_DEPTH = 100;

/** Whether a condition of the template holds. What only deployment knows is answered by the scenario, both ways in turn. */
export function decide(name: string, context: Context): boolean {
  const { template, scenario } = context;
  const open = () => either(name, `condition ${template.key} ${name}`, context);
  return scenario.once(
    `decides ${template.key} ${name}`,
    () => {
      const expression = template.section('Conditions', name);
      return expression === undefined ? open() : holds(expression, name, { ...context, deciding: true }, 0);
    },
    open,
  );
}

function holds(expression: Json, name: string, context: Context, depth: number): boolean {
  const open = () => either(name, `expression ${context.template.key} ${canonical(expression)}`, context);
  if (depth > MOST_DEPTH || !isObject(expression)) return open();
  const [key, ...others] = Object.keys(expression);
  if (others.length > 0) return open();
  const argument = expression[key];
  const recur = (inner: Json) => holds(inner, name, context, depth + 1);
  if (key === 'Condition' && typeof argument === 'string') return decide(argument, context);
  if (!Array.isArray(argument) || argument.length === 0) return open();
  if (key === 'Fn::And') return argument.every(recur);
  if (key === 'Fn::Or') return argument.some(recur);
  if (key === 'Fn::Not' && argument.length === 1) return !recur(argument[0]);
  if (key === 'Fn::Equals' && argument.length === 2) return areEqual(argument[0], argument[1], name, context);
  return open();
}

function areEqual(left: Json, right: Json, name: string, context: Context): boolean {
  const [first, second] = [canonical(left), canonical(right)].sort();
  if (first === second) return true;
  for (const [side, other] of [
    [left, right],
    [right, left],
  ]) {
    const parameter = freeParameter(side, context);
    const literal = parameter && comparable(other, context);
    if (parameter && literal !== undefined) return parameterEquals(parameter, literal, context);
  }
  const [a, b] = [comparable(left, context), comparable(right, context)];
  if (a !== undefined && b !== undefined) return a === b;
  if ((a === '' && isNeverEmpty(resolve(right, context))) || (b === '' && isNeverEmpty(resolve(left, context)))) return false;
  return either(name, `equals ${context.template.key} ${first} ${second}`, context);
}

/** A text that is the same for equal values: `true` and `"true"` are equal. */
function comparable(raw: Json, context: Context): string | undefined {
  const value = plain(raw, context);
  if (value === undefined) return undefined;
  return isScalar(value) ? String(value) : `\u0000${canonical(value)}`;
}

function either(name: string, question: string, { scenario }: Context): boolean {
  const option = scenario.choose(question, [`condition '${name}' is true`, `condition '${name}' is false`]);
  scenario.branch(question);
  return option === 0;
}
