import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { InputError } from './errors';
import { isObject, type Json, type JsonObject, put } from './json';
import { MOST_LEVELS, positionAt, shown, tooDeep } from './parsed';
import { argumentOf, functionOf, type MemberOffsets, noteOffset, scalarValue } from './yaml-values';

/** Values that aliases may add; CloudFormation has none, tools that package templates resolve them. */
const MOST_ALIASED = 100_000;

/**
 * Read YAML as CloudFormation does.
 *
 * @param offsets filled with where all members begin, when given.
 */
export function readYaml(text: string, file: string, offsets?: MemberOffsets): Json {
  return new Reader(text, file, eventsOf(text, file), offsets).read();
}

type Collection = MappingEvent | SequenceEvent;
type Node = Collection | ScalarEvent;

const STANDARD = 'tag:yaml.org,2002:';
const SCALAR_TAGS = new Set(['bool', 'float', 'int', 'null'].map((name) => STANDARD + name));
const PLAIN_TAGS = new Set(['map', 'seq', 'str'].map((name) => STANDARD + name));

class Reader {
  /** Where the events of an anchored value begin. */
  private readonly anchors = new Map<string, number>();
  /** Where the events of the values around the current one begin. */
  private readonly open = new Set<number>();
  private next = 0;
  private level = 0;
  private aliased = 0;
  private withinAlias = 0;

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly events: readonly Event[],
    private readonly offsets?: MemberOffsets,
  ) {}

  public read(): Json {
    if (this.events.length === 0) return null;
    this.next = 1;
    const value = this.value();
    const following = this.events[this.next + 1];
    if (following === undefined) return value;
    throw this.error(this.offset(this.next + 2), 'a second document begins here; a template is one document, so split the file');
  }

  private value(): Json {
    const start = this.next++;
    const event = this.events[start];
    if (this.withinAlias > 0 && ++this.aliased > MOST_ALIASED) {
      throw this.error(this.offset(start), `aliases stand for more than ${MOST_ALIASED} values; write out what they repeat`);
    }
    if (event.type === EVENT_ID.ALIAS) return this.aliasValue(start, this.text.slice(event.anchorStart, event.anchorEnd));
    const node = event as Node;
    if (node.anchorStart >= 0 && this.withinAlias === 0)
      this.anchors.set(this.text.slice(node.anchorStart, node.anchorEnd), start);
    return this.tagged(start, node, node.type === EVENT_ID.SCALAR ? this.scalar(node) : this.members(start, node));
  }

  private scalar(event: ScalarEvent): Json {
    const text = getScalarValue(this.text, event);
    const tag = this.tagOf(event);
    const isPlain = tag === undefined ? event.style === SCALAR_STYLE.PLAIN : SCALAR_TAGS.has(tag);
    return isPlain ? scalarValue(text) : text;
  }

  private members(start: number, event: Collection): Json {
    if (this.level >= MOST_LEVELS) throw tooDeep(`${this.file}:${positionAt(this.text, event.start)}`);
    this.level++;
    this.open.add(start);
    const value = event.type === EVENT_ID.MAPPING ? this.mapping(event) : this.list();
    this.open.delete(start);
    this.level--;
    // The end of the collection.
    this.next++;
    return value;
  }

  private list(): Json[] {
    const result: Json[] = [];
    while (this.events[this.next].type !== EVENT_ID.POP) {
      this.note(result, result.length);
      result.push(this.value());
    }
    return result;
  }

  private mapping(event: MappingEvent): JsonObject {
    const result: JsonObject = {};
    const merged: Json[] = [];
    while (this.events[this.next].type !== EVENT_ID.POP) {
      const at = this.next;
      const key = this.events[this.next++];
      if (key.type !== EVENT_ID.SCALAR || key.tagStart >= 0)
        throw this.error(this.offset(at), 'a key must be a text; put it in quotes');
      const name = getScalarValue(this.text, key);
      const isPlain = key.style === SCALAR_STYLE.PLAIN;
      if (name === '' && isPlain) throw this.error(this.offset(at, event.start), "a key is missing before ':'; add one");
      if (Object.hasOwn(result, name))
        throw this.error(this.offset(at), `the key '${shown(name)}' is given twice; keep one of them`);
      const member = this.value();
      if (name === '<<' && isPlain) merged.push(...(Array.isArray(member) ? member : [member]));
      else put(result, name, member);
      this.note(result, name, at);
    }
    for (const source of merged) {
      if (!isObject(source)) throw this.error(event.start, "'<<' merges mappings only; give it a mapping or a list of mappings");
      for (const name of Object.keys(source)) if (!Object.hasOwn(result, name)) put(result, name, source[name]);
    }
    return result;
  }

  private tagged(start: number, event: Node, value: Json): Json {
    const tag = this.tagOf(event);
    if (tag === undefined || tag === '!' || PLAIN_TAGS.has(tag) || SCALAR_TAGS.has(tag)) return value;
    const name = tag.startsWith('!') ? functionOf(tag) : undefined;
    if (name === undefined) {
      const written = tag.startsWith(STANDARD) ? `!!${tag.slice(STANDARD.length)}` : tag;
      throw this.error(
        this.offset(start),
        `CloudFormation has no tag '${shown(written)}'; use one of its functions, such as !Ref or !Sub`,
      );
    }
    return { [name]: argumentOf(name, value) };
  }

  private tagOf({ tagStart, tagEnd }: Node): string | undefined {
    if (tagStart < 0) return undefined;
    const tag = this.text.slice(tagStart, tagEnd);
    if (tag.startsWith('!!')) return STANDARD + tag.slice(2);
    return tag.startsWith('!<') ? tag.slice(2, -1) : tag;
  }

  private aliasValue(start: number, name: string): Json {
    const target = this.anchors.get(name);
    if (target === undefined) {
      throw this.error(
        this.offset(start),
        `no anchor '&${shown(name)}' stands before this alias; add one or write out the value`,
      );
    }
    if (this.open.has(target)) {
      throw this.error(this.offset(start), `the alias '*${shown(name)}' stands within its own value; write it out`);
    }
    const back = this.next;
    this.next = target;
    this.withinAlias++;
    const value = this.value();
    this.withinAlias--;
    this.next = back;
    return value;
  }

  private note(container: object, member: string | number, at = this.next): void {
    if (this.offsets) noteOffset(this.offsets, container, member, this.offset(at));
  }

  /** Where an event stands in the text. */
  private offset(index: number, otherwise = 0): number {
    const event = this.events[index];
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return otherwise;
    if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
    const start = event.type === EVENT_ID.SCALAR ? event.valueStart - Number(isQuoted(event)) : event.start;
    const first = earlier(earlier(event.tagStart, event.anchorStart - 1), start);
    return first < 0 ? otherwise : first;
  }

  private error(offset: number, problem: string): InputError {
    return new InputError(`${this.file}:${positionAt(this.text, offset)}: ${problem}`);
  }
}

