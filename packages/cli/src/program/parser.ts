// Parses a line, and runs what it means: commander, made from the tree. Usage errors are told in
// the same form as all others, with exit code 2.

import { CommanderError, Command as Parser } from 'commander';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { disarmLines } from '../output/disarm.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';
import { helpCommand, helpOption, helpText, widthOfHelp } from './help.ts';
import { usageFailure } from './usage-failure.ts';

export async function runLine(
  program: Command,
  argv: readonly string[],
  runtime: Runtime,
): Promise<ExitCode> {
  const run: Run = { exitCode: exitCodes.ok, failedAt: program.words };
  try {
    await parserOf(program, runtime, run).parseAsync([...argv], { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageFailure(runtime, error, run.failedAt);
  }
}

interface Run {
  exitCode: ExitCode;
  failedAt: string;
}

function parserOf(command: Command, runtime: Runtime, run: Run): Parser {
  const { out, err } = runtime;
  const parser = new Parser(command.name)
    .helpOption(...helpOption)
    .configureHelp({ formatHelp: (_, { helpWidth = 0 }) => helpText(command, helpWidth) })
    .configureOutput({
      writeOut: (text) => out.write(disarmLines(text)),
      writeErr: (text) => err.write(disarmLines(text)),
      // `usageFailure` tells it, in the form of all errors.
      outputError: () => {},
      getOutHelpWidth: () => widthOfHelp(out),
      getErrHelpWidth: () => widthOfHelp(err),
    })
    // Commander would end the process; the error it throws instead does not say of which command.
    .exitOverride((error) => {
      run.failedAt = command.words;
      throw error;
    });
  if (command.parent) parser.helpCommand(false);
  else parser.helpCommand(...helpCommand).on('option:version', () => tellVersion(runtime));
  for (const option of command.options) parser.addOption(option);
  for (const argument of command.arguments) parser.addArgument(argument);
  for (const one of command.commands) parser.addCommand(parserOf(one, runtime, run));
  if (command.run) {
    parser.action(async () => {
      run.exitCode = await command.run!(parser.args);
    });
  }
  command.values = () => parser.opts();
  return parser;
}

function tellVersion({ out }: Runtime): never {
  out.write(`${VERSION}\n`);
  throw new CommanderError(0, 'commander.version', VERSION);
}
