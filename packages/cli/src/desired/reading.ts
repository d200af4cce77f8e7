// From the text of a file, YAML or JSON, to a declaration; every mistake in it is told at once.

import { usageError } from '../exit-codes.ts';
import { jsonValue, type JsonError } from '../input/json-text.ts';
import { didYouMean } from '../input/nearest.ts';
import { YamlError, yamlValue } from '../input/yaml-text.ts';
import {
  type DesiredState,
  type Item,
  keyOf,
  type SectionName,
  sectionNames,
  sections,
} from './document.ts';

/** @throws CommandError with each thing that is wrong */
export function readDesired(text: string, file: string): DesiredState {
  const value = parsed(text, file);
  if (!isRecord(value)) throw usageError(`${file} holds no declaration.`, EXAMPLE);
  const wrong = Object.entries(value).flatMap(([name, items]) => wrongSection(name, items));
  if (wrong.length > 0) throw usageError(`${file} is not right.`, EXAMPLE, wrong);
  return value;
}

const EXAMPLE = 'Look at one: sallyport export';

function parsed(text: string, file: string): unknown {
  try {
    return /^\s*\{/.test(text) ? jsonValue(text) : yamlValue(text);
  } catch (error) {
    if (error instanceof YamlError) throw usageError(`${file}, ${error.message}.`);
    throw usageError(`${file} ${(error as JsonError).message}.`);
  }
}

function wrongSection(name: string, items: unknown): string[] {
  if (!Object.hasOwn(sections, name)) return [unknownName(name, sectionNames)];
  const section = name as SectionName;
  if (!Array.isArray(items)) return [`${section}: it must be a list.`];
  const seen = new Set<string>();
  return items.flatMap((item: unknown, at) => {
    const where = `${section}[${at}]`;
    if (!isRecord(item)) return [`${where}: it must have members.`];
    const wrong = wrongMembers(section, item).map((problem) => `${where}: ${problem}`);
    const key = keyOf(section, item);
    if (wrong.length === 0 && seen.has(key)) return [`${where}: ${key} is there twice.`];
    seen.add(key);
    return wrong;
  });
}

/** What the values may be, the service says. */
function wrongMembers(section: SectionName, item: Item): string[] {
  const { keys, members } = sections[section];
  const known: readonly string[] = [...keys, ...members];
  const unknown = Object.keys(item).filter((name) => !known.includes(name));
  const missing = keys.filter((name) => typeof item[name] !== 'string' || item[name] === '');
  return [
    ...missing.map((name) => `\`${name}\` must be there, as a text.`),
    ...unknown.map((name) => unknownName(name, known)),
  ];
}

function unknownName(name: string, known: readonly string[]): string {
  const hint = didYouMean(name, known);
  return `there is no \`${name}\`.${hint === undefined ? '' : ` ${hint}`}`;
}

function isRecord(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