/** The earlier of two offsets, of which a negative one is none. */
function earlier(a: number, b: number): number {
  return a < 0 || b < 0 ? Math.max(a, b) : Math.min(a, b);
}

/** The value of a text in quotes begins behind the quote. */
function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** The text that was parsed last. Who asks for its lines does so soon after, and parsing takes longer than all else. */
let latest: { readonly text: string; readonly events: readonly Event[] } | undefined;

/** The events of a longer text are not kept: they take many times its memory. */
const MOST_KEPT = 1_000_000;

function eventsOf(text: string, file: string): readonly Event[] {
  if (latest?.text === text) return latest.events;
  const events = parse(text, file);
  latest = text.length > MOST_KEPT ? undefined : { text, events };
  return events;
}

function parse(text: string, file: string): readonly Event[] {
  try {
    // What the reader below refuses has a message of its own.
    return parseEvents(text, { maxDepth: MOST_LEVELS + 1 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const place = `${file}:${positionAt(text, error.mark?.position ?? 0)}`;
    if (/maxDepth/.test(error.reason)) throw tooDeep(place);
    throw new InputError(`${place}: not valid YAML: ${shown(error.reason)}; ${hintFor(error.reason)}`);
  }
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/tab character/, 'indent with spaces'],
  [/alias|anchor/, 'put text that begins with * or & in quotes'],
  [/indentation/, 'indent this line like its neighbours, and close what was opened before it'],
  [/flow collection|quoted scalar/, 'close what was opened before it'],
];

function hintFor(reason: string): string {
  return HINTS.find(([words]) => words.test(reason))?.[1] ?? 'correct the YAML here, or put the text in quotes';
}
