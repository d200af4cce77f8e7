// The tree of commands: built from data, run once. Usage errors are told in the same form as all
// others, with exit code 2.

import { Command, CommanderError } from 'commander';
import { wordsAtCursor } from '../completion/cursor.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { lineForOthers } from '../input/shell-line.ts';
import { disarmLines } from '../output/disarm.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { runAction } from './action.ts';
import { globalOptions, globals } from './globals.ts';
import { firstSentence, openHelpBook } from './help.ts';
import { addResourceCommands } from './resource-commands.ts';
import { addSupportVerbs } from './support-verbs.ts';
import type { Tree } from './tree.ts';
import { addVendorVerbs } from './vendor-verbs.ts';
import { usageFailure } from './usage-failure.ts';
import { addVerbs } from './verbs.ts';

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function runProgram(argv: readonly string[], runtime: Runtime): Promise<ExitCode> {
  // Without the tree, which takes longer than this answer.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    runtime.out.write(`${VERSION}\n`);
    return exitCodes.ok;
  }
  if (argv[0] === COMPLETE) return complete(wordsAtCursor(argv.slice(1)), runtime);
  const run: Run = { exitCode: exitCodes.ok, failedAt: 'sallyport' };
  const tree = openTree(argv, runtime, run);
  try {
    await tree.program.parseAsync(withWords(withoutHelpCommand(argv)), { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageFailure(runtime, error, run.failedAt);
  }
}

/** @param argv what is to be run; of the groups that are not in it, only the heads are made */
export function openTree(argv: readonly string[], runtime: Runtime, run: Run): Tree {
  const program = new Command('sallyport');
  const tree: Tree = {
    program,
    help: openHelpBook(),
    schemas: new Map(),
    wants: (name) => argv.includes(name),
    add: (parent, name) => withExit(parent.command(name), run).helpCommand(false),
    act(command, attempted, handler) {
      command.action(async () => {
        const options = globalOptions(program);
        const args = command.args;
        const kinds = command.registeredArguments.map((argument) => argument.name());
        const named = { ...attempted, kinds, args, line: lineForOthers(argv) };
        run.exitCode = await runAction(runtime, options, named, (context) =>
          handler(context, args),
        );
      });
    },
  };
  prepare(tree, runtime, run);
  addVerbs(tree);
  addSupportVerbs(tree);
  addVendorVerbs(tree);
  addResourceCommands(tree, argv);
  return tree;
}

export interface Run {
  exitCode: ExitCode;
  failedAt: string;
}

/** What the shells' scripts ask with. It is told by no help, and fails in silence. */
const COMPLETE = '__complete';

async function complete(words: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const tree = openTree(words, runtime, { exitCode: exitCodes.ok, failedAt: '' });
  const { runComplete } = await import('../completion/complete.ts');
  const quiet = { ...runtime, err: { ...runtime.err, write: () => {} } };
  const options = { ...globalOptions(tree.program), ...chosenIn(words) };
  return runAction(quiet, options, {}, async (context) => {
    await runComplete(context, tree, words);
  });
}

/** Which service is meant, where the line says so itself. */
function chosenIn(words: readonly string[]): {
  url: string | undefined;
  profile: string | undefined;
} {
  const after = (flag: string) => {
    const at = words.lastIndexOf(flag, -3);
    return at < 0 ? undefined : words[at + 1];
  };
  return { url: after('--url'), profile: after('--profile') };
}

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

function prepare({ program, help }: Tree, { out, err }: Runtime, run: Run): void {
  withExit(program, run)
    .description('Let customers in over AWS PrivateLink, and see whether it works.')
    .version(VERSION, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command...]', 'Print the help of a command')
    .configureHelp({
      showGlobalOptions: true,
      minWidthToWrap: 30,
      subcommandDescription: (command) => firstSentence(command.description()),
      formatHelp: (command, printer) => help.formatHelp(command, printer),
    })
    .configureOutput({
      writeOut: (text) => out.write(disarmLines(text)),
      writeErr: (text) => err.write(disarmLines(text)),
      // `usageFailure` tells it, in the form of all errors.
      outputError: () => {},
      getOutHelpWidth: () => helpWidth(out.columns),
      getErrHelpWidth: () => helpWidth(err.columns),
    });
  help.examples(program, [
    'sallyport diagnose vpce-0a1b2c3d4e5f60718',
    'sallyport connections list --state pendingAcceptance',
    'sallyport wait connection vpce-0a1b2c3d4e5f60718 --timeout 10m',
  ]);
  help.notes(program, [
    'The API key: SALLYPORT_API_KEY, else the file SALLYPORT_API_KEY_FILE, else that',
    'of `sallyport auth login`, else, on the machine of the service, the one in',
    'SALLYPORT_DATA_DIR (.sallyport). `sallyport config list --show-origin` tells.',
    '',
    'Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 auth, 5 conflict,',
    '6 unavailable, 7 a check failed or a state is final, 8 not yet or not in time,',
    '130 interrupted.',
  ]);
  for (const option of globals()) program.addOption(option);
}

/** Commander would end the process; the error it throws instead does not say of which command. */
function withExit(command: Command, run: Run): Command {
  return command.exitOverride((error) => {
    const words: string[] = [];
    for (let at: Command | null = command; at; at = at.parent) words.unshift(at.name());
    run.failedAt = words.join(' ');
    throw error;
  });
}

/** Longer lines are hard to read, however wide the window is. */
function helpWidth(columns: number | undefined): number {
  return Math.min(columns ?? 100, 100);
}
