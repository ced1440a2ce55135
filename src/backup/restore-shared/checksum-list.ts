/** A line of `sha256sum`: a backslash if the name is escaped, the sum, a space, a space or a star, the name. */
const LINE = /^(\\?)([0-9a-f]{64}) [ *](.+)$/;

/** The names and sums of a list as `sha256sum` writes it; lines that are something else are left out. */
export function checksumsIn(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split('\n').flatMap((line) => {
      const [, escaped, sum, name] = LINE.exec(line.replace(/\r$/, '')) ?? [];
      return sum === undefined ? [] : [[(escaped ? unescaped(name) : name).replace(/^\.\//, ''), sum] as const];
    }),
  );
}

/** `sha256sum` escapes these, and nothing else. */
function unescaped(name: string): string {
  return name.replace(/\\([\\nr])/g, (_, character: string) => ({ n: '\n', r: '\r' })[character] ?? character);
}
