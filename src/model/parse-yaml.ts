import type { Json } from './json';
import type { Parsed, Path } from './parsed';
import { readYaml } from './read-yaml';
import type { MemberLines } from './yaml-values';

/** Read the YAML that CloudFormation reads: one document, short forms of functions, no key twice, no endless nesting. */
export function parseYaml(text: string, file: string): Parsed {
  const value = readYaml(text, file);
  return { value, lineOf: lineFinder(text, file) };
}

/** Reads the text once more when it is first asked for a line: to note lines takes memory, and many files are never asked about. */
function lineFinder(text: string, file: string): Parsed['lineOf'] {
  let found: { value: Json; lines: MemberLines } | undefined;
  return (path: Path) => {
    if (!found) {
      const lines: MemberLines = new Map();
      found = { value: readYaml(text, file, lines), lines };
    }
    let { value } = found;
    let line = 1;
    for (const step of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) break;
      line = found.lines.get(value)?.get(step) ?? line;
      value = (value as Record<string | number, Json>)[step];
    }
    return line;
  };
}
