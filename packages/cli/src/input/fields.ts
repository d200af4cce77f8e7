// The fields of `sallyport api`: from `key=value`, as it was typed, to members with values.

import { usageError } from '../exit-codes.ts';
import { jsonValue, type JsonError } from './json-text.ts';
import type { TextSource } from './text-source.ts';

export interface Field {
  name: string;
  value: unknown;
  /** Whether it came out of a file, and so was not there for everybody to read. */
  isFromFile: boolean;
}

/** @param field `key=value`, of which the value is a text whatever it looks like */
export function textField(field: string): Field {
  const [name, value] = pair(field);
  return { name, value, isFromFile: false };
}

/**
 * @param field `key=value` with a value as in JSON; `@file` is what a file has, `@-` what stdin
 * @throws CommandError when it begins as JSON and is none, or a file cannot be read
 */
export async function typedField(field: string, source: TextSource): Promise<Field> {
  const [name, text] = pair(field);
  if (text.startsWith('@')) {
    const value = await source.read(text.slice(1), `-F ${name}`);
    // As in `$(cat file)`: an editor ends each file so.
    return { name, value: value.replace(/\r?\n$/, ''), isFromFile: true };
  }
  return { name, value: valueOf(name, text), isFromFile: false };
}

/** A name that comes twice has both values. */
export function membersOf(fields: readonly Field[]): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const { name, value } of fields) {
    members.set(name, members.has(name) ? [members.get(name), value].flat() : value);
  }
  return Object.fromEntries(members);
}

function pair(field: string): readonly [name: string, text: string] {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
}

/** What can be nothing but JSON is; all else is a text, as the person has it. */
function valueOf(name: string, text: string): unknown {
  try {
    return jsonValue(text);
  } catch (error) {
    if (!/^[[{"]/.test(text)) return text;
    const { message } = error as JsonError;
    throw usageError(`-F ${name} ${message}.`, 'Take -f for it to be a text.');
  }
}
