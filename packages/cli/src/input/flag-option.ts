// From the data of a flag to an option of commander: its spelling, its help, how its text is read.

import { InvalidArgumentError, Option } from 'commander';
import type { FlagData } from '../command-data.ts';
import { jsonValue, type JsonError } from './json-text.ts';

const METAVARS: Record<FlagData['type'], string> = {
  string: ' <text>',
  integer: ' <number>',
  number: ' <number>',
  boolean: '',
  enum: ' <choice>',
  list: ' <value>',
  map: ' <key=value>',
  json: ' <json>',
};

/** What people call it elsewhere. */
const NAMES: Readonly<Record<string, string>> = { validate_only: 'dry-run' };

/** `customer_id` is typed as `--customer-id`; a secret `token` as `--token-file`. */
export function flagName({ name, secret }: Pick<FlagData, 'name' | 'secret'>): string {
  return `--${NAMES[name] ?? name.replaceAll('_', '-')}${secret ? '-file' : ''}`;
}

export function flagOption(flag: FlagData): Option {
  const metavar = flag.secret ? ' <file>' : METAVARS[flag.type];
  const option = new Option(`${flagName(flag)}${metavar}`, flagHelp(flag));
  if (flag.values) option.choices(flag.values);
  else if (flag.type !== 'boolean') {
    option.argParser((text: string, previous: unknown) => flagValue(flag, text, previous));
  }
  return option;
}

function flagHelp(flag: FlagData): string {
  const { type, help, required, nullable, secret, name } = flag;
  const notes = [
    help,
    ...(secret ? [`The file that holds the ${name.replaceAll('_', ' ')}; - for stdin.`] : []),
    ...(type === 'list' || type === 'map' ? ["Repeat it for more; '' for none."] : []),
    ...(nullable ? ["'null' for none."] : []),
    ...(required ? ['(required)'] : []),
  ];
  return notes.filter((note) => note !== '').join(' ');
}

/** What a flag holds that was given as null: commander itself would make an empty text of null. */
export const NULL = Symbol('null');

/** @throws InvalidArgumentError, which commander reports together with the name of the flag */
function flagValue(flag: FlagData, text: string, previous: unknown): unknown {
  if (flag.nullable && text === 'null') return NULL;
  switch (flag.type) {
    case 'integer':
    case 'number':
      return numberFrom(flag.type, text);
    case 'list':
      return text === '' ? [] : [...((previous as string[] | undefined) ?? []), text];
    case 'map':
      return { ...(previous as object | undefined), ...mapFrom(text) };
    case 'json':
      return jsonFrom(text);
    case 'string':
    case 'boolean':
    case 'enum':
    default:
      return text;
  }
}

function numberFrom(type: 'integer' | 'number', text: string): number {
  const pattern = type === 'integer' ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/;
  if (pattern.test(text)) return Number(text);
  throw new InvalidArgumentError(`It must be ${type === 'integer' ? 'a whole' : 'a'} number.`);
}

function mapFrom(text: string): Record<string, string> {
  if (text === '') return {};
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be like key=value.');
  return { [text.slice(0, at)]: text.slice(at + 1) };
}

function jsonFrom(text: string): unknown {
  try {
    return jsonValue(text);
  } catch (error) {
    throw new InvalidArgumentError(`It ${(error as JsonError).message}.`);
  }
}
