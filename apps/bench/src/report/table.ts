/** Pads the cells of a Markdown table, as Prettier would. */

/** A row of cells. */
export type Row = readonly string[];

/** @param numeric whether a column is aligned to the right. */
export function table(head: Row, rows: readonly Row[], numeric: readonly boolean[] = []): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: Row): string =>
    `| ${widths.map((width, column) => padded(row[column] ?? '', width, numeric[column] ?? false)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    numeric[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const padded = (cell: string, width: number, right: boolean): string =>
  right ? cell.padStart(width) : cell.padEnd(width);
