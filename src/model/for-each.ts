import { InputError } from './errors';
import { isObject, type Json, type JsonObject, own, put } from './json';
import { type Path, shown } from './parsed';

/** What is left of a loop that only deployment can run. */
export interface OpenLoop {
  /** Keys from the root of the template to the mapping that the loop stands in. */
  readonly within: readonly string[];
  /** Keys that the loop was left with: its body once, with the placeholder in it. */
  readonly keys: readonly string[];
  readonly reason: string;
}

/** A template body in which every loop that can be run was run. */
export interface Unrolled {
  readonly body: JsonObject;
  readonly open: readonly OpenLoop[];
  /** Where the resources that loops made are written, by logical id. */
  readonly written: ReadonlyMap<string, Path>;
}

const LOOP = 'Fn::ForEach::';
const SECTIONS = ['Conditions', 'Resources', 'Outputs'];

/** More values than these are not made of a template: CloudFormation takes 500 resources and 1 MB. */
const MOST_VALUES = 500_000;
const MOST_RESOURCES = 10_000;
const MOST_CHARACTERS = 64 * 1024 * 1024;

export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

/**
 * Run the loops of a template: `"Fn::ForEach::Name": ["Identifier", ["A", "B"], { "Key${Identifier}": … }]`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function unrollLoops(body: JsonObject, path: string): Unrolled {
  const unroller = new Unroller(body, path);
  const result = { ...body };
  for (const name of SECTIONS) {
    const section = own(body, name);
    if (isObject(section)) result[name] = unroller.unrollMapping(section, { within: [name], source: [name], bindings: [] });
  }
  return { body: result, open: unroller.open, written: unroller.written };
}

/** An identifier and the item that takes its place. */
type Binding = readonly [identifier: string, item: string];

/** Where a value stands. */
interface Place {
  /** Keys that lead to it once loops were run. */
  readonly within: readonly string[];
  /** Keys that lead to it as it is written. */
  readonly source: Path;
  /** The loops around it, from the outside in. */
  readonly bindings: readonly Binding[];
}

class Unroller {
  public readonly open: OpenLoop[] = [];
  public readonly written = new Map<string, Path>();
  private values = 0;
  private characters = 0;

  constructor(
    private readonly body: JsonObject,
    private readonly path: string,
  ) {}

  public unrollMapping(node: JsonObject, place: Place): JsonObject {
    const { within, bindings } = place;
    const result: JsonObject = {};
    for (const key of Object.keys(node)) {
      const source = [...place.source, key];
      const name = this.fill(key, bindings);
      if (isLoop(key)) {
        const made = this.run(name, node[key], { within, source, bindings });
        for (const each of Object.keys(made)) this.add(result, each, made[each], within);
      } else {
        this.add(result, name, this.unroll(node[key], { within: [...within, name], source, bindings }), within);
        if (source.length > 2 && within.length === 1 && within[0] === 'Resources') this.note(name, source);
      }
    }
    return result;
  }

  private note(logicalId: string, source: Path): void {
    this.written.set(logicalId, source);
    if (this.written.size > MOST_RESOURCES) {
      throw new InputError(`${this.path}: its loops make more than ${MOST_RESOURCES} resources; CloudFormation takes 500`);
    }
  }

  private unroll(node: Json, place: Place): Json {
    const { within, source, bindings } = place;
    if (bindings.length > 0) this.spend(1, 0);
    if (typeof node === 'string') return this.fill(node, bindings);
    if (Array.isArray(node)) {
      return node.map((item, index) =>
        this.unroll(item, { within: [...within, String(index)], source: [...source, index], bindings }),
      );
    }
    if (!isObject(node)) return node;
    const bound = bindings.find(([identifier]) => identifier === node.Ref);
    if (bound) return bound[1];
    const result = this.unrollMapping(node, place);
    return bindings.length > 0 ? plainSub(result) : result;
  }

