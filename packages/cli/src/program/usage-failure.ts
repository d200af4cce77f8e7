// What a person reads whose command line cannot be meant: what is wrong, and what may be meant.

import type { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { didYouMean } from '../input/nearest.ts';
import { disarm } from '../output/disarm.ts';
import type { Runtime } from '../runtime.ts';

/** @param failedAt the command that was asked for, with all its words */
export function usageFailure({ err }: Runtime, error: CommanderError, failedAt: string): ExitCode {
  if (error.exitCode === 0) return exitCodes.ok;
  // A group without a command has printed its help already.
  if (error.code === 'commander.help') return exitCodes.usage;
  const [what = '', ...rest] = withoutValues(error.message).split('\n');
  const hint = rest.join(' ').replace(/^\(|\)$/g, '') || choiceHint(what);
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

const CHOICES = /'([^']*)' is invalid(?: for argument '.*')?\. Allowed choices are (.*)\.$/;

/** Of a value that is none of those allowed. */
function choiceHint(what: string): string {
  const [, typed, choices] = CHOICES.exec(what) ?? [];
  return (typed && choices && didYouMean(typed, choices.split(', '))) || '';
}
