// Asks before something that cannot be taken back. Without a terminal it never waits for an answer.

import { createInterface } from 'node:readline';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import type { Context } from '../runtime.ts';

export interface Danger {
  /** What would happen, in words. */
  consequence: string;
  /** What to type to go on. */
  name: string;
}

/** @throws CommandError unless it was confirmed */
export async function confirm(context: Context, { consequence, name }: Danger): Promise<void> {
  const { options, stdin, err, say } = context;
  if (options.yes) return;
  if (!stdin().isTTY || !err.isTerminal) {
    throw usageError(
      'This needs a confirmation, and there is no terminal to ask on.',
      'Add --yes to go on without being asked.',
    );
  }
  say(consequence);
  err.write(`Type ${name} to go on: `);
  const answer = await oneLine(context);
  if (answer?.trim() === name) return;
  if (answer === undefined) say('');
  throw new CommandError(exitCodes.failure, 'Not confirmed: nothing was changed.');
}

/** Undefined at the end of the input, and when the person interrupts. */
function oneLine({ stdin, signal }: Context): Promise<string | undefined> {
  // Without `terminal`, the terminal itself turns Ctrl-C into a signal, as everywhere else.
  const lines = createInterface({ input: stdin(), terminal: false });
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new CommandError(exitCodes.interrupted, 'Interrupted: nothing was changed.'));
      lines.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(undefined);
    });
  });
}
