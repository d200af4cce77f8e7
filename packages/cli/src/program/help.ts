// The help: as commander prints it, but with examples right below the usage, where one looks first.

import { type Command, Help } from 'commander';

/** Remembers the examples of commands, and prints them. */
export interface HelpBook {
  examples(command: Command, lines: readonly string[]): void;
  /** Lines that come last. */
  notes(command: Command, lines: readonly string[]): void;
  examplesOf(command: Command): readonly string[];
  notesOf(command: Command): readonly string[];
  formatHelp(command: Command, printer: Help): string;
}

const FIRST_SECTION = /^(Arguments|[A-Z][\w ]*ptions|Commands|[A-Z][\w ]*:)/m;

export function openHelpBook(): HelpBook {
  const examples = new Map<Command, readonly string[]>();
  const notes = new Map<Command, readonly string[]>();
  return {
    examples: (command, lines) => void examples.set(command, lines),
    notes: (command, lines) => void notes.set(command, lines),
    examplesOf: (command) => examples.get(command) ?? [],
    notesOf: (command) => notes.get(command) ?? [],
    formatHelp(command, printer) {
      const text = Help.prototype.formatHelp.call(printer, command, printer);
      const [usage, rest] = splitAfterDescription(text);
      const shown = section('Examples:', examples.get(command) ?? []);
      const last = (notes.get(command) ?? []).map((line) => `${line}\n`).join('');
      return `${usage}${shown}${rest}${last === '' ? '' : `\n${last}`}`;
    },
  };
}

/** A list of commands has room for the first sentence of each. */
export function firstSentence(text: string): string {
  return /^(.*?)\.( |$)/.exec(text)?.[1] ?? text;
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `${title}\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

/** The usage and the description come first; the first heading after them starts the rest. */
function splitAfterDescription(text: string): [string, string] {
  const at = text.slice(1).search(FIRST_SECTION) + 1;
  return at === 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
