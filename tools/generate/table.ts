// What generated pages are made of.

/** The first line of a generated page. @param from what it is generated from. */
export function written(from: string): string {
  return `<!-- Written by \`pnpm generate\` from ${from}. -->`;
}

/** A Markdown table; the cells are taken as they are. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), `|${header.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Text for a cell: nothing in it ends the cell or begins a tag. */
export function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
