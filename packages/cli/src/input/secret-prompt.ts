// Asks for a secret on the terminal, which does not show what is typed.

import type { ReadStream } from 'node:tty';
import { CommandError, exitCodes } from '../exit-codes.ts';
import type { Context } from '../runtime.ts';

/** Also Ctrl-D, the end of the input. */
const ENTER = new Set(['\r', '\n', '\u0004']);
const BACKSPACE = new Set(['\u0008', '\u007f']);
const INTERRUPT = '\u0003';

/** @throws CommandError when the person interrupts */
export async function secretPrompt({ stdin, err }: Context, question: string): Promise<string> {
  const terminal = stdin();
  // The terminal shows nothing then, and turns no key into a signal: Ctrl-C is read here. It comes
  // before the question: somebody may answer that at once.
  terminal.setRawMode(true);
  err.write(question);
  try {
    return await typed(terminal);
  } finally {
    terminal.setRawMode(false);
    terminal.pause();
    err.write('\n');
  }
}

function typed(terminal: ReadStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      for (const character of chunk.toString('utf8')) {
        if (character === INTERRUPT) {
          terminal.off('data', onData);
          reject(new CommandError(exitCodes.interrupted, 'Interrupted: nothing was changed.'));
          return;
        }
        if (ENTER.has(character)) {
          terminal.off('data', onData);
          resolve(text);
          return;
        }
        text = BACKSPACE.has(character) ? text.slice(0, -1) : text + character;
      }
    };
    terminal.on('data', onData);
    terminal.once('end', () => resolve(text));
  });
}
