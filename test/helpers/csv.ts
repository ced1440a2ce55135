/** Rows of comma-separated text, by the names in its first line. A cell may be quoted; none holds a line break. */
export function readCsv<Column extends string>(text: string, columns: readonly Column[]): Readonly<Record<Column, string>>[] {
  const [header, ...rows] = text.trimEnd().split(/\r?\n/).map(cellsOf);
  const places = columns.map((column) => header.indexOf(column));
  if (places.includes(-1)) throw new Error(`the first line must name ${columns.join(', ')}, got ${header.join(', ')}`);
  return rows.map((cells, index) => {
    if (cells.length !== header.length)
      throw new Error(`line ${index + 2} has ${cells.length} cells, the first ${header.length}`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[places[at]]])) as Record<Column, string>;
  });
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
}
