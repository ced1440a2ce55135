import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { InputError } from './errors';
import { isObject, type JsonObject } from './json';
import { parseJson } from './parse-json';
import { parseYaml } from './parse-yaml';
import { type Parsed, type Path, shown } from './parsed';
import { findCircle } from './references';
import { Template, type TemplateOrigin } from './template';
import { expandTransforms } from './transforms';

/** What is known of a template before its file is read. */
export type Place = Omit<TemplateOrigin, 'sha256' | 'lineOf'>;

/** A file as it was read. */
export interface SourceFile {
  readonly text: string;
  readonly sha256: string;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Read a file as text. Errors name it by `path`. */
export function readText(file: string, path: string): SourceFile {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) {
      throw new InputError(
        `${path}: ${size.toLocaleString('en')} bytes; files above 16 MiB are not read, and CloudFormation takes templates up to 1 MB: ` +
          'split it, or leave it out',
      );
    }
    bytes = readFileSync(file);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${path}: ${whyUnread(error)}`);
  }
  return { text: decode(bytes, path), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Why the file system refused, in words. */
export function whyUnread(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder; check the path';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read; change its permissions';
    case 'EISDIR':
      return 'is a folder, and a file is needed';
    case 'ELOOP':
      return 'its symbolic links go in a circle; remove one of them';
    default:
      return `cannot be read: ${code ?? message}`;
  }
}

function decode(bytes: Buffer, path: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new InputError(`${path}: is UTF-16; save it as UTF-8`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${path}: is not UTF-8; save it as UTF-8`);
  }
  if (text.includes('\0')) throw new InputError(`${path}: holds NUL bytes, so it is no text; save it as UTF-8`);
  if (text.trim() === '') throw new InputError(`${path}: the file is empty; add a template or remove the file`);
  return text;
}

/** Parse a text as JSON or YAML, by the name of its file or else by its first character. */
export function parse(text: string, path: string): Parsed {
  const extension = extname(path).toLowerCase();
  const isYaml = extension === '.yaml' || extension === '.yml';
  if (extension === '.json' || (!isYaml && /^\s*[{[]/.test(text))) return parseJson(text, path);
  return parseYaml(text, path);
}

/** Read a template file that the CDK wrote: a stack without resources has no section for them. */
export function readSynthesized(file: string, place: Place): Template {
  const { text, sha256 } = readText(file, place.path);
  const { value, lineOf } = parse(text, place.path);
  const body = isObject(value) && value.Resources === undefined ? { ...value, Resources: {} } : value;
  return toTemplate({ value: body, lineOf }, sha256, place);
}

/** The template that a parsed file states, with what transforms make of it. */
export function toTemplate(parsed: Parsed, sha256: string, place: Place): Template {
  if (!isObject(parsed.value)) throw new InputError(`${place.path}: not a CloudFormation template: it is no mapping`);
  return buildTemplate(parsed.value, { ...place, sha256, lineOf: parsed.lineOf });
}

/** The template that a body states, with what transforms make of it. */
export function buildTemplate(body: JsonObject, origin: TemplateOrigin): Template {
  const { body: expanded, unexpanded, unexpandedResources, written } = expandTransforms(body, origin.path);
  const { lineOf } = origin;
  const lineOfMade = (path: Path) => {
    const [section, logicalId, ...inner] = path;
    const source = section === 'Resources' ? written.get(String(logicalId)) : undefined;
    return lineOf?.(source ? [...source, ...inner] : path);
  };
  const template = new Template(expanded, written.size === 0 ? origin : { ...origin, lineOf: lineOfMade });
  template.unexpanded = unexpanded;
  template.unexpandedResources = unexpandedResources;
  const circle = findCircle(template);
  if (circle) {
    throw new InputError(
      `${origin.path}: circular reference: ${circleText(circle)}; CloudFormation refuses this template, so remove one of the references`,
    );
  }
  return template;
}

function circleText(circle: readonly string[]): string {
  const steps = circle.map(shown);
  if (steps.length > 8) steps.splice(4, steps.length - 6, `… ${steps.length - 6} more …`);
  return steps.join(' → ');
}
