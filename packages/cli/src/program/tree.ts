// The tree of commands, as far as those parts need it that hang commands into it.

import type { ExitCode } from '../exit-codes.ts';
import type { Attempted } from '../failure.ts';
import type { Context } from '../runtime.ts';
import type { Command } from './command.ts';

export interface Tree {
  program: Command;
  /** Whether this word stands on the line. What it leads to need not be made else. */
  wants(name: string): boolean;
  /** Whether the line has these words one behind the other. */
  names(words: string): boolean;
  act(
    command: Command,
    attempted: Attempted,
    handler: (context: Context, args: readonly string[]) => Promise<ExitCode | void>,
  ): void;
}
