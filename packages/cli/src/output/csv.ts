// Lines of CSV (RFC 4180), for spreadsheets: what is not text stays as in JSON, and no cell is
// taken for a formula.

import { disarm } from './disarm.ts';

/** What a spreadsheet would compute, and a customer's text might make it send data away. */
const FORMULA = /^[=+\-@\t\r\n]/;

export function csvLine(values: readonly unknown[]): string {
  return `${values.map((value) => quoted(cell(value))).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return FORMULA.test(value) ? `'${disarm(value)}` : disarm(value);
  // In one cell with blanks between them, as an import reads them.
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return cell(value.join(' '));
  }
  return disarm(JSON.stringify(value));
}

function quoted(text: string): string {
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
