// Shows on stderr how a wait goes: one line that is written over on a terminal, a line for each
// change everywhere else, so that a log stays readable.

import type { Context } from '../runtime.ts';
import { disarm } from './disarm.ts';
import { fitted, textWidth } from './text-width.ts';
import { durationText } from './time.ts';

export interface Progress {
  state: string;
  /** Why it is not further. */
  detail: string | undefined;
  elapsedMs: number;
  /** How much of it is done, from 0 to 1, where that is known: a bar shows it on a terminal. */
  part?: number;
}

export interface ProgressLine {
  show(progress: Progress): void;
  /** Puts the line away, and says this last thing instead. */
  end(text?: string): void;
}

const ERASE_LINE = '\r\u001b[2K';

export function openProgressLine(
  { err, say }: Pick<Context, 'err' | 'say'>,
  subject: string,
): ProgressLine {
  let last = '';
  let open = false;
  const erase = () => {
    if (open) err.write(ERASE_LINE);
    open = false;
  };
  return {
    show({ state, detail, elapsedMs, part }) {
      const text = `${subject}: ${state}${detail === undefined ? '' : ` (${detail})`}`;
      if (err.rewrites) {
        const bar = part === undefined ? '' : barText(part);
        const line = disarm(`${bar}${text}, ${durationText(elapsedMs)}`);
        err.write(ERASE_LINE + cut(line, (err.columns ?? 80) - 1));
        open = true;
      } else if (text !== last) {
        say(text);
      }
      last = text;
    },
    end(text) {
      erase();
      if (text !== undefined) say(`${subject}: ${text}`);
    },
  };
}

/** A line that reaches the edge would wrap, and then one line could not be erased any more. */
function cut(line: string, width: number): string {
  return textWidth(line) <= width ? line : fitted(line, width);
}

const BAR_WIDTH = 20;

function barText(part: number): string {
  const done = Math.round(part * BAR_WIDTH);
  return `[${'#'.repeat(done)}${'-'.repeat(BAR_WIDTH - done)}] `;
}
