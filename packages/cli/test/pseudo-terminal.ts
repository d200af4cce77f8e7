// Runs the built command line on a pseudo-terminal, which the program `script` makes: what a person
// sees and types, with a window of a known width.

import { spawn, spawnSync } from 'node:child_process';
import os from 'node:os';
import type { TestContext } from 'vitest';
import { commandLine, environment, type Surroundings } from './harness.ts';

export interface Screen {
  code: number;
  /** Everything that was written to the terminal, with its control sequences. */
  text: string;
}

export interface Sitting extends Surroundings {
  columns?: number;
  /** Typed as soon as this text is on the screen; `\u0003` is Ctrl-C. */
  dialogue?: readonly (readonly [seen: string | RegExp, typed: string])[];
}

/** Tests that need a terminal say so where there is none to be had. */
export function needsTerminal(context: TestContext): void {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (!stdout?.includes('util-linux')) context.skip('there is no `script` of util-linux here');
}

export async function onTerminal(args: readonly string[], sitting: Sitting): Promise<Screen> {
  return programOnTerminal(await commandLine(args), sitting);
}

/** Any other program, such as a shell. */
export async function programOnTerminal(
  program: readonly string[],
  sitting: Sitting,
): Promise<Screen> {
  const { columns = 80, dialogue = [], cwd = os.tmpdir() } = sitting;
  const line = `stty cols ${columns} rows 24 && exec ${program.map(quoted).join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd,
    env: { TERM: 'xterm-256color', SHELL: '/bin/sh', ...environment(sitting) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  let step = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    while (step < dialogue.length && isOn(text, dialogue[step]![0])) {
      child.stdin.write(dialogue[step]![1]);
      step += 1;
    }
  });
  const code = await new Promise<number>((resolve) => {
    child.on('close', (exitCode) => resolve(exitCode ?? -1));
  });
  return { code, text: text.replaceAll('\r\n', '\n') };
}

/** The screen without colours and cursor movements. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control sequences are what this is about
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}

function isOn(screen: string, seen: string | RegExp): boolean {
  return typeof seen === 'string' ? screen.includes(seen) : seen.test(screen);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
