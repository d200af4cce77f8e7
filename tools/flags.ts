// The flags of a tool. `--help` and flags that there are none of end the process here, in words.

import { parseArgs, type ParseArgsConfig } from 'node:util';

type FlagOptions = NonNullable<ParseArgsConfig['options']>;

export interface Flags<Options extends FlagOptions> {
  /** How the tool is called, and a line for each flag. */
  usage: string;
  options: Options;
}

/** What was given. Ends the process with 0 after `--help`, and with 2 when it makes no sense. */
export function readFlags<Options extends FlagOptions>({ usage, options }: Flags<Options>) {
  const asked = process.argv.slice(2);
  if (asked.includes('--help') || asked.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const parse = () => parseArgs({ options });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    // Node goes on to explain how to give an argument that looks like a flag.
    const reason = (error as Error).message.replace(/\. .*/s, '');
    process.stderr.write(`${reason}.\n\n${usage}\n`);
    process.exit(2);
  }
  return parsed.values;
}

/** The value of a flag that counts. Ends the process with 2 when it is no whole number. */
export function wholeNumber(flag: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) {
    process.stderr.write(`${flag} takes a whole number, not '${value}'.\n`);
    process.exit(2);
  }
  return Number(value);
}
