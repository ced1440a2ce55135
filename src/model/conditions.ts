import { canonical, isObject, type Json } from './json';
import { freeParameter, parameterEquals } from './parameters';
import { type Context, resolve, textOf } from './resolve';

const MOST_DEPTH = 100;

/** Whether a condition of the template holds. What only deployment knows is answered by the scenario, both ways in turn. */
export function decide(name: string, context: Context): boolean {
  return holds(context.template.section('Conditions', name), name, context, 0);
}

function holds(expression: Json | undefined, name: string, context: Context, depth: number): boolean {
  const open = () => choose(`condition '${name}'`, `${context.template.path} condition ${name} ${depth}`, context);
  if (!isObject(expression) || depth > MOST_DEPTH) return open();
  const recur = (inner: Json) => holds(inner, name, context, depth + 1);
  if (typeof expression.Condition === 'string') {
    return holds(context.template.section('Conditions', expression.Condition), expression.Condition, context, depth + 1);
  }
  const { 'Fn::And': and, 'Fn::Or': or, 'Fn::Not': not, 'Fn::Equals': equals } = expression;
  if (Array.isArray(and)) return and.every(recur);
  if (Array.isArray(or)) return or.some(recur);
  if (Array.isArray(not)) return !recur(not[0]);
  if (Array.isArray(equals) && equals.length === 2) return areEqual(equals[0], equals[1], name, context);
  return open();
}

function areEqual(left: Json, right: Json, name: string, context: Context): boolean {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ]) {
    const parameter = freeParameter(side, context);
    if (parameter !== undefined && (typeof other !== 'object' || other === null))
      return parameterEquals(parameter, String(other), context);
  }
  const [a, b] = [resolve(left, context), resolve(right, context)];
  const free = freeParameter(left, context) ?? freeParameter(right, context);
  if (free === undefined && a.kind === 'known' && b.kind === 'known') return textOf(a) === textOf(b);
  return choose(`condition '${name}'`, `${context.template.path} equals ${canonical([left, right])}`, context);
}

function choose(what: string, question: string, { scenario }: Context): boolean {
  return scenario.choose(question, [`${what} is true`, `${what} is false`]) === 0;
}
