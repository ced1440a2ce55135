import { relative, sep } from 'node:path';
import type { IConstruct } from 'constructs';
import { constructPathOf } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Synthesis } from './synthesis';

const FRAME = /\(?((?:[A-Za-z]:)?[^():]+\.[cm]?[jt]sx?):(\d+)(?::\d+)?\)?$/;

/** `file:line` of the code that created the construct of a resource, relative to the working folder. */
export function sourceOf(entry: ResourceEntry, synthesis: Synthesis): string | undefined {
  const path = constructPathOf(entry);
  for (let construct = path === undefined ? undefined : synthesis.construct(path); construct; construct = construct.node.scope) {
    const frame = creationFrame(construct);
    if (frame) return frame;
  }
  return undefined;
}

function creationFrame(construct: IConstruct): string | undefined {
  const stack: unknown = construct.node.metadata.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
  if (!Array.isArray(stack)) return undefined;
  for (const line of stack) {
    // Under some loaders the CDK knows the place only as the name of the function: `app.ts:7 (:)`.
    const frame = String(line)
      .trim()
      .replace(/^at /, '')
      .replace(/:? \(:\)$/, '');
    const [, file, number] = FRAME.exec(frame) ?? [];
    if (file && !file.includes('node_modules') && !file.startsWith('node:')) {
      return `${relative(process.cwd(), file.replace(/^.*\s/, '')).split(sep).join('/')}:${number}`;
    }
  }
  return undefined;
}
