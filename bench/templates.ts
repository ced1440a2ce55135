import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, Scalar, visit } from 'yaml';
import { buildApp } from './app';

/** A folder of templates to audit. */
export interface TemplateFolder {
  readonly folder: string;
  readonly megabytes: number;
}

const DISTINCT = 20;
const RESOURCES = 100;

/** Write so many templates of 100 resources each below a folder, in one format. Twenty differ; copies are parsed all the same. */
export function writeTemplates(folder: string, count: number, format: 'json' | 'yaml'): TemplateFolder {
  const texts = synthesizedTemplates(`${folder}-synth`).map((template) =>
    format === 'json' ? JSON.stringify(template, undefined, 2) : yamlOf(template),
  );
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const text = texts[index % texts.length];
    const group = join(folder, `team-${String(index % 10)}`);
    mkdirSync(group, { recursive: true });
    writeFileSync(join(group, `service-${String(index).padStart(4, '0')}.${format}`), text);
    bytes += Buffer.byteLength(text);
  }
  return { folder, megabytes: bytes / 1e6 };
}

function synthesizedTemplates(outdir: string): object[] {
  const shape = { resources: DISTINCT * RESOURCES, perStack: RESOURCES, findings: false };
  buildApp(shape, { outdir, builtinCloudFormationValidation: false }).synth();
  const templates = readdirSync(outdir)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => JSON.parse(readFileSync(join(outdir, file), 'utf8')));
  rmSync(outdir, { recursive: true });
  return templates;
}

/** YAML as people write it, with `!Ref` and `!GetAtt`. */
function yamlOf(template: object): string {
  const document = new Document(template, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, map) => {
      if (map.items.length !== 1) return undefined;
      const { Ref: ref, 'Fn::GetAtt': attribute } = map.toJSON();
      if (typeof ref === 'string') return short('!Ref', ref);
      return Array.isArray(attribute) ? short('!GetAtt', attribute.join('.')) : undefined;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function short(tag: string, text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.tag = tag;
  return scalar;
}