  /** What a loop makes. */
  private run(name: string, loop: Json, place: Place): JsonObject {
    const { within, bindings } = place;
    const [identifier, collection, fragment] = Array.isArray(loop) ? loop : [];
    if (typeof identifier !== 'string' || identifier === '' || collection === undefined || !isObject(fragment)) {
      const form = '["Identifier", ["A", "B"], { "Key${Identifier}": … }]';
      throw new InputError(`${this.path}: the loop '${shown(name)}' must have the form ${form}`);
    }
    const source = [...place.source, 2];
    const items = this.itemsOf(this.unroll(collection, place));
    if (typeof items === 'string') {
      const once = this.unrollMapping(fragment, { within, source, bindings });
      this.open.push({ within, keys: Object.keys(once), reason: `the loop '${shown(name)}' runs over ${items}` });
      return once;
    }
    const result: JsonObject = {};
    for (const item of items) {
      const made = this.unrollMapping(fragment, { within, source, bindings: [...bindings, [identifier, item]] });
      for (const key of Object.keys(made)) this.add(result, key, made[key], within);
    }
    return result;
  }

  private add(result: JsonObject, key: string, value: Json, within: readonly string[]): void {
    if (Object.hasOwn(result, key)) {
      const place = within.map(shown).join('.');
      throw new InputError(`${this.path}: a loop makes '${shown(key)}' twice in ${place}; put the identifier into the key`);
    }
    put(result, key, value);
  }

  /** The texts that a loop runs over, or in words what is not known of them. */
  private itemsOf(collection: Json): readonly string[] | string {
    const list = this.listOf(collection);
    if (typeof list === 'string') return list;
    const items: string[] = [];
    for (const item of list) {
      const text = this.textOf(item);
      if (text === undefined) return 'a collection with an item that only deployment knows';
      items.push(text);
    }
    return [...new Set(items)];
  }

  private listOf(collection: Json): readonly Json[] | string {
    if (Array.isArray(collection)) return collection;
    if (!isObject(collection)) return 'something that is no collection';
    const { Ref: parameter, 'Fn::FindInMap': keys } = collection;
    if (typeof parameter === 'string') {
      const fallback = this.defaultOf(parameter);
      if (typeof fallback === 'string') return fallback === '' ? [] : fallback.split(',').map((item) => item.trim());
      if (Array.isArray(fallback)) return fallback;
      return `the parameter '${shown(parameter)}', which has no default`;
    }
    if (Array.isArray(keys)) {
      const cell = this.cellOf(keys);
      if (Array.isArray(cell)) return cell;
    }
    return 'a collection that only deployment knows';
  }

  private cellOf(keys: readonly Json[]): Json | undefined {
    let node = own(this.body, 'Mappings');
    for (const key of keys.slice(0, 3)) {
      const text = this.textOf(key);
      node = text !== undefined && isObject(node) ? own(node, text) : undefined;
    }
    if (node !== undefined) return node;
    const known = keys.slice(0, 3).every((key) => this.textOf(key) !== undefined);
    return known && isObject(keys[3]) ? keys[3].DefaultValue : undefined;
  }

  private textOf(item: Json): string | undefined {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
    const fallback = isObject(item) && typeof item.Ref === 'string' ? this.defaultOf(item.Ref) : undefined;
    return typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : undefined;
  }

  private defaultOf(name: string): Json | undefined {
    const parameters = own(this.body, 'Parameters');
    const parameter = isObject(parameters) ? own(parameters, name) : undefined;
    if (!isObject(parameter)) return undefined;
    const { Type: type } = parameter;
    if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value')) return undefined;
    return own(parameter, 'Default');
  }

  /** A text in which items take the place of their identifiers. */
  private fill(text: string, bindings: readonly Binding[]): string {
    let filled = text;
    for (const [identifier, item] of bindings) {
      if (!filled.includes(`{${identifier}}`)) continue;
      filled = this.replace(filled, `\${${identifier}}`, item);
      filled = this.replace(filled, `&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''));
    }
    return filled;
  }

  private replace(text: string, placeholder: string, item: string): string {
    const parts = text.split(placeholder);
    this.spend(0, text.length + parts.length * item.length);
    return parts.join(item);
  }

  private spend(values: number, characters: number): void {
    this.values += values;
    this.characters += characters;
    if (this.values > MOST_VALUES || this.characters > MOST_CHARACTERS) {
      throw new InputError(
        `${this.path}: its loops make more than ${MOST_VALUES} values; CloudFormation takes templates up to 1 MB`,
      );
    }
  }
}

/** A text in which nothing is left to substitute stands for itself, also where a name is needed: in `Ref` and `Fn::GetAtt`. */
function plainSub(node: JsonObject): Json {
  const text = node['Fn::Sub'];
  return typeof text === 'string' && !text.includes('${') && Object.keys(node).length === 1 ? text : node;
}
