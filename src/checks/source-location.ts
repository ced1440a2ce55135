import { relative, sep } from 'node:path';
import type { IConstruct } from 'constructs';
import { constructPathOf } from '../model/resource';
import type { SourceOf } from './ledger-evaluations';
import type { Synthesis } from './synthesis';

const FRAME = /\(?((?:[A-Za-z]:)?[^():]+\.[cm]?[jt]sx?):(\d+)(?::\d+)?\)?$/;

/** Tells `file:line` of the code that created the construct of a resource, relative to the working folder. */
export function sourcesIn(synthesis: Synthesis): SourceOf {
  const known = new Map<IConstruct, string | undefined>();
  // Constructs that a loop makes have the same trace.
  const places = new Map<string, string | undefined>();
  const frameOf = (construct: IConstruct): string | undefined => {
    if (known.has(construct)) return known.get(construct);
    const { scope } = construct.node;
    const frame = creationFrame(construct, places) ?? (scope && frameOf(scope));
    known.set(construct, frame);
    return frame;
  };
  return (entry) => {
    const path = constructPathOf(entry);
    const construct = path === undefined ? undefined : synthesis.construct(path);
    return construct && frameOf(construct);
  };
}

function creationFrame(construct: IConstruct, places: Map<string, string | undefined>): string | undefined {
  const stack: unknown = construct.node.metadata.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
  if (!Array.isArray(stack)) return undefined;
  for (const line of stack) {
    if (!places.has(line)) places.set(line, placeOf(String(line)));
    const place = places.get(line);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The place in the user's own code that a line of a stack trace tells; undefined for what others wrote. */
function placeOf(line: string): string | undefined {
  if (line.includes('node_modules') || line.includes('node:')) return undefined;
  // Under some loaders the CDK knows the place only as the name of the function: `app.ts:7 (:)`.
  const frame = line
    .trim()
    .replace(/^at /, '')
    .replace(/:? \(:\)$/, '');
  const [, file, number] = FRAME.exec(frame) ?? [];
  return file && `${relative(process.cwd(), file.replace(/^.*\s/, '')).split(sep).join('/')}:${number}`;
}
