// Tells a shell what may stand where the cursor is: commands, flags and their values, names, ids.

import type { Command, Option } from 'commander';
import { callables } from '../commands/raw-target.ts';
import { members } from '../generated/commands.ts';
import { disarm } from '../output/disarm.ts';
import { readProfiles } from '../profiles/profiles.ts';
import type { Context } from '../runtime.ts';
import { firstSentence } from '../program/help.ts';
import type { Tree } from '../program/tree.ts';
import { liveValues } from './live-values.ts';

/** A value and what it is; a value alone that begins with a colon is for the script. */
type Suggestion = readonly [value: string, about: string];

const FILES: Suggestion = [':files', ''];

/** @param words all up to the cursor */
export async function runComplete(
  context: Context,
  { program, schemas }: Pick<Tree, 'program' | 'schemas'>,
  words: readonly string[],
): Promise<void> {
  const columnsOf = (command: Command) => members[schemas.get(command) ?? ''] ?? [];
  const found = await suggestions(context, program, words, columnsOf);
  for (const [value, about] of found) {
    context.out.write(about === '' ? `${value}\n` : `${value}\t${disarm(about)}\n`);
  }
}

/** @param words all up to the cursor, the last one not complete, and maybe empty */
async function suggestions(
  context: Context,
  program: Command,
  words: readonly string[],
  columnsOf: (command: Command) => readonly string[],
): Promise<Suggestion[]> {
  const current = words.at(-1) ?? '';
  const place = placeOf(program, words.slice(0, -1));
  const [, flag, part] = /^(--[\w-]+)=(.*)$/.exec(current) ?? [];
  const option = flag === undefined ? place.option : optionOf(place.command, flag);
  const typed = part ?? current;
  const all = option
    ? await valuesOf(context, option, typed, () => columnsOf(place.command))
    : current.startsWith('-')
      ? flags(place.command)
      : [...subcommands(place), ...(await argumentValues(context, place))];
  if (all[0] === FILES) return all;
  const head = flag === undefined ? '' : `${flag}=`;
  return all
    .filter(([value]) => value.startsWith(typed))
    .map(([value, about]) => [head + value, about]);
}

interface Place {
  command: Command;
  /** How many arguments stand before the cursor. */
  count: number;
  /** The option that waits for its value. */
  option: Option | undefined;
}

function placeOf(program: Command, words: readonly string[]): Place {
  const place: Place = { command: program, count: 0, option: undefined };
  for (const word of words) {
    if (place.option) place.option = undefined;
    else if (word.startsWith('-')) {
      const option = optionOf(place.command, word);
      place.option = option && !option.isBoolean() ? option : undefined;
    } else {
      const next = place.command.commands.find((command) => command.name() === word);
      if (next && place.count === 0) place.command = next;
      else place.count += 1;
    }
  }
  return place;
}

function optionOf(command: Command, word: string): Option | undefined {
  return optionsOf(command).find(({ long, short }) => word === long || word === short);
}

function optionsOf(command: Command): Option[] {
  const own = command.options.filter(({ hidden }) => !hidden);
  return command.parent ? [...own, ...optionsOf(command.parent)] : own;
}

function flags(command: Command): Suggestion[] {
  return optionsOf(command).flatMap(({ long, description }) => {
    return long ? [[long, firstSentence(description)] as const] : [];
  });
}

function subcommands({ command, count }: Place): Suggestion[] {
  if (count > 0) return [];
  return command.commands
    .filter((one) => !one.name().startsWith('__'))
    .map((one) => [one.name(), firstSentence(one.description())]);
}

async function argumentValues(context: Context, { command, count }: Place): Promise<Suggestion[]> {
  const argument = command.registeredArguments[count];
  if (argument === undefined) return [];
  if (argument.argChoices) return argument.argChoices.map((value) => [value, '']);
  return named(context, argument.name());
}

/** Flags that are named after what they hold: `--customer-id`, `--endpoint-service-ids`. */
async function valuesOf(
  context: Context,
  option: Option,
  typed: string,
  columns: () => readonly string[],
): Promise<Suggestion[]> {
  if (option.argChoices) return option.argChoices.map((value) => [value, '']);
  const name = option.name();
  if (/(^|-)(file|input|to)$/.test(name) || option.flags.includes('<file>')) return [FILES];
  if (name === 'columns') {
    const head = typed.slice(0, typed.lastIndexOf(',') + 1);
    return columns().map((column) => [head + column, '']);
  }
  return named(context, name.replace(/-ids?$/, ''));
}

async function named(context: Context, kind: string): Promise<Suggestion[]> {
  if (kind === 'file') return [FILES];
  if (kind === 'method') return callables();
  if (kind === 'profile') {
    const { all } = await readProfiles(context);
    return Array.from(all, ([name, { url }]) => [name, url] as const);
  }
  // Whom support is asked about is likeliest a connection; what else there is, they paste.
  const values = await liveValues(context, kind === 'anything' ? 'connection' : kind);
  return values.map(({ value, about }) => [value, about] as const);
}
