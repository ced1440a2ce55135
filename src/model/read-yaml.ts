import {
  type Alias,
  Composer,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { InputError } from './errors';
import { isObject, type Json, type JsonObject, put } from './json';
import { lineTable, MOST_LEVELS, positionAt, shown, tooDeep } from './parsed';
import { argumentOf, functionOf, type MemberLines, noteLine, scalarValue } from './yaml-values';

/** More text than this would take many seconds and a gigabyte of memory. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Values that aliases may add; CloudFormation has none, tools that package templates resolve them. */
const MOST_ALIASED = 100_000;

/**
 * Read YAML with all that the language allows. Slow: about 1 MB a second.
 *
 * @param lines filled with the lines of all members, when given.
 */
export function readYaml(text: string, file: string, lines?: MemberLines): Json {
  if (text.length > MOST_CHARACTERS) {
    const problem = 'above 4 MiB, YAML is read only if it is free of errors, anchors, and values that span lines without | or >';
    throw new InputError(`${file}: ${problem}; split it: CloudFormation takes templates up to 1 MB`);
  }
  return new Reader(text, file, lines).read();
}

const STANDARD = 'tag:yaml.org,2002:';
const SCALAR_TAGS = new Set(['bool', 'float', 'int', 'null'].map((name) => STANDARD + name));
const PLAIN_TAGS = new Set(['map', 'seq', 'str'].map((name) => STANDARD + name));

class Reader {
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private readonly lineAt?: (offset: number) => number;
  private aliased = 0;
  private withinAlias = 0;

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly lines?: MemberLines,
  ) {
    if (lines) this.lineAt = lineTable(text);
  }

  public read(): Json {
    const { contents } = composeOne(this.text, this.file);
    return contents === null ? null : this.valueOf(contents, 0);
  }

  private valueOf(node: Node, level: number): Json {
    if (this.withinAlias > 0 && ++this.aliased > MOST_ALIASED) {
      throw this.error(node, `aliases stand for more than ${MOST_ALIASED} values; write out what they repeat`);
    }
    if (isAlias(node)) return this.aliasValue(node, level);
    if (node.anchor && this.withinAlias === 0) this.anchors.set(node.anchor, node);
    return this.tagged(node, isScalar(node) ? this.textValue(node) : this.membersOf(node, level));
  }

  private textValue(node: Scalar): Json {
    const text = String(node.value ?? '');
    const isPlain = node.tag === undefined ? node.type === 'PLAIN' : SCALAR_TAGS.has(node.tag);
    return isPlain ? scalarValue(text) : text;
  }

  private membersOf(node: Node, level: number): Json {
    if (level >= MOST_LEVELS) throw tooDeep(this.place(node));
    this.open.add(node);
    let value: Json[] | JsonObject;
    if (isMap(node)) value = this.mapValue(node, level);
    else if (isSeq(node)) value = this.listValue(node, level);
    else throw this.error(node, 'this is neither a mapping nor a list nor a text');
    this.open.delete(node);
    return value;
  }

  private tagged(node: Node & { tag?: string }, value: Json): Json {
    const { tag } = node;
    if (tag === undefined || tag === '!' || PLAIN_TAGS.has(tag) || SCALAR_TAGS.has(tag)) return value;
    const name = tag.startsWith('!') ? functionOf(tag) : undefined;
    if (name === undefined) {
      const written = tag.startsWith(STANDARD) ? `!!${tag.slice(STANDARD.length)}` : tag;
      throw this.error(node, `CloudFormation has no tag '${shown(written)}'; use one of its functions, such as !Ref or !Sub`);
    }
    return { [name]: argumentOf(name, value) };
  }

  private listValue(list: YAMLSeq, level: number): Json[] {
    const result: Json[] = [];
    for (const item of list.items as Node[]) {
      this.note(result, result.length, item);
      result.push(this.valueOf(item, level + 1));
    }
    return result;
  }

  private mapValue(map: YAMLMap, level: number): JsonObject {
    const result: JsonObject = {};
    const merged: Json[] = [];
    for (const { key, value } of map.items as { key: Node; value: Node | null }[]) {
      if (!isScalar(key) || key.tag !== undefined) throw this.error(key ?? map, 'a key must be a text; put it in quotes');
      const name = String(key.value ?? '');
      if (name === '' && key.type === 'PLAIN') throw this.error(key, "a key is missing before ':'; add one");
      if (Object.hasOwn(result, name)) throw this.error(key, `the key '${shown(name)}' is given twice; keep one of them`);
      const member = value === null ? null : this.valueOf(value, level + 1);
      if (name === '<<' && key.type === 'PLAIN') merged.push(...(Array.isArray(member) ? member : [member]));
      else put(result, name, member);
      this.note(result, name, key);
    }
    for (const source of merged) {
      if (!isObject(source)) throw this.error(map, "'<<' merges mappings only; give it a mapping or a list of mappings");
      for (const name of Object.keys(source)) if (!Object.hasOwn(result, name)) put(result, name, source[name]);
    }
    return result;
  }

  private note(container: object, member: string | number, node: Node): void {
    if (this.lineAt) noteLine(this.lines, container, member, this.lineAt(node.range?.[0] ?? 0));
  }

  private aliasValue(alias: Alias, level: number): Json {
    const target = this.anchors.get(alias.source);
    if (!target)
      throw this.error(alias, `no anchor '&${shown(alias.source)}' stands before this alias; add one or write out the value`);
    if (this.open.has(target))
      throw this.error(alias, `the alias '*${shown(alias.source)}' stands within its own value; write it out`);
    this.withinAlias++;
    const value = this.valueOf(target, level);
    this.withinAlias--;
    return value;
  }

  private error(node: Node, problem: string): InputError {
    return new InputError(`${this.place(node)}: ${problem}`);
  }

  private place(node: Node): string {
    return `${this.file}:${positionAt(this.text, node.range?.[0] ?? 0)}`;
  }
}

