import { InputError } from './errors';
import { isObject, type Json, type JsonObject, own, put } from './json';
import { shown } from './parsed';

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
    if (isObject(section)) result[name] = unroller.unroll(section, [name]);
  }
  const count = isObject(result.Resources) ? Object.keys(result.Resources).length : 0;
  if (count > MOST_RESOURCES) {
    throw new InputError(`${path}: its loops make ${count} resources, more than ${MOST_RESOURCES}; CloudFormation takes 500`);
  }
  return { body: result, open: unroller.open };
}

class Unroller {
  public readonly open: OpenLoop[] = [];
  private values = 0;
  private characters = 0;

  constructor(
    private readonly body: JsonObject,
    private readonly path: string,
  ) {}

  public unroll<T extends Json>(node: T, within: readonly string[]): T;
  public unroll(node: Json, within: readonly string[]): Json {
    if (Array.isArray(node)) return node.map((item, index) => this.unroll(item, [...within, String(index)]));
    if (!isObject(node)) return node;
    const result: JsonObject = {};
    for (const key of Object.keys(node)) {
      if (isLoop(key)) this.run(key, node[key], result, within);
      else this.add(result, key, this.unroll(node[key], [...within, key]), within);
    }
    return result;
  }

  private run(name: string, loop: Json, result: JsonObject, within: readonly string[]): void {
    const [identifier, collection, fragment] = Array.isArray(loop) ? loop : [];
    if (typeof identifier !== 'string' || identifier === '' || collection === undefined || !isObject(fragment)) {
      const form = '["Identifier", ["A", "B"], { "Key${Identifier}": … }]';
      throw new InputError(`${this.path}: the loop '${shown(name)}' must have the form ${form}`);
    }
    const items = this.itemsOf(collection);
    if (typeof items === 'string') {
      const before = new Set(Object.keys(result));
      this.merge(result, this.unroll(fragment, within), within);
      const keys = Object.keys(result).filter((key) => !before.has(key));
      this.open.push({ within, keys, reason: `the loop '${shown(name)}' runs over ${items}` });
      return;
    }
    for (const item of items) this.merge(result, this.unroll(this.fill(fragment, identifier, item), within), within);
  }

  private merge(result: JsonObject, made: JsonObject, within: readonly string[]): void {
    for (const key of Object.keys(made)) this.add(result, key, made[key], within);
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
    if (!isObject(parameter) || String(parameter.Type).startsWith('AWS::SSM::Parameter::')) return undefined;
    return own(parameter, 'Default');
  }

  /** A copy of a fragment in which an item takes the place of the identifier. */
  private fill<T extends Json>(node: T, identifier: string, item: string): T;
  private fill(node: Json, identifier: string, item: string): Json {
    this.spend(1, 0);
    if (typeof node === 'string') return this.fillText(node, identifier, item);
    if (Array.isArray(node)) return node.map((each) => this.fill(each, identifier, item));
    if (!isObject(node)) return node;
    if (node.Ref === identifier) return item;
    const result: JsonObject = {};
    for (const key of Object.keys(node)) {
      const name = this.fillText(key, identifier, item);
      if (Object.hasOwn(result, name)) {
        throw new InputError(`${this.path}: a loop makes '${shown(name)}' twice; put the identifier into the key`);
      }
      put(result, name, this.fill(node[key], identifier, item));
    }
    return plainSub(result);
  }

  private fillText(text: string, identifier: string, item: string): string {
    if (!text.includes(`{${identifier}}`)) return text;
    const [whole, plain] = [text.split(`\${${identifier}}`), item.replace(/[^A-Za-z0-9]/g, '')];
    this.spend(0, text.length + whole.length * item.length);
    const filled = whole.join(item).split(`&{${identifier}}`);
    this.spend(0, filled.length * plain.length);
    return filled.join(plain);
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
