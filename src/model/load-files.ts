import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, extname, join, posix, relative, resolve, sep } from 'node:path';
import { Assembly } from './assembly';
import { InputError } from './errors';
import { isObject, type Json, own } from './json';
import { isCloudAssembly, loadCloudAssembly } from './load-cloud-assembly';
import { nestStacks, stacksOf } from './nest-stacks';
import { parse, readText, toTemplate, whyUnread } from './read-template';
import { type ResourceEntry, Template } from './template';

/** What became of a file or folder. */
export type Loaded =
  /** Templates to judge together: those of one file, of one cloud assembly, or all of them. */
  | { readonly kind: 'assembly'; readonly path: string; readonly assembly: Assembly }
  /** Input that cannot be judged. */
  | Refused
  /** A file in a folder that is something else than a template. */
  | Ignored;

export interface Refused {
  readonly kind: 'error';
  readonly path: string;
  readonly error: InputError;
}

export interface Ignored {
  readonly kind: 'ignored';
  readonly path: string;
}

export interface LoadOptions {
  /** Judge all templates together, and take them for all that there is in their environments. */
  readonly asOne?: boolean;
}

/** What is found at a path and not read yet: plain data, so that another thread can load it. */
export type Input = Readable | EndOfFolder;

export type Readable =
  | { readonly kind: 'file'; readonly file: string; readonly isGiven: boolean }
  | { readonly kind: 'cloud assembly'; readonly folder: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly message: string };

/** The end of a folder that a person gave: it must hold something. */
export interface EndOfFolder {
  readonly kind: 'end of folder';
  readonly folder: string;
  /** As the person wrote it. */
  readonly given: string;
  /** How many inputs before it are in the folder. */
  readonly inputs: number;
}

/**
 * Load CloudFormation files, folders of them, and cloud assemblies.
 *
 * One result is held at a time: drop it before asking for the next, and memory stays flat. Input that cannot be judged comes
 * as a result of kind `error`; nothing is thrown for it. All paths are relative to `rootOf(paths)`.
 */
export function* loadFiles(paths: readonly string[], options: LoadOptions = {}): Generator<Loaded> {
  const root = rootOf(paths);
  const loaded = loadEach(findInputs(paths), root);
  if (options.asOne) yield* asOne(loaded);
  else for (const found of loaded) yield alone(found);
}

/** What stands at the paths that a person gave, in the order in which it is judged. */
export function findInputs(paths: readonly string[]): Input[] {
  const finder = new Finder(rootOf(paths));
  return paths.flatMap((path) => [...finder.given(path)]);
}

/** Load an input that was found below `root`, to be judged by itself. */
export function loadInput(input: Readable, root: string): Loaded {
  return alone(load(input, root));
}

/** Whether nothing in a folder was a template, when what came before its end is of these kinds. */
export function holdsNothing({ inputs }: EndOfFolder, kinds: readonly string[]): boolean {
  return kinds.slice(kinds.length - inputs).every((kind) => kind === 'ignored');
}

/** The refusal of a folder that holds nothing. */
export function refusalOf({ folder, given }: EndOfFolder, root: string): Refused {
  const problem = `holds no CloudFormation template; files ending in ${[...EXTENSIONS].join(', ')} are looked at`;
  return { kind: 'error', path: pathIn(root, folder), error: new InputError(`${given}: ${problem}`) };
}

function* loadEach(inputs: readonly Input[], root: string): Generator<Found> {
  const kinds: Found['kind'][] = [];
  for (const input of inputs) {
    if (input.kind === 'end of folder') {
      if (holdsNothing(input, kinds)) yield refusalOf(input, root);
      continue;
    }
    const found = load(input, root);
    kinds.push(found.kind);
    yield found;
  }
}

function alone(found: Found): Loaded {
  if (found.kind !== 'template') return found;
  return { kind: 'assembly', path: found.path, assembly: new Assembly([found.template], false) };
}

/** The folder that all given paths are in, or the one folder that was given. */
export function rootOf(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => {
    const full = resolve(path);
    return statusOf(full)?.isDirectory() ? full : dirname(full);
  });
  let root = first ?? resolve('.');
  for (const folder of others) while (folder !== root && !folder.startsWith(withSlash(root))) root = dirname(root);
  return root;
}

type Found = { readonly kind: 'template'; readonly path: string; readonly template: Template } | Loaded;

const EXTENSIONS = new Set(['.json', '.yaml', '.yml', '.template']);
const SKIPPED = new Set(['node_modules', '.git']);

/** Looks for input, and reads none of it. */
class Finder {
  constructor(private readonly root: string) {}

  /** What stands at a path that a person gave. */
  public *given(path: string): Generator<Input> {
    const full = resolve(path);
    let status: Stats;
    try {
      status = statSync(full);
    } catch (error) {
      yield this.unreadable(full, `${path}: ${whyUnread(error)}`);
      return;
    }
    if (status.isDirectory()) {
      const inputs = [...this.folder(full, [])];
      yield* inputs;
      yield { kind: 'end of folder', folder: full, given: path, inputs: inputs.length };
    } else if (status.isFile()) yield { kind: 'file', file: full, isGiven: true };
    else yield this.unreadable(full, `${path}: is neither a file nor a folder`);
  }

