// The formats of what is written to stdout, and what each is for.

export const formats = {
  table: 'for people: as wide as the window, times as "3m ago"; in a pipe nothing is cut',
  wide: 'the same with every member, and nothing cut',
  json: "the API's own JSON",
  yaml: 'the same as YAML',
  csv: 'a line for each item, for spreadsheets',
  ndjson: "the API's own JSON, a line for each item",
  name: 'only the ids, a line for each',
} as const;

export type Format = keyof typeof formats;

/** Whether the whole answer is written, and not what was chosen of it for people. */
export function isWhole(format: Format): boolean {
  return format === 'json' || format === 'yaml' || format === 'ndjson';
}
