// Finds the command, runs it, and says what came of it: data to one side, notes to the other.
import { VERSION } from '../version.ts';
import { type Command, commands } from './commands.ts';
import { exitCodeOf, sayFailure } from './failure.ts';
import { generalFlags, readFlags } from './flags.ts';
import { type ExitCode, exitCodes, type Surroundings, UsageError } from './surroundings.ts';
import { disarmed } from './text.ts';

/** Runs the program. It never throws. */
export async function runProgram(around: Surroundings): Promise<ExitCode> {
  const note = (text: string) => around.note(disarmed(text));
  const safe = { ...around, note };
  const [name = 'help', ...args] = around.args;
  if (name === '--version') {
    around.out(VERSION);
    return exitCodes.ok;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    around.out(generalHelp());
    return exitCodes.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new UsageError(`There is no command "${name}".\n\n${generalHelp()}`);
    return await runCommand(name, command, args, safe);
  } catch (error) {
    note(`sallyport-sdk: ${sayFailure(error)}`);
    if (error instanceof UsageError && command) note(usageOf(name, command));
    return exitCodeOf(error);
  }
}

async function runCommand(
  name: string,
  command: Command,
  args: readonly string[],
  around: Surroundings,
): Promise<ExitCode> {
  const given = readFlags(args, command.flags);
  if (given.isSet('help')) {
    around.out(commandHelp(name, command));
    return exitCodes.ok;
  }
  const [unexpected] = name === 'observe' ? [] : given.positionals;
  if (unexpected !== undefined) throw new UsageError(`"${unexpected}" is not expected here.`);
  const { result, lines, code } = await command.run(given, around);
  // JSON escapes what could steer a terminal, but for what only turns a text around.
  around.out(disarmed(given.isSet('json') ? JSON.stringify(result, null, 2) : lines.join('\n')));
  return code;
}

function generalHelp(): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length));
  return [
    'Usage: npx @sallyport/sdk <command> [flags]',
    '',
    ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
    '',
    'SALLYPORT_URL says where the service is, SALLYPORT_API_KEY_FILE where your key is. AWS',
    'credentials are found as the AWS SDK finds them. `<command> --help` has the flags.',
  ].join('\n');
}

function commandHelp(name: string, command: Command): string {
  const flags = Object.entries({ ...command.flags, ...generalFlags }).map(([flag, kind]) => {
    const value = kind.type === 'boolean' ? '' : ' <value>';
    const again = 'multiple' in kind && kind.multiple ? ' …' : '';
    return `  --${flag}${value}${again}`;
  });
  return [command.about, '', usageOf(name, command), '', ...flags].join('\n');
}

function usageOf(name: string, { usage }: Command): string {
  return `Usage: npx @sallyport/sdk ${name} ${usage}`;
}
