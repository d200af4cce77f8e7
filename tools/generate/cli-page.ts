// docs/cli.md: every command of the command line, as its own help tells it. The manual page, which
// is made of the same tree, is written with it.

import { registerHooks } from 'node:module';
import type { Command } from '../../packages/cli/src/program/command.ts';
import { VERSION } from '../../packages/cli/src/version.ts';
import type { Generator } from './generation.ts';
import { manPage } from './man-page.ts';

type Argument = Command['arguments'][number];
type Option = Command['options'][number];

const COMMANDS = 'packages/cli/src/generated/commands.ts';

export const generator: Generator = {
  name: 'cli page',
  async outputs(previous: ReadonlyMap<string, string> = new Map()) {
    const { program } = await treeFrom(previous.get(COMMANDS));
    return new Map([
      ['docs/cli.md', cliPage(program)],
      ['packages/cli/man/sallyport.1', manPage(program, VERSION)],
    ]);
  },
};

/** The page: what all commands share, then each of them, in the order of the help. */
export function cliPage(program: Command): string {
  const sections = program.commands.flatMap(commandSections);
  return `${[head, optionTable(program.options), ...sections].join('\n\n')}\n`;
}

const head = `<!-- Written by \`pnpm generate\` from packages/cli/src and openapi.json. -->
# The command line

\`sallyport\` is one file, for support staff and vendor ops.
[Its README](../packages/cli/README.md) says how it finds a service and a key, how it writes, and
what its exit codes mean; [Who may](authentication.md#from-the-command-line) how one logs in.
\`sallyport COMMAND --help\` tells the same as this page.

## Every command has`;

/** @param text of the generated data, where it is newer than the file */
async function treeFrom(text: string | undefined) {
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      if (text === undefined || !url.endsWith(`/${COMMANDS}`)) return nextLoad(url, context);
      return { format: 'module-typescript', source: text, shortCircuit: true };
    },
  });
  try {
    const { openTree } = await import('../../packages/cli/src/program/all-commands.ts');
    const sink = {
      write: () => {},
      isTerminal: false,
      columns: undefined,
      colour: false,
      rewrites: false,
    };
    const runtime = {
      env: {},
      platform: 'linux',
      out: sink,
      err: sink,
      stdin: () => process.stdin,
      signal: new AbortController().signal,
      now: () => 0,
      hide: () => {},
    } as const;
    return await openTree(undefined, runtime);
  } finally {
    hooks.deregister();
  }
}

/** A command that only holds others is a heading for them. */
function commandSections(command: Command): string[] {
  const { words } = command;
  const isLeaf = command.commands.length === 0;
  const level = words.split(' ').length === 2 ? '##' : '###';
  const parts = [`${level} ${words}`, cell(command.about)];
  if (isLeaf) {
    const usage = [words, ...command.arguments.map(argumentWord), optionsWord(command)];
    parts.push(['```sh', usage.join(' ').trim(), ...command.exampleLines, '```'].join('\n'));
    const rows = command.arguments.map(argumentRow);
    const options = shown(command.options).map(optionRow);
    if (rows.length + options.length > 0) parts.push(table([...rows, ...options]));
    const notes = command.noteLines.join('  \n');
    if (notes !== '') parts.push(cell(notes));
  }
  const below = command.commands.flatMap(commandSections);
  return [parts.join('\n\n'), ...below];
}

function argumentWord(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function optionsWord(command: Command): string {
  return shown(command.options).length > 0 ? '[options]' : '';
}

function shown(options: readonly Option[]): Option[] {
  return options.filter(({ hidden }) => !hidden);
}

function optionTable(options: readonly Option[]): string {
  return table(shown(options).map(optionRow));
}

function table(rows: readonly string[]): string {
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function argumentRow(argument: Argument): string {
  return `| \`${argumentWord(argument)}\` | ${cell(argument.description)} |`;
}

function optionRow({ flags, description, argChoices, defaultValue }: Option): string {
  const choices = argChoices?.map((choice) => `\`${choice}\``).join(', ');
  const usual = typeof defaultValue === 'string' ? ` Else \`${defaultValue}\`.` : '';
  const text = `${cell(description)}${choices ? ` One of ${choices}.` : ''}${usual}`;
  return `| \`${flags}\` | ${text} |`;
}

/** Text that Markdown takes for nothing else. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
