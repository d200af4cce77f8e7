// The options that every command has.

import { Option } from 'commander';
import { type Format, formats } from '../output/format.ts';
import { DEFAULT_URL } from '../default-url.ts';
import type { GlobalOptions } from '../runtime.ts';
import type { Command } from './command.ts';

/** In the order of the help. */
export function globals(): Option[] {
  return [
    new Option('-V, --version', 'Print the version.'),
    new Option('--url <url>', `Where the service is; else ${DEFAULT_URL}.`),
    new Option('--profile <name>', 'The login to use, of several.'),
    new Option('-o, --output <format>', 'How it is written.')
      .choices(Object.keys(formats))
      .default('table' satisfies Format),
    new Option('--columns <names>', 'Members to show, with commas; table, wide and csv.'),
    new Option('--no-headers', 'No line with the names of the columns.'),
    new Option('-y, --yes', 'Do not ask for a confirmation.'),
    new Option(
      '--debug',
      'Show each request and answer on stderr, without secrets; --debug=curl: to be run again.',
    ),
    new Option('--debug-curl').hideHelp(),
  ];
}

export function globalOptions(program: Command): GlobalOptions {
  const given = program.opts<Given>();
  return {
    url: given.url,
    profile: given.profile,
    output: given.output ?? 'table',
    columns: given.columns?.split(',').map((name) => name.trim()),
    headers: given.headers !== false,
    debug: given.debugCurl === true ? 'curl' : given.debug === true,
    yes: given.yes === true,
  };
}

interface Given {
  url?: string;
  profile?: string;
  output?: Format;
  columns?: string;
  headers?: boolean;
  debug?: true;
  debugCurl?: true;
  yes?: true;
}
