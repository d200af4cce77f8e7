// Types into real, interactive shells on a pseudo-terminal, as a person does who presses Tab. The
// `sallyport` that they find completes as ours does, and run with anything else it only tells what
// it was run with, so that a test sees what the shell made of a line.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { installation, type Shell, scripts } from '../src/completion/scripts.ts';
import { bundleBuilt, folderWith, type Surroundings } from './harness.ts';
import { plain, programOnTerminal } from './pseudo-terminal.ts';

export const testedShells = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];
export type TestedShell = (typeof testedShells)[number];

// oxlint-disable-next-line no-control-regex -- titles, character sets, the bell, moves in a line
const LEFT = /\u001b\][^\u0007]*\u0007|\u001b\(B|[\u0007\b\r]/g;
const PROMPT = 'at your service> ';

/** What came of one line. */
export interface Typed {
  /** The words that the program was run with. */
  ran: string;
  /** What was on the screen by then: the line itself, lists, and messages if there were any. */
  shown: string;
}

/** How each is started, and which file it reads then. What the machine sets for all stays out. */
const starts: Record<TestedShell, { program: readonly string[]; file: string; text: string }> = {
  bash: {
    program: ['bash', '--noprofile', '--rcfile', '.bashrc', '-i'],
    file: '.bashrc',
    text: `PS1='${PROMPT}'\n${installation.bash}\n`,
  },
  // Without a dump, which takes longer to write than it saves here.
  zsh: {
    program: ['zsh', '--no-global-rcs', '-i'],
    file: '.zshrc',
    text: `PS1='${PROMPT}'\nautoload -U compinit\ncompinit -u -D\n${installation.zsh}\n`,
  },
  fish: {
    program: ['fish', '--interactive'],
    file: 'fish/config.fish',
    text: `function fish_prompt; echo -n '${PROMPT}'; end\nset fish_greeting\n`,
  },
};

/** Skips where a shell is missing that need not be there, and says so. */
export function needsShell(context: TestContext, shell: TestedShell): void {
  if (process.env['SALLYPORT_REQUIRE_SHELLS'] === '1') return;
  const missing = [shell, 'script'].find((program) => spawnSync(program, ['--version']).error);
  if (missing === undefined) return;
  process.stderr.write(`skipped: completion in ${shell}, as there is no ${missing} here\n`);
  context.skip(`there is no ${missing} here`);
}

/** @param lines with \t for the Tab key; each is run when it is completed */
export async function typedIn(
  shell: TestedShell,
  lines: readonly string[],
  { api, env }: Surroundings,
): Promise<Typed[]> {
  const { program, file, text: settings } = starts[shell];
  const cwd = await folderWith({ [file]: settings });
  await fs.writeFile(path.join(cwd, 'sallyport'), await stand(), { mode: 0o755 });
  const home = { HOME: cwd, ZDOTDIR: cwd, XDG_CONFIG_HOME: cwd, XDG_DATA_HOME: cwd };
  const own = { ...home, PATH: `${cwd}:/usr/bin:/bin`, SALLYPORT_CONFIG_DIR: cwd };
  if (shell === 'fish') await installedInFish(cwd);
  const { text } = await programOnTerminal(program, {
    api,
    env: { ...own, ...env },
    cwd,
    columns: 100,
    dialogue: [...lines, 'exit'].map((line, runs) => [promptAfter(runs), `${line}\r`]),
  });
  const parts = plain(text).replaceAll(LEFT, '').split('ran:<');
  return lines.map((_, index) => ({
    shown: parts[index]!.split('>\n').at(-1)!,
    ran: (parts[index + 1] ?? '').split('>\n')[0]!,
  }));
}

/** A list that is shown is followed by the prompt once more, so runs are what is counted. */
function promptAfter(runs: number): RegExp {
  return new RegExp(`^${'[^]*?ran:<'.repeat(runs)}[^]*?${PROMPT}`);
}

/** Bash and zsh run what their settings say; fish finds a file. */
async function installedInFish(home: string): Promise<void> {
  // Where this is missing, the first start makes completions of all manual pages there are.
  await fs.mkdir(path.join(home, 'fish/generated_completions'), { recursive: true });
  const folder = path.join(home, 'fish/completions');
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'sallyport.fish'), scripts.fish);
}

async function stand(): Promise<string> {
  const program = `'${process.execPath}' '${await bundleBuilt()}'`;
  return `#!/bin/sh
case "$1" in __complete | completion) exec ${program} "$@" ;; esac
printf 'ran:<%s>\\n' "$*"
`;
}
