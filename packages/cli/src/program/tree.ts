// The tree of commands, as far as those parts need it that hang commands into it.

import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import type { Attempted } from '../failure.ts';
import type { Context } from '../runtime.ts';
import type { HelpBook } from './help.ts';

export interface Tree {
  program: Command;
  help: HelpBook;
  /** The schema that a command answers with, where its answer has columns. */
  schemas: Map<Command, string>;
  /** Whether this word stands on the command line. What it leads to need not be made else. */
  wants(name: string): boolean;
  /** A new command below another, with the settings of all. */
  add(parent: Command, name: string): Command;
  act(
    command: Command,
    attempted: Attempted,
    handler: (context: Context, args: readonly string[]) => Promise<ExitCode | void>,
  ): void;
}
