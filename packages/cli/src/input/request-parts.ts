// From the flags that were given to the query and the body of a request.

import type { CommandData, FlagData } from '../command-data.ts';
import { usageError } from '../exit-codes.ts';
import { flagName, NULL } from './flag-option.ts';
import { jsonValue, type JsonError } from './json-text.ts';
import type { TextSource } from './text-source.ts';

export interface RequestParts {
  query: Record<string, unknown>;
  /** Undefined when the operation takes no body. */
  body: Record<string, unknown> | undefined;
}

export interface GivenFlags {
  /** The value of a flag, by its name on the wire; undefined when it was not given. */
  valueOf(flag: FlagData): unknown;
  /** `--file`. */
  file: string | undefined;
  /** What a file that is not JSON was read to. */
  members?: object | undefined;
}

/**
 * A flag wins over the same member of `--file`.
 * @throws CommandError when a file cannot be read, or a required flag is missing
 */
export async function requestParts(
  command: CommandData,
  given: GivenFlags,
  source: TextSource,
): Promise<RequestParts> {
  const members = given.members ?? (await fileMembers(given.file, source));
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = { ...members };
  for (const flag of command.flags) {
    const value = await givenValue(flag, given, source);
    if (value !== undefined) (flag.place === 'body' ? body : query)[flag.name] = value;
  }
  checkRequired(command, query, body);
  return { query, body: command.body ? body : undefined };
}

async function givenValue(flag: FlagData, given: GivenFlags, source: TextSource): Promise<unknown> {
  const value = given.valueOf(flag);
  if (value === NULL) return null;
  if (value === undefined || !flag.secret) return value;
  return (await source.read(value as string, flagName(flag))).trim();
}

async function fileMembers(file: string | undefined, source: TextSource): Promise<object> {
  if (file === undefined) return {};
  const text = await source.read(file, '--file');
  const value = parsed(text, file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw usageError(`--file: ${file} must hold a JSON object.`);
}

function parsed(text: string, file: string): unknown {
  try {
    return jsonValue(text);
  } catch (error) {
    throw usageError(`--file: ${file} ${(error as JsonError).message}.`, otherFiles(file));
  }
}

/** Where another command takes it. */
function otherFiles(file: string): string {
  if (/\.ya?ml$/i.test(file)) return 'A file as `export` writes it is for: sallyport apply -f';
  return /\.csv$/i.test(file)
    ? 'Rows of a table are for: sallyport imports create'
    : 'It takes an object with the members that --help tells as flags, as in {"name": "Acme"}';
}

function checkRequired({ flags, body, method }: CommandData, ...given: [object, object]): void {
  const [query, members] = given;
  const missing = flags.filter(({ name, place, required }) => {
    return required && !Object.hasOwn(place === 'body' ? members : query, name);
  });
  const names = missing.map(flagName).join(', ');
  if (names !== '') throw usageError(`Required: ${names}.`, `Give them as flags or with --file.`);
  if (method === 'PATCH' && body && Object.keys(members).length === 0) {
    const offered = flags.filter(({ place }) => place === 'body').map(flagName);
    throw usageError('There is nothing to change.', `Give ${offered.join(', ')} or --file.`);
  }
}
