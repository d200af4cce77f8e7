// Data as YAML: maps and lists in blocks, texts in JSON's quotes, which YAML reads as they are.

import { jsonText } from './text.ts';

export type Data = string | number | boolean | readonly Data[] | { readonly [key: string]: Data };

export function yaml(data: Data): string {
  return `${block(data, '').trimStart()}\n`;
}

function block(data: Data, indent: string): string {
  if (typeof data !== 'object') return ` ${jsonText(data)}`;
  if (Array.isArray(data)) {
    if (data.length === 0) return ' []';
    return (data as readonly Data[])
      .map((item) => `\n${indent}-${besideDash(item, `${indent}  `)}`)
      .join('');
  }
  const entries = Object.entries(data as Record<string, Data>);
  if (entries.length === 0) return ' {}';
  return entries
    .map(([key, value]) => `\n${indent}${plainKey(key)}:${block(value, `${indent}  `)}`)
    .join('');
}

/** The first member of a map stands beside its dash. */
function besideDash(item: Data, indent: string): string {
  return block(item, indent).replace(/^\n */, ' ');
}

function plainKey(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]*(::[A-Za-z]+)*$/.test(key) ? key : jsonText(key);
}
