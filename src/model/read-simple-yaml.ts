import { type Json, type JsonObject, put } from './json';
import { MOST_LEVELS } from './parsed';
import { argumentOf, functionOf, type MemberLines, noteLine, scalarValue } from './yaml-values';

/**
 * Read the part of YAML that templates are written in, line by line: thirty times as fast as reading all of the language.
 *
 * Whatever looks like anything else, and whatever looks wrong, is left to `readYaml`, which says what is wrong with it.
 *
 * @param lines filled with the lines of all members, when given.
 * @returns undefined when the text is more than this can read.
 */
export function readSimpleYaml(text: string, lines?: MemberLines): JsonObject | undefined {
  try {
    return new Reader(text.replaceAll('\r\n', '\n'), lines).read();
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
    lines?.clear();
    return undefined;
  }
}

/** The text holds more than the reader below understands. */
class Beyond extends Error {}

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const BANG = 0x21;
const ANGLE = 0x3e;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const BAR = 0x7c;

/** A key without quotes, up to the colon that ends it. */
const KEY = /[A-Za-z0-9_/][\w./:-]*?(?=:(?: |$))/y;
const TAG = /![A-Za-z0-9]+(?= |$)/y;
const SINGLE_QUOTED = /'(?:[^']|'')*'/y;
const DOUBLE_QUOTED = /"(?:[^"\\]|\\.)*"/y;
/** Text without quotes in a list or mapping on one line. */
const FLOW_TEXT = /(?:[A-Za-z0-9_/.$+]|-(?=[A-Za-z0-9]))(?:[^,[\]{}:#\s]|:(?=[A-Za-z0-9_/$:])| +(?=[^\s,[\]{}:#]))*/y;
/** What a text without quotes may not begin with. */
const INDICATORS = new Set([...',[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));
/** What a text without quotes may begin with if more of it follows at once. */
const HALF_INDICATORS = new Set([...'-?:'].map((character) => character.charCodeAt(0)));
const BLOCK_HEADER = /^[|>]-?$/;

class Reader {
  private readonly rows: readonly string[];
  /** The line to read next that is more than space and comment. */
  private row = -1;
  /** Its indentation; -1 at the end of the text. */
  private indent = -1;
  /** Where reading within a line ended. */
  private end = 0;

  constructor(
    text: string,
    private readonly lines?: MemberLines,
  ) {
    if (/[\r\uFEFF]/.test(text)) throw new Beyond();
    this.rows = text.split('\n');
  }

  public read(): JsonObject {
    this.advance();
    if (this.indent === 0 && this.rows[this.row] === '---') this.advance();
    if (this.indent !== 0) throw new Beyond();
    const value = this.mapping(0, 0);
    if (this.row < this.rows.length) throw new Beyond();
    return value;
  }

  private advance(): void {
    const { rows } = this;
    for (this.row++; this.row < rows.length; this.row++) {
      const line = rows[this.row];
      const at = skipSpace(line, 0);
      if (at === line.length || line.charCodeAt(at) === HASH) continue;
      if (line.includes('\t')) throw new Beyond();
      this.indent = at;
      return;
    }
    this.indent = -1;
  }

  /** The mapping or list that begins with this line. */
  private block(level: number): Json {
    const column = this.indent;
    return isDash(this.rows[this.row], column) ? this.list(column, level) : this.mapping(column, level);
  }

  private mapping(column: number, level: number): JsonObject {
    if (level >= MOST_LEVELS) throw new Beyond();
    const result: JsonObject = {};
    do {
      const line = this.rows[this.row];
      const name = this.key(line, column);
      if (name === undefined || Object.hasOwn(result, name)) throw new Beyond();
      noteLine(this.lines, result, name, this.row + 1);
      put(result, name, this.value(line, this.end + 1, column, level + 1, true));
    } while (this.indent === column);
    if (this.indent > column) throw new Beyond();
    return result;
  }

  private list(column: number, level: number): Json[] {
    if (level >= MOST_LEVELS) throw new Beyond();
    const result: Json[] = [];
    do {
      noteLine(this.lines, result, result.length, this.row + 1);
      result.push(this.item(this.rows[this.row], column, level + 1));
    } while (this.indent === column && isDash(this.rows[this.row], column));
    if (this.indent > column) throw new Beyond();
    return result;
  }

  private item(line: string, column: number, level: number): Json {
    const start = skipSpace(line, column + 1);
    if (isDash(line, start)) return this.list(start, level);
    if (this.key(line, start) !== undefined) return this.mapping(start, level);
    return this.value(line, column + 1, column, level, false);
  }

  /** The key at a place; `end` is then at its colon. */
  private key(line: string, start: number): string | undefined {
    const first = line.charCodeAt(start);
    let name: string | undefined;
    if (first === QUOTE || first === APOSTROPHE) {
      name = this.quoted(line, start);
      if (line.charCodeAt(this.end) !== COLON || !isSpaceOrEnd(line, this.end + 1)) return undefined;
    } else {
      name = match(KEY, line, start);
      if (name === undefined) return undefined;
      this.end = start + name.length;
    }
    return name.length < 1000 ? name : undefined;
  }

  /** The value behind a colon or dash. Lines that belong to it stand further right than `column`. */
  private value(line: string, from: number, column: number, level: number, mayAlignList: boolean): Json {
    const start = skipSpace(line, from);
    if (isBlankFrom(line, start)) {
      this.advance();
      if (this.indent > column) return this.block(level);
      if (mayAlignList && this.indent === column && isDash(this.rows[this.row], column)) return this.list(column, level);
      return null;
    }
    if (line.charCodeAt(start) !== BANG) return this.inline(line, start, column, level, false);
    const name = this.tag(line, start);
    const behind = skipSpace(line, this.end);
    if (!isBlankFrom(line, behind)) return { [name]: argumentOf(name, this.inline(line, behind, column, level, true)) };
    this.advance();
    if (this.indent > column) return { [name]: argumentOf(name, this.block(level)) };
    if (mayAlignList && this.indent === column && isDash(this.rows[this.row], column)) throw new Beyond();
    return { [name]: '' };
  }

  private tag(line: string, start: number): string {
    const tag = match(TAG, line, start);
    const name = tag === undefined ? undefined : functionOf(tag);
    if (tag === undefined || name === undefined) throw new Beyond();
    this.end = start + tag.length;
    return name;
  }

  /** A value that begins on the line of its key or dash. */
  private inline(line: string, start: number, column: number, level: number, isTagged: boolean): Json {
    const first = line.charCodeAt(start);
    if (first === BAR || first === ANGLE) return this.blockText(line.slice(start), column);
    let value: Json;
    if (first === QUOTE || first === APOSTROPHE) value = this.quoted(line, start);
    else if (first === OPEN_BRACKET || first === OPEN_BRACE) value = this.flow(line, start, level);
    else return this.plain(line, start, isTagged);
    if (!isBlankFrom(line, skipSpace(line, this.end))) throw new Beyond();
    this.advance();
    return value;
  }

  private plain(line: string, start: number, isTagged: boolean): Json {
    const first = line.charCodeAt(start);
    if (INDICATORS.has(first) || (HALF_INDICATORS.has(first) && isSpaceOrEnd(line, start + 1))) throw new Beyond();
    const comment = line.indexOf(' #', start);
    let end = comment === -1 ? line.length : comment;
    while (line.charCodeAt(end - 1) === SPACE) end--;
    const text = line.slice(start, end);
    if (text.includes(': ') || text.endsWith(':')) throw new Beyond();
    this.advance();
    return isTagged ? text : scalarValue(text);
  }

  private quoted(line: string, start: number): string {
    const isSingle = line.charCodeAt(start) === APOSTROPHE;
    const text = match(isSingle ? SINGLE_QUOTED : DOUBLE_QUOTED, line, start);
    if (text === undefined) throw new Beyond();
    this.end = start + text.length;
    const inner = text.slice(1, -1);
    if (isSingle) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
    if (!inner.includes('\\')) return inner;
    try {
      return JSON.parse(text) as string;
    } catch {
      throw new Beyond();
    }
  }

  /** Lines that stand for themselves behind `|`, or for one line behind `>`. */
  private blockText(header: string, column: number): string {
    const { rows } = this;
    if (!BLOCK_HEADER.test(header)) throw new Beyond();
    const parts: string[] = [];
    const indent = skipSpace(rows[this.row + 1] ?? '', 0);
    if (indent <= column || indent >= rows[this.row + 1].length) throw new Beyond();
    let row = this.row + 1;
    for (; row < rows.length; row++) {
      const line = rows[row];
      const spaces = skipSpace(line, 0);
      if (spaces < indent && spaces < line.length) break;
      if (spaces === line.length && spaces > indent) throw new Beyond();
      parts.push(line.slice(indent));
    }
    if (row === rows.length && parts[parts.length - 1] !== '') throw new Beyond();
    while (parts[parts.length - 1] === '') parts.pop();
    if (header.startsWith('>') && parts.some((part) => part === '' || /^\s/.test(part))) throw new Beyond();
    this.row = row - 1;
    this.advance();
    return parts.join(header.startsWith('|') ? '\n' : ' ') + (header.endsWith('-') ? '' : '\n');
  }

  /** A list or mapping on one line. */
  private flow(line: string, start: number, level: number): Json[] | JsonObject {
    if (level >= MOST_LEVELS) throw new Beyond();
    const isList = line.charCodeAt(start) === OPEN_BRACKET;
    const close = isList ? CLOSE_BRACKET : CLOSE_BRACE;
    const list: Json[] = [];
    const object: JsonObject = {};
    let at = skipSpace(line, start + 1);
    if (line.charCodeAt(at) !== close) {
      for (;;) {
        if (isList) {
          noteLine(this.lines, list, list.length, this.row + 1);
          list.push(this.flowValue(line, at, level + 1));
        } else this.flowMember(object, line, at, level + 1);
        at = skipSpace(line, this.end);
        if (line.charCodeAt(at) === close) break;
        if (line.charCodeAt(at) !== COMMA) throw new Beyond();
        at = skipSpace(line, at + 1);
      }
    }
    this.end = at + 1;
    return isList ? list : object;
  }

  private flowMember(object: JsonObject, line: string, start: number, level: number): void {
    const name = this.key(line, start);
    if (name === undefined || Object.hasOwn(object, name)) throw new Beyond();
    noteLine(this.lines, object, name, this.row + 1);
    put(object, name, this.flowValue(line, skipSpace(line, this.end + 1), level));
  }

  private flowValue(line: string, start: number, level: number): Json {
    if (line.charCodeAt(start) !== BANG) return this.flowInline(line, start, level, false);
    const name = this.tag(line, start);
    return { [name]: argumentOf(name, this.flowInline(line, skipSpace(line, this.end), level, true)) };
  }

  private flowInline(line: string, start: number, level: number, isTagged: boolean): Json {
    const first = line.charCodeAt(start);
    if (first === QUOTE || first === APOSTROPHE) return this.quoted(line, start);
    if (first === OPEN_BRACKET || first === OPEN_BRACE) return this.flow(line, start, level);
    const text = match(FLOW_TEXT, line, start);
    if (text === undefined) throw new Beyond();
    this.end = start + text.length;
    return isTagged ? text : scalarValue(text);
  }
}

function match(pattern: RegExp, line: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(line)?.[0];
}

function skipSpace(line: string, start: number): number {
  let at = start;
  while (line.charCodeAt(at) === SPACE) at++;
  return at;
}

function isSpaceOrEnd(line: string, at: number): boolean {
  return at >= line.length || line.charCodeAt(at) === SPACE;
}

/** Whether nothing but a comment follows. */
function isBlankFrom(line: string, at: number): boolean {
  return at >= line.length || (line.charCodeAt(at) === HASH && line.charCodeAt(at - 1) === SPACE);
}

function isDash(line: string, at: number): boolean {
  return line.charCodeAt(at) === DASH && isSpaceOrEnd(line, at + 1);
}
