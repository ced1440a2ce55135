import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Assembly } from './assembly';
import { InputError } from './errors';
import { isObject, type Json, type JsonObject, own } from './json';
import { nestStacks } from './nest-stacks';
import { parseJson } from './parse-json';
import { shown } from './parsed';
import { type Place, readSynthesized, readText } from './read-template';
import type { ResourceEntry, Template } from './template';

/** Whether a folder is what `cdk synth` writes. */
export function isCloudAssembly(folder: string): boolean {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) return false;
  if (existsSync(join(folder, 'cdk.out'))) return true;
  try {
    const value = JSON.parse(readText(manifest, manifest).text) as Json;
    return isObject(value) && own(value, 'version') !== undefined && isObject(own(value, 'artifacts'));
  } catch {
    return false;
  }
}

/**
 * Load the stacks that the manifest of a cloud assembly lists, those of its stages and their nested stacks.
 *
 * @param folder the cloud assembly, `cdk.out`.
 * @param root paths of templates are relative to this folder.
 */
export function loadCloudAssembly(folder: string, root: string = folder): Assembly {
  const loader = new Loader(resolve(folder), resolve(root));
  const templates = loader.load(resolve(folder), '');
  if (templates.length === 0) {
    throw new InputError(`${loader.pathOf(join(folder, 'manifest.json'))}: lists no stack, so there is nothing to judge`);
  }
  return new Assembly(templates, true);
}

interface Artifact {
  readonly id: string;
  readonly body: JsonObject;
  readonly properties: JsonObject;
}

class Loader {
  private readonly loaded = new Set<string>();

  constructor(
    private readonly top: string,
    private readonly root: string,
  ) {}

  /** The templates of one assembly, and of those within it. */
  public load(folder: string, stage: string): Template[] {
    const manifest = this.pathOf(join(folder, 'manifest.json'));
    if (this.loaded.has(folder)) throw new InputError(`${manifest}: is listed twice; each stage has a folder of its own`);
    this.loaded.add(folder);
    const artifacts = this.artifacts(join(folder, 'manifest.json'), manifest);
    const assets = new NestedAssets(this, folder, artifacts);
    return artifacts.flatMap((artifact) => {
      switch (artifact.body.type) {
        case 'aws:cloudformation:stack':
          return this.stack(artifact, folder, stage, assets);
        case 'cdk:cloud-assembly': {
          const inner = this.file(folder, artifact, 'directoryName');
          return this.load(inner, text(artifact.properties.displayName) ?? artifact.id.replace(/^assembly-/, ''));
        }
        default:
          return [];
      }
    });
  }

  private artifacts(file: string, path: string): Artifact[] {
    const { value } = parseJson(readText(file, path).text, path);
    const artifacts = isObject(value) ? own(value, 'artifacts') : undefined;
    if (!isObject(artifacts))
      throw new InputError(`${path}: not the manifest of a cloud assembly: it has no 'artifacts' mapping`);
    return Object.entries(artifacts).map(([id, body]) => {
      if (!isObject(body)) throw new InputError(`${path}: artifact '${shown(id)}' must be a mapping`);
      return { id, body, properties: isObject(body.properties) ? body.properties : {} };
    });
  }

  private stack(artifact: Artifact, folder: string, stage: string, assets: NestedAssets): Template[] {
    const file = this.file(folder, artifact, 'templateFile');
    const paths = new ConstructPaths(this, folder, artifact);
    const [account, region] = environmentOf(artifact.body.environment);
    const shared = { account, region, stage };
    const displayName = text(artifact.body.displayName);
    const place: Place = {
      ...shared,
      path: this.pathOf(file),
      stack: text(artifact.properties.stackName) ?? artifact.id,
      constructPath: displayName,
      constructPathOf: (logicalId) => paths.find(file, logicalId),
    };
    const template = readSynthesized(file, place);
    const nested = nestStacks(template, (entry) => {
      const child = assets.templateOf(entry);
      return child === undefined
        ? undefined
        : readSynthesized(child, {
            ...shared,
            path: this.pathOf(child),
            constructPath: paths.owner(child),
            constructPathOf: (logicalId) => paths.find(child, logicalId),
          });
    });
    return [template, ...nested];
  }

  /** The file or folder that a property of an artifact names. */
  private file(folder: string, artifact: Artifact, property: string): string {
    const name = text(artifact.properties[property]);
    const manifest = this.pathOf(join(folder, 'manifest.json'));
    if (name === undefined)
      throw new InputError(`${manifest}: artifact '${shown(artifact.id)}' has no '${property}'; synthesize again`);
    return this.inside(folder, name, manifest);
  }

