import { relative, sep } from 'node:path';
import type { IConstruct } from 'constructs';
import { constructPathOf } from '../model/resource';
import type { SourceOf } from './ledger-evaluations';
import type { Synthesis } from './synthesis';

const FRAME = /\(?((?:[A-Za-z]:)?[^():]+\.[cm]?[jt]sx?):(\d+)(?::\d+)?\)?$/;

/** Tells `file:line` of the code that created the construct of a resource, relative to the working folder. */
export function sourcesIn(synthesis: Synthesis): SourceOf {
  const known = new Map<IConstruct, string | undefined>();
  const frameOf = (construct: IConstruct): string | undefined => {
    if (known.has(construct)) return known.get(construct);
    const { scope } = construct.node;
    const frame = creationFrame(construct) ?? (scope && frameOf(scope));
    known.set(construct, frame);
    return frame;
  };
  return (entry) => {
    const path = constructPathOf(entry);
    const construct = path === undefined ? undefined : synthesis.construct(path);
    return construct && frameOf(construct);
  };
}

function creationFrame(construct: IConstruct): string | undefined {
  const stack: unknown = construct.node.metadata.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
  if (!Array.isArray(stack)) return undefined;
  for (const line of stack) {
    if (String(line).includes('node_modules') || String(line).includes('node:')) continue;
    // Under some loaders the CDK knows the place only as the name of the function: `app.ts:7 (:)`.
    const frame = String(line)
      .trim()
      .replace(/^at /, '')
      .replace(/:? \(:\)$/, '');
    const [, file, number] = FRAME.exec(frame) ?? [];
    if (file) {
      return `${relative(process.cwd(), file.replace(/^.*\s/, '')).split(sep).join('/')}:${number}`;
    }
  }
  return undefined;
}