  private *folder(folder: string, outer: readonly string[]): Generator<Input> {
    let names: string[];
    let real: string;
    try {
      real = realpathSync(folder);
      names = readdirSync(folder).sort();
    } catch (error) {
      yield this.unreadable(folder, `${pathIn(this.root, folder)}: ${whyUnread(error)}`);
      return;
    }
    if (outer.includes(real)) {
      const problem = 'a symbolic link leads back to a folder around it; remove the link';
      yield this.unreadable(folder, `${pathIn(this.root, folder)}: ${problem}`);
      return;
    }
    if (isCloudAssembly(folder)) {
      yield { kind: 'cloud assembly', folder };
      return;
    }
    for (const name of names) {
      const full = join(folder, name);
      const status = statusOf(full);
      if (status?.isDirectory()) {
        if (!SKIPPED.has(name)) yield* this.folder(full, [...outer, real]);
      } else if (EXTENSIONS.has(extname(name).toLowerCase()) && status?.isFile() !== false)
        yield { kind: 'file', file: full, isGiven: false };
    }
  }

  private unreadable(full: string, message: string): Input {
    return { kind: 'unreadable', path: pathIn(this.root, full), message };
  }
}

function pathIn(root: string, file: string): string {
  return relative(root, file).split(sep).join('/') || '.';
}

function load(input: Readable, root: string): Found {
  switch (input.kind) {
    case 'file':
      return refusing(pathIn(root, input.file), (path) => readFile(input.file, path, input.isGiven));
    case 'cloud assembly':
      return refusing(pathIn(root, input.folder), (path) => ({
        kind: 'assembly',
        path,
        assembly: loadCloudAssembly(input.folder, root),
      }));
    case 'unreadable':
      return { kind: 'error', path: input.path, error: new InputError(input.message) };
  }
}

function readFile(file: string, path: string, isGiven: boolean): Found {
  const { text, sha256 } = readText(file, path);
  if (!isGiven && !TEMPLATE_WORDS.test(text)) return { kind: 'ignored', path };
  const parsed = parse(text, path);
  if (!isGiven && !looksLikeTemplate(parsed.value)) return { kind: 'ignored', path };
  return { kind: 'template', path, template: toTemplate(parsed, sha256, { path }) };
}

function refusing(path: string, load: (path: string) => Found): Found {
  try {
    return load(path);
  } catch (error) {
    if (error instanceof InputError) return { kind: 'error', path, error };
    throw error;
  }
}

/** A file without these words is no template, so that its syntax does not matter. */
const TEMPLATE_WORDS = /Resources|AWSTemplateFormatVersion/;

function looksLikeTemplate(value: Json): boolean {
  return isObject(value) && (isObject(own(value, 'Resources')) || own(value, 'AWSTemplateFormatVersion') !== undefined);
}

/** Join all templates into one assembly; nested stacks that name a template by its local path are found among them. */
function* asOne(source: Iterable<Found>): Generator<Loaded> {
  const templates: Template[] = [];
  const loose: Template[] = [];
  for (const found of source) {
    if (found.kind === 'assembly') templates.push(...found.assembly.templates);
    else if (found.kind === 'template') loose.push(found.template);
    else yield found;
  }
  try {
    templates.push(...nestLocal(loose));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    yield { kind: 'error', path: '.', error };
    return;
  }
  if (templates.length > 0) yield { kind: 'assembly', path: '.', assembly: new Assembly(templates, true) };
}

/** The templates, in the order in which they are deployed; one that several stacks deploy is there once for each of them. */
function nestLocal(loose: readonly Template[]): Template[] {
  const byPath = new Map(loose.map((template) => [template.path, template]));
  const target = ({ template, body }: ResourceEntry): Template | undefined => {
    const url = isObject(body.Properties) ? body.Properties.TemplateURL : undefined;
    return typeof url === 'string' ? byPath.get(posix.join(posix.dirname(template.path), url)) : undefined;
  };
  const nested = new Set(loose.flatMap((template) => stacksOf(template).map(target)));
  const used = new Set<Template>();
  const deploy = (template: Template): Template[] => [
    template,
    ...nestStacks(template, (stack) => {
      const found = target(stack);
      if (!found || !used.has(found)) {
        if (found) used.add(found);
        return found;
      }
      const again = new Template(found.body, found.origin);
      again.unexpanded = found.unexpanded;
      again.unexpandedResources = found.unexpandedResources;
      return again;
    }),
  ];
  const outermost = loose.filter((template) => !nested.has(template)).flatMap(deploy);
  // Templates that nothing outside of them deploys contain themselves: nesting them says so.
  return [...outermost, ...loose.filter((template) => nested.has(template) && !used.has(template)).flatMap(deploy)];
}

function statusOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function withSlash(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
