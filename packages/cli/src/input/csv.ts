// Comma-separated text to rows of cells (RFC 4180), each with the line that it begins on, as people
// count lines in their editor. Also as spreadsheets save it: with a byte order mark, with CRLF, and
// with semicolons where the comma is the decimal point.

export interface CsvRow {
  line: number;
  cells: string[];
}

/** Empty lines are left out. @throws SyntaxError with the line, when a quote is never closed */
export function csvRows(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let line = 1;
  for (let at = 0; at <= source.length; ) {
    const { cell, end, lines } = cellAt(source, at, separator, line);
    row.cells.push(cell);
    line += lines;
    at = end + 1;
    if (source[end] === separator) continue;
    if (row.cells.some((text) => text !== '')) rows.push(row);
    if (source[end] === '\r' && source[at] === '\n') at++;
    line++;
    row = { line, cells: [] };
  }
  return rows;
}

function separatorOf(source: string): string {
  const [header = ''] = source.split(/[\r\n]/, 1);
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

interface Cell {
  cell: string;
  /** The place of what ended it: a separator, a line break, or the end. */
  end: number;
  /** Line breaks within it. */
  lines: number;
}

function cellAt(source: string, at: number, separator: string, line: number): Cell {
  if (source[at] !== '"') {
    let end = at;
    while (end < source.length && !isEnd(source[end]!, separator)) end++;
    return { cell: source.slice(at, end).trim(), end, lines: 0 };
  }
  let cell = '';
  for (let from = at + 1; ; ) {
    const quote = source.indexOf('"', from);
    if (quote === -1) throw new SyntaxError(`line ${line}: a quote is opened and never closed`);
    cell += source.slice(from, quote);
    from = quote + 2;
    if (source[quote + 1] === '"') {
      cell += '"';
      continue;
    }
    const end = quote + 1;
    if (end < source.length && !isEnd(source[end]!, separator)) {
      throw new SyntaxError(`line ${line}: there is text behind a closing quote`);
    }
    return { cell, end, lines: cell.split('\n').length - 1 };
  }
}

function isEnd(character: string, separator: string): boolean {
  return character === separator || character === '\n' || character === '\r';
}
