// The manual page of the command line, sallyport(1), in the macros of man(7).

import type { Command } from '../../packages/cli/src/program/command.ts';

type Option = Command['options'][number];

export function manPage(program: Command, version: string): string {
  const { name, about, exampleLines, noteLines, options, commands } = program;
  const lines = [
    '.\\" Written by `pnpm generate` from packages/cli/src and openapi.json.',
    `.TH ${name.toUpperCase()} 1 "" "${escaped(`${name} ${version}`)}" ""`,
    // Options are not to be parted at a dash, nor blanks put between words.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${name} \\- ${plain(nameLine(about))}`,
    '.SH SYNOPSIS',
    `.B ${name}`,
    '.I command',
    '[\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    plain(about),
    ...paragraphsOf(noteLines).flatMap((paragraph) => ['.PP', plain(paragraph)]),
    '.SH EXAMPLES',
    ...examples(exampleLines),
    '.SH OPTIONS',
    'Every command has these.',
    ...shown(options),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH SEE ALSO',
    plain(`${name} COMMAND --help tells the same of each command.`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A command that only holds others is a heading for them. */
function commandLines(command: Command): string[] {
  const { words, about, commands, options, exampleLines, noteLines } = command;
  if (commands.length > 0) {
    return [`.SS "${escaped(words)}"`, plain(about), ...commands.flatMap(commandLines)];
  }
  const args = command.arguments.map((argument) => {
    const word = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
    return { word, about: argument.description };
  });
  const usage = [words, ...args.map(({ word }) => word), ...(options.length > 0 ? [OPTIONS] : [])];
  return [
    `.SS "${escaped(usage.join(' '))}"`,
    plain(about),
    '.PP',
    ...examples(exampleLines),
    ...args.flatMap((argument) => term(argument.word, argument.about)),
    ...shown(options),
    ...noteLines.flatMap((note) => ['.PP', plain(note)]),
  ];
}

const OPTIONS = '[options]';

function examples(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['.EX', ...lines.map(plain), '.EE'];
}

function shown(options: readonly Option[]): string[] {
  return options.filter(({ hidden }) => !hidden).flatMap(optionLines);
}

function optionLines({ flags, description, argChoices, defaultValue }: Option): string[] {
  const oneOf = argChoices ? ` One of ${argChoices.join(', ')}.` : '';
  const usual = typeof defaultValue === 'string' ? ` Else ${defaultValue}.` : '';
  return term(flags, `${description}${oneOf}${usual}`);
}

function term(typed: string, about: string): string[] {
  return ['.TP', `.B "${escaped(typed)}"`, plain(about)];
}

/** Lines that were broken for a terminal, put together; an empty one parts them. */
function paragraphsOf(lines: readonly string[]): string[] {
  return lines.join(' ').split('  ');
}

/** As `whatis` shows it: no sentence. */
function nameLine(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

/** A line of text: a dot or an apostrophe at its beginning would make it a request. */
function plain(text: string): string {
  return escaped(text).replace(/^(?=[.'])/, '\\&');
}

/** Of what is typed every dash has to stay one, and a quote would end an argument. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq');
}
