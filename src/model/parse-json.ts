import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { InputError } from './errors';
import type { Json } from './json';
import { lineTable, MOST_LEVELS, type Parsed, type Path, positionAt, shown, tooDeep } from './parsed';

/** Read strict JSON: no comments, no trailing commas, no key twice, no endless nesting. */
export function parseJson(text: string, file: string): Parsed {
  const ends = scan(text, file);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw syntaxError(text, file);
  }
  return { value, lineOf: lineFinder(text, ends) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where mappings and lists end, by where they begin. */
type Ends = ReadonlyMap<number, number>;

/** A mapping or list that is not closed yet. */
interface Open {
  readonly start: number;
  /** Of a mapping. */
  readonly keys?: Set<string>;
}

/** Refuse keys that are given twice, which `JSON.parse` lets pass, and nesting that recursion could not follow. */
function scan(text: string, file: string): Ends {
  const ends = new Map<number, number>();
  const outer: (Open | undefined)[] = [];
  let open: Open | undefined;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (open?.keys && text.charCodeAt(skipSpace(text, end)) === COLON) {
          const key = stringAt(text, at, end);
          if (open.keys.has(key)) {
            throw new InputError(`${file}:${positionAt(text, at)}: the key '${shown(key)}' is given twice; keep one of them`);
          }
          open.keys.add(key);
        }
        at = end - 1;
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (outer.length === MOST_LEVELS) throw tooDeep(`${file}:${positionAt(text, at)}`);
        outer.push(open);
        open = { start: at, keys: text.charCodeAt(at) === OPEN_BRACE ? new Set() : undefined };
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (open) ends.set(open.start, at + 1);
        open = outer.pop();
        break;
    }
  }
  return ends;
}

/** Offset behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
    code = text.charCodeAt(++at);
  }
  return at;
}

function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return raw;
  }
}

/** Why a text is not JSON, and where: the first of what is wrong with it. */
function syntaxError(text: string, file: string): InputError {
  const errorAt = (offset: number, code: string) => {
    const problem = PROBLEMS[code] ?? 'it cannot be read from here on';
    return new InputError(`${file}:${positionAt(text, offset)}: not valid JSON: ${problem}`);
  };
  try {
    const onError = (code: ParseErrorCode, offset: number) => {
      throw errorAt(offset, printParseErrorCode(code));
    };
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return errorAt(0, 'InvalidSymbol');
}

/** In words, by the names that the parser gives to its errors. */
const PROBLEMS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value; put text in double quotes',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a key in double quotes is needed here; remove a trailing comma before it',
  ValueExpected: 'a value is needed here; remove a trailing comma before it',
  ColonExpected: "a ':' is needed here, between a key and its value",
  CommaExpected: "a ',' is needed here",
  CloseBraceExpected: "a '}' is needed here; the file may be cut off",
  CloseBracketExpected: "a ']' is needed here; the file may be cut off",
  EndOfFileExpected: 'the file goes on behind its end; remove what follows',
  InvalidCommentToken: 'JSON has no comments; remove it',
  UnexpectedEndOfComment: 'JSON has no comments; remove it',
  UnexpectedEndOfString: 'a text is not closed; add the missing double quote',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: "'\\u' needs four hexadecimal digits",
  InvalidEscapeCharacter: "this is no escape that JSON knows; write '\\\\' for a backslash",
  InvalidCharacter: 'a control character must be escaped',
};

/** A member of a mapping or list: where its key, or the member itself, begins, and where its value does. */
interface Member {
  readonly start: number;
  readonly value: number;
}

/** Looks for lines only when it is asked to, and in each mapping or list only once. */
function lineFinder(text: string, ends: Ends): Parsed['lineOf'] {
  const scanned = new Map<number, ReadonlyMap<string, Member>>();
  let lineAt: ReturnType<typeof lineTable> | undefined;
  return (path: Path) => {
    let found: Member = { start: skipSpace(text, 0), value: skipSpace(text, 0) };
    for (const step of path) {
      let members = scanned.get(found.value);
      if (!members) {
        members = membersAt(text, found.value, ends);
        scanned.set(found.value, members);
      }
      const member = members.get(String(step));
      if (!member) break;
      found = member;
    }
    lineAt ??= lineTable(text);
    return lineAt(found.start);
  };
}

function membersAt(text: string, start: number, ends: Ends): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  const opening = text.charCodeAt(start);
  if (opening !== OPEN_BRACE && opening !== OPEN_BRACKET) return members;
  for (let at = skipSpace(text, start + 1), index = 0; at < text.length; index++) {
    const first = text.charCodeAt(at);
    if (first === CLOSE_BRACE || first === CLOSE_BRACKET) break;
    let key = String(index);
    let value = at;
    if (opening === OPEN_BRACE) {
      const end = endOfString(text, at);
      key = stringAt(text, at, end);
      value = skipSpace(text, skipSpace(text, end) + 1);
    }
    members.set(key, { start: at, value });
    at = skipSpace(text, ends.get(value) ?? endOfScalar(text, value));
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return members;
}

/** Offset behind a value that is no mapping and no list. */
function endOfScalar(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return endOfString(text, start);
  let at = start;
  while (at < text.length && !ENDS_OF_SCALARS.has(text.charCodeAt(at))) at++;
  return at;
}

const ENDS_OF_SCALARS: ReadonlySet<number> = new Set([COMMA, CLOSE_BRACE, CLOSE_BRACKET]);
