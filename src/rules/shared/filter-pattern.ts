import { isObject, type Json, own } from '../../model/json';
import { allAre, anyIs, isNot, type Ternary } from './ternary';
import { followsWildcard } from './wildcard';

/** Whether a log event in JSON is picked; undefined when that cannot be told. */
export type FilterTest = (event: Json) => Ternary;

/** What a filter pattern of CloudWatch Logs picks: `{ ($.eventName = "StopLogging") || … }`. Other notations are not read. */
export function readFilterPattern(text: string): FilterTest {
  const inside = /^\s*\{([\s\S]*)\}\s*$/.exec(text);
  const tokens = inside && tokenize(inside[1]);
  const reader = tokens ? new Reader(tokens) : undefined;
  const test = reader?.any();
  return test && reader?.isAtEnd ? test : unreadable;
}

const unreadable: FilterTest = () => undefined;

const TOKEN = /\s*(\(|\)|&&|\|\||!=|<=|>=|[=<>]|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s()&|=!<>"%]+)\s*/y;

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    tokens.push(match[1]);
  }
  return tokens;
}

/** `&&` binds closer than `||`. */
class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  public get isAtEnd(): boolean {
    return this.position === this.tokens.length;
  }

  public any(): FilterTest | undefined {
    return this.list('||', () => this.all(), anyIs);
  }

  private all(): FilterTest | undefined {
    return this.list('&&', () => this.one(), allAre);
  }

  private list(
    operator: string,
    member: () => FilterTest | undefined,
    combine: (answers: readonly Ternary[]) => Ternary,
  ): FilterTest | undefined {
    const members: FilterTest[] = [];
    do {
      const test = member();
      if (!test) return undefined;
      members.push(test);
    } while (this.take(operator));
    return members.length === 1 ? members[0] : (event) => combine(members.map((test) => test(event)));
  }

  private one(): FilterTest | undefined {
    if (this.take('(')) {
      const test = this.any();
      return test && this.take(')') ? test : undefined;
    }
    const selector = this.next();
    if (selector === undefined || !SELECTOR.test(selector)) return undefined;
    const path = selector.slice(1).match(/[^.[\]]+/g) ?? [];
    const [operator, operand] = [this.next(), this.next()];
    if (operator === undefined || operand === undefined) return undefined;
    return (event) => compare(fieldAt(event, path), operator, operand);
  }

  private take(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  private next(): string | undefined {
    return this.tokens[this.position++];
  }
}

const SELECTOR = /^\$(\.[^.[\]*]+(\[\d+\])*)+$/;

function fieldAt(event: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isObject(value) ? own(value, key) : undefined;
  }, event);
}

function compare(field: Json | undefined, operator: string, operand: string): Ternary {
  switch (`${operator} ${operand}`) {
    case 'NOT EXISTS':
      return field === undefined;
    case 'IS NULL':
      return field === null;
    case 'IS TRUE':
      return field === true;
    case 'IS FALSE':
      return field === false;
  }
  // What is not there is not equal to anything; whether it is then unequal, the documentation does not say.
  if (field === undefined) return operator === '!=' ? undefined : false;
  if (operator === '=') return equals(field, operand);
  return operator === '!=' ? isNot(equals(field, operand)) : undefined;
}

/** Regular expressions, and expressions in lists and objects, are not read. */
function equals(field: Json, operand: string): Ternary {
  if (operand.startsWith('%') || (typeof field === 'object' && field !== null)) return undefined;
  const wanted = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  return followsWildcard(wanted, String(field));
}
