// The help of a command, with examples right below what it is, where one looks first.

import { type Argument, Help } from 'commander';
import type { Sink } from '../runtime.ts';
import { type Command, firstSentence } from './command.ts';

export const helpOption = ['-h, --help', 'Print this help.'] as const;
export const helpCommand = ['help [command...]', 'Print the help of a command'] as const;

/** Longer lines are hard to read, however wide the window is. */
const WIDTH_MAX = 100;

type Row = readonly [term: string, about: string];

export function widthOfHelp({ columns }: Sink): number {
  return Math.min(columns ?? WIDTH_MAX, WIDTH_MAX);
}

export function helpText(command: Command, width: number): string {
  const layout = Object.assign(new Help(), { minWidthToWrap: 30, helpWidth: width });
  const sections: Record<string, Row[]> = {
    Arguments: command.arguments.map((one) => [one.name(), layout.argumentDescription(one)]),
    Options: [...optionRows(command, layout), helpOption],
    'Global Options': above(command).flatMap((one) => optionRows(one, layout)),
    Commands: [...command.commands.map(commandRow), ...(command.parent ? [] : [helpCommand])],
  };
  const termWidth = Math.max(
    ...Object.values(sections).flatMap((rows) => rows.map(([{ length }]) => length)),
  );
  const parts = [
    `Usage: ${usage(command)}`,
    layout.boxWrap(command.about, width),
    section(
      'Examples',
      command.exampleLines.map((line) => `  ${line}`),
    ),
    ...Object.entries(sections).map(([title, rows]) => {
      return section(
        title,
        rows.map(([term, about]) => layout.formatItem(term, termWidth, about, layout)),
      );
    }),
    command.noteLines.join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function optionRows({ options }: Command, layout: Help): Row[] {
  return options
    .filter(({ hidden }) => !hidden)
    .map((option) => [option.flags, layout.optionDescription(option)]);
}

function commandRow(command: Command): Row {
  const options = command.options.length > 0 ? ['[options]'] : [];
  const term = [command.name, ...options, ...command.arguments.map(argumentTerm)].join(' ');
  return [term, firstSentence(command.about)];
}

function usage(command: Command): string {
  const below = command.commands.length > 0 ? ['[command]'] : [];
  return [command.words, '[options]', ...below, ...command.arguments.map(argumentTerm)].join(' ');
}

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function above({ parent }: Command): Command[] {
  return parent ? [parent, ...above(parent)] : [];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines].join('\n');
}
