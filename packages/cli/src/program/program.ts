// What a command line asks for. Each answer loads what it needs and no more: the version nothing,
// help and completion the tree of commands, and only what is run the parser.

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { disarmLines } from '../output/disarm.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function runProgram(argv: readonly string[], runtime: Runtime): Promise<ExitCode> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    runtime.out.write(`${VERSION}\n`);
    return exitCodes.ok;
  }
  if (argv[0] === COMPLETE) {
    const { runComplete } = await import('../completion/complete.ts');
    return runComplete(argv.slice(1), runtime);
  }
  const { openTree } = await import('./all-commands.ts');
  const { program } = await openTree(argv, runtime);
  const line = withWords(withoutHelpCommand(argv));
  const command = commandOfHelp(program, line);
  if (command) {
    const { helpText, widthOfHelp } = await import('./help.ts');
    runtime.out.write(disarmLines(helpText(command, widthOfHelp(runtime.out))));
    return exitCodes.ok;
  }
  const { runLine } = await import('./parser.ts');
  return runLine(program, line, runtime);
}

/** What the shells' scripts ask with. It is told by no help, and fails in silence. */
const COMPLETE = '__complete';

/** Commander's own `help` takes one word; ours takes all words of a command. */
function withoutHelpCommand(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
}

/** `events --follow` and `events list --follow` are the command `events follow`. */
function withWords(argv: readonly string[]): string[] {
  const at = argv.indexOf('events');
  if (at < 0 || !argv.includes('--follow')) return withDebug(argv);
  const rest = argv.slice(at + 1).filter((word) => word !== '--follow');
  return [...argv.slice(0, at + 1), 'follow', ...(rest[0] === 'list' ? rest.slice(1) : rest)];
}

/** A flag that may have a value, but need not, would take the next word for it. */
function withDebug(argv: readonly string[]): string[] {
  return argv.map((word) => (word === '--debug=curl' ? '--debug-curl' : word));
}

/** Where nothing but the words of a command stands before `--help`. */
function commandOfHelp(program: Command, line: readonly string[]): Command | undefined {
  if (!['--help', '-h'].includes(line.at(-1) ?? '')) return undefined;
  return line
    .slice(0, -1)
    .reduce<Command | undefined>(
      (at, word) => at?.commands.find(({ name }) => name === word),
      program,
    );
}
