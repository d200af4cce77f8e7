// Tells a shell what may stand where the cursor is: commands, flags and their values, names, ids.

import type { Option } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import { members } from '../generated/commands.ts';
import { disarm } from '../output/disarm.ts';
import { runAction } from '../program/action.ts';
import { openTree } from '../program/all-commands.ts';
import { type Command, firstSentence } from '../program/command.ts';
import { globalOptions } from '../program/globals.ts';
import type { Context, Runtime, Sink } from '../runtime.ts';
import { wordsAtCursor } from './cursor.ts';

/** A value and what it is; a value alone that begins with a colon is for the script. */
type Suggestion = readonly [value: string, about: string];

const FILES: Suggestion = [':files', ''];

/** @param given by the shell's script: all up to the cursor */
export async function runComplete(given: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const words = wordsAtCursor(given);
  // The last word may be the beginning of another.
  const { program } = await openTree(words.slice(0, -1), runtime);
  const options = { ...globalOptions(program), ...chosenIn(words) };
  return runAction({ ...runtime, err: silent }, options, {}, async (context) => {
    for (const [value, about] of await suggestions(context, program, words)) {
      context.out.write(about === '' ? `${value}\n` : `${value}\t${disarm(about)}\n`);
    }
  });
}

const silent: Sink = {
  write: () => {},
  isTerminal: false,
  columns: undefined,
  colour: false,
  rewrites: false,
};

/** Which service is meant, where the line says so itself. */
function chosenIn(words: readonly string[]): {
  url: string | undefined;
  profile: string | undefined;
} {
  const after = (flag: string) => {
    const at = words.lastIndexOf(flag, -3);
    return at < 0 ? undefined : words[at + 1];
  };
  return { url: after('--url'), profile: after('--profile') };
}

/** @param words all up to the cursor, the last one not complete, and maybe empty */
async function suggestions(
  context: Context,
  program: Command,
  words: readonly string[],
): Promise<Suggestion[]> {
  const current = words.at(-1) ?? '';
  const place = placeOf(program, words.slice(0, -1));
  const [, flag, part] = /^(--[\w-]+)=(.*)$/.exec(current) ?? [];
  const option = flag === undefined ? place.option : optionOf(place.command, flag);
  const typed = part ?? current;
  const all = option
    ? await valuesOf(context, option, typed, place.command)
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
      const next = place.command.commands.find((command) => command.name === word);
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
    .filter((one) => !one.name.startsWith('__'))
    .map((one) => [one.name, firstSentence(one.about)]);
}

async function argumentValues(context: Context, { command, count }: Place): Promise<Suggestion[]> {
  const argument = command.arguments[count];
  if (argument === undefined) return [];
  if (argument.argChoices) return argument.argChoices.map((value) => [value, '']);
  return named(context, argument.name());
}

/** Flags that are named after what they hold: `--customer-id`, `--endpoint-service-ids`. */
async function valuesOf(
  context: Context,
  option: Option,
  typed: string,
  { schema = '' }: Command,
): Promise<Suggestion[]> {
  if (option.argChoices) return option.argChoices.map((value) => [value, '']);
  const name = option.name();
  if (/(^|-)(file|input|to)$/.test(name) || option.flags.includes('<file>')) return [FILES];
  if (name === 'columns') {
    const head = typed.slice(0, typed.lastIndexOf(',') + 1);
    return (members[schema] ?? []).map((column) => [head + column, '']);
  }
  return named(context, name.replace(/-ids?$/, ''));
}

async function named(context: Context, kind: string): Promise<Suggestion[]> {
  if (kind === 'file') return [FILES];
  if (kind === 'method') {
    const { callables } = await import('../commands/raw-target.ts');
    return callables();
  }
  if (kind === 'profile') {
    const { readProfiles } = await import('../profiles/profiles.ts');
    const { all } = await readProfiles(context);
    return Array.from(all, ([name, { url }]) => [name, url] as const);
  }
  // Whom support is asked about is likeliest a connection; what else there is, they paste.
  const { liveValues } = await import('./live-values.ts');
  const values = await liveValues(context, kind === 'anything' ? 'connection' : kind);
  return values.map(({ value, about }) => [value, about] as const);
}