  /** A file or folder that another file names; none may lie outside of the assembly. */
  public inside(folder: string, name: string, namedBy: string): string {
    const file = resolve(folder, name);
    if (!isWithin(this.top, file)) {
      throw new InputError(`${namedBy}: names '${shown(name)}', which is outside of the cloud assembly; synthesize again`);
    }
    if (!existsSync(file)) throw new InputError(`${namedBy}: names '${shown(name)}', which is missing; synthesize again`);
    if (!isWithin(realpathSync(this.top), realpathSync(file))) {
      throw new InputError(`${namedBy}: names '${shown(name)}', a link that leads out of the cloud assembly; synthesize again`);
    }
    return file;
  }

  public pathOf(file: string): string {
    return relative(this.root, file).split(sep).join('/');
  }
}

/** Finds the template files of nested stacks. */
class NestedAssets {
  private files?: ReadonlyMap<string, string>;

  constructor(
    private readonly loader: Loader,
    private readonly folder: string,
    private readonly artifacts: readonly Artifact[],
  ) {}

  /** The file that a nested-stack resource deploys: its metadata says so, or else the hash in its URL. */
  public templateOf(stack: ResourceEntry): string | undefined {
    const { Metadata: metadata, Properties: properties } = stack.body;
    const named = isObject(metadata) ? text(metadata['aws:asset:path']) : undefined;
    if (named !== undefined) return this.loader.inside(this.folder, named, `${stack.template.path}: '${stack.logicalId}'`);
    const url = isObject(properties) ? JSON.stringify(properties.TemplateURL ?? '') : '';
    const hash = /([0-9a-f]{64})\.json/.exec(url)?.[1];
    return hash === undefined ? undefined : this.byHash(hash);
  }

  private byHash(hash: string): string | undefined {
    this.files ??= this.readManifests();
    return this.files.get(hash);
  }

  private readManifests(): ReadonlyMap<string, string> {
    const files = new Map<string, string>();
    for (const { body, properties } of this.artifacts) {
      const name = text(properties.file);
      if (body.type !== 'cdk:asset-manifest' || name === undefined) continue;
      const file = this.loader.inside(this.folder, name, this.loader.pathOf(join(this.folder, 'manifest.json')));
      const path = this.loader.pathOf(file);
      const { value } = parseJson(readText(file, path).text, path);
      const assets = isObject(value) && isObject(value.files) ? value.files : {};
      for (const [hash, asset] of Object.entries(assets)) {
        const source = isObject(asset) && isObject(asset.source) ? text(asset.source.path) : undefined;
        if (source?.endsWith('.json')) files.set(hash, this.loader.inside(this.folder, source, path));
      }
    }
    return files;
  }
}

/** Construct paths that the manifest knows, for templates that were synthesized without them; read when first asked for. */
class ConstructPaths {
  private owners?: ReadonlyMap<string, string>;
  private readonly byFile = new Map<string, Map<string, string>>();

  constructor(
    private readonly loader: Loader,
    private readonly folder: string,
    private readonly artifact: Artifact,
  ) {}

  /** Construct path of the stack that a template file belongs to. */
  public owner(file: string): string | undefined {
    this.owners ??= this.read();
    for (const [path, owned] of this.owners) if (owned === file) return path;
    return undefined;
  }

  /** Construct path of a resource. */
  public find(file: string, logicalId: string): string | undefined {
    this.owners ??= this.read();
    return this.byFile.get(file)?.get(logicalId);
  }

  private read(): ReadonlyMap<string, string> {
    const owners = new Map<string, string>();
    const resources: [path: string, logicalId: string][] = [];
    for (const [path, entries] of Object.entries(this.metadata())) {
      for (const entry of Array.isArray(entries) ? entries : []) {
        if (!isObject(entry) || typeof entry.data !== 'string') continue;
        if (entry.type === 'aws:cdk:templateFile') owners.set(path.replace(/^\//, ''), resolve(this.folder, entry.data));
        if (entry.type === 'aws:cdk:logicalId') resources.push([path.replace(/^\//, ''), entry.data]);
      }
    }
    for (const [path, logicalId] of resources) {
      const file = fileOf(path, owners);
      if (file === undefined) continue;
      const paths = this.byFile.get(file) ?? new Map<string, string>();
      this.byFile.set(file, paths.set(logicalId, path));
    }
    return owners;
  }

  private metadata(): JsonObject {
    const { metadata, additionalMetadataFile } = this.artifact.body;
    if (isObject(metadata)) return metadata;
    const name = text(additionalMetadataFile);
    if (name === undefined) return {};
    try {
      const file = this.loader.inside(this.folder, name, this.loader.pathOf(join(this.folder, 'manifest.json')));
      const { value } = parseJson(readText(file, name).text, name);
      return isObject(value) ? value : {};
    } catch (error) {
      if (error instanceof InputError) return {};
      throw error;
    }
  }
}

/** The template file of the innermost stack around a construct. */
function fileOf(path: string, owners: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const file = owners.get(path.slice(0, end));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Account and Region of `aws://account/region`, each undefined when only deployment knows it. */
function environmentOf(environment: Json | undefined): [account?: string, region?: string] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text(environment) ?? '') ?? [];
  return [account === 'unknown-account' ? undefined : account, region === 'unknown-region' ? undefined : region];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
