// The tree of commands: built from data, run once. Usage errors are told in the same form as all
// others, with exit code 2.

import { Command, CommanderError, Option } from 'commander';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { disarm, disarmLines } from '../output/disarm.ts';
import { type Format, formats } from '../output/format.ts';
import { DEFAULT_URL } from '../profiles/settings.ts';
import type { GlobalOptions, Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { runAction } from './action.ts';
import { firstSentence, openHelpBook } from './help.ts';
import { addResourceCommands } from './resource-commands.ts';
import { addSupportVerbs } from './support-verbs.ts';
import type { Tree } from './tree.ts';
import { addVendorVerbs } from './vendor-verbs.ts';
import { addVerbs } from './verbs.ts';

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function runProgram(argv: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const run = { exitCode: exitCodes.ok as ExitCode, failedAt: 'sallyport' };
  const program = new Command('sallyport');
  const tree: Tree = {
    program,
    help: openHelpBook(),
    add: (parent, name) => withExit(parent.command(name), run).helpCommand(false),
    act(command, attempted, handler) {
      command.action(async () => {
        const options = globalOptions(program);
        const args = command.args;
        run.exitCode = await runAction(runtime, options, attempted, (context) =>
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
  try {
    await program.parseAsync(withWords(withoutHelpCommand(argv)), { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageFailure(runtime, error, run.failedAt);
  }
}

/** Commander's own `help` takes one word; ours takes all words of a command. */
function withoutHelpCommand(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
}

/** `events --follow` and `events list --follow` are the command `events follow`. */
function withWords(argv: readonly string[]): string[] {
  const at = argv.indexOf('events');
  if (at < 0 || !argv.includes('--follow')) return [...argv];
  const rest = argv.slice(at + 1).filter((word) => word !== '--follow');
  return [...argv.slice(0, at + 1), 'follow', ...(rest[0] === 'list' ? rest.slice(1) : rest)];
}

function prepare({ program, help }: Tree, { out, err }: Runtime, run: { failedAt: string }): void {
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
    'The API key: SALLYPORT_API_KEY, else the file SALLYPORT_API_KEY_FILE, else that of',
    '`sallyport auth login`, else, on the machine of the service, the one in',
    'SALLYPORT_DATA_DIR (.sallyport). `sallyport config list --show-origin` tells.',
    '',
    'Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 auth, 5 conflict,',
    '6 unavailable, 7 a check failed or a state is final, 8 not yet or not in time,',
    '130 interrupted.',
  ]);
  for (const option of globals()) program.addOption(option);
}

function globals(): Option[] {
  return [
    new Option('--url <url>', `Where the service is; else ${DEFAULT_URL}.`),
    new Option('--profile <name>', 'The login to use, of several.'),
    new Option('-o, --output <format>', 'How it is written.')
      .choices(Object.keys(formats))
      .default('table' satisfies Format),
    new Option('--columns <names>', 'Members to show, with commas; table, wide and csv.'),
    new Option('--no-headers', 'No line with the names of the columns.'),
    new Option('-y, --yes', 'Do not ask for a confirmation.'),
    new Option('--debug', 'Show each request and answer on stderr, without secrets.'),
  ];
}

function globalOptions(program: Command): GlobalOptions {
  const given = program.opts<Partial<Omit<GlobalOptions, 'columns'>> & { columns?: string }>();
  return {
    url: given.url,
    profile: given.profile,
    output: given.output ?? 'table',
    columns: given.columns?.split(',').map((name) => name.trim()),
    headers: given.headers !== false,
    debug: given.debug === true,
    yes: given.yes === true,
  };
}

/** Commander would end the process; the error it throws instead does not say of which command. */
function withExit(command: Command, run: { failedAt: string }): Command {
  return command.exitOverride((error) => {
    const words: string[] = [];
    for (let at: Command | null = command; at; at = at.parent) words.unshift(at.name());
    run.failedAt = words.join(' ');
    throw error;
  });
}

function usageFailure({ err }: Runtime, error: CommanderError, failedAt: string): ExitCode {
  if (error.exitCode === 0) return exitCodes.ok;
  // A group without a command has printed its help already.
  if (error.code === 'commander.help') return exitCodes.usage;
  const [what = '', ...rest] = withoutValues(error.message).split('\n');
  const hint = rest.join(' ').replace(/^\(|\)$/g, '');
  err.write(`error: ${disarm(what.replace(/^error: /, ''))}\n`);
  err.write(`next: ${hint === '' ? '' : `${disarm(hint)} `}See ${failedAt} --help\n`);
  if (/'--?(api-?)?(key|token)/.test(what)) err.write(`note: ${NO_KEY_FLAG}\n`);
  return exitCodes.usage;
}

const NO_KEY_FLAG =
  'the API key is never given on the command line, where others can read it: ' +
  'put it into a file and set SALLYPORT_API_KEY_FILE.';

/** Someone may have typed a secret behind a flag that does not exist. */
function withoutValues(message: string): string {
  return message.replace(/(unknown option '--?[\w-]+)=[^\n]*'/, "$1'");
}

/** Longer lines are hard to read, however wide the window is. */
function helpWidth(columns: number | undefined): number {
  return Math.min(columns ?? 100, 100);
}