/** The one document of a text. */
function composeOne(text: string, file: string): Document.Parsed {
  let first: InputError | undefined;
  const refuse: Refuse = (offset, code, message) => {
    const hint = HINTS[code] ?? 'correct the YAML here';
    first ??= new InputError(`${file}:${positionAt(text, offset)}: not valid YAML: ${shown(message)}; ${hint}`);
    throw first;
  };
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  // By itself the composer collects errors to the end, and a broken file can have millions of them.
  Object.assign(composer, {
    onError: (at: ErrorPlace, code: ErrorCode, message: string, isWarning?: boolean) =>
      isWarning ? undefined : refuse(typeof at === 'number' ? at : 'offset' in at ? at.offset : at[0], code, message),
  });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(tokens(text, file, refuse), true, text.length)) {
    for (const { pos, code, message } of next.errors) refuse(pos[0], code, message);
    if (document) {
      const place = positionAt(text, next.range[0]);
      throw new InputError(`${file}:${place}: a second document begins here; a template is one document, so split the file`);
    }
    document = next;
  }
  return document!;
}

type Refuse = (offset: number, code: ErrorCode, message: string) => never;
type ErrorPlace = number | readonly number[] | { readonly offset: number };

/** The tokens of a text, as long as they are no errors and not nested too deep to go on. */
function* tokens(text: string, file: string, refuse: Refuse): ReturnType<Parser['parse']> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') refuse(token.offset, 'UNEXPECTED_TOKEN', token.message);
      yield token;
    }
    if (parser.stack.length > MOST_LEVELS + 2) throw tooDeep(`${file}:${positionAt(text, parser.offset)}`);
  }
  yield* parser.end();
}

const HINTS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put text that begins with * or & in quotes',
  BAD_INDENT: 'indent this line like its neighbours',
  BLOCK_AS_IMPLICIT_KEY: "put text that contains ': ' in quotes, or begin a new line",
  MISSING_CHAR: 'add what is missing, or put the text in quotes',
  MULTILINE_IMPLICIT_KEY: "a ':' may be missing behind the key",
  TAB_AS_INDENT: 'indent with spaces',
};
