import type { Json } from './json';
import { lineTable, type Parsed, type Path } from './parsed';
import { readYaml } from './read-yaml';
import type { MemberOffsets } from './yaml-values';

/** Read the YAML that CloudFormation reads: one document, short forms of functions, no key twice, no endless nesting. */
export function parseYaml(text: string, file: string): Parsed {
  const value = readYaml(text, file);
  return { value, lineOf: lineFinder(text, file) };
}

/** Reads the text once more when it is first asked for a line: to note where all stands takes memory, and many files are never asked about. */
function lineFinder(text: string, file: string): Parsed['lineOf'] {
  let found: { value: Json; offsets: MemberOffsets; lineAt: (offset: number) => number } | undefined;
  return (path: Path) => {
    if (!found) {
      const offsets: MemberOffsets = new Map();
      found = { value: readYaml(text, file, offsets), offsets, lineAt: lineTable(text) };
    }
    let { value } = found;
    let offset = 0;
    for (const step of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) break;
      offset = found.offsets.get(value)?.get(step) ?? offset;
      value = (value as Record<string | number, Json>)[step];
    }
    return found.lineAt(offset);
  };
}
