// A command as the contract describes its operation.

import { InvalidArgumentError, Option } from 'commander';
import { commandWords } from '../command-map.ts';
import type { CommandData, FlagData } from '../command-data.ts';
import { waitableKind } from '../commands/awaited-changes.ts';
import type { Typed } from '../commands/resource.ts';
import { type Waitable, waitables } from '../commands/waitables.ts';
import { type ArgumentName, commands, type OperationId } from '../generated/commands.ts';
import { flagOption } from '../input/flag-option.ts';
import { argumentHelp } from './argument-help.ts';
import type { Command } from './command.ts';
import { examples } from './examples.ts';
import type { Tree } from './tree.ts';

export function addGenerated(tree: Tree, leaf: Command, id: OperationId): void {
  const data = commands[id];
  leaf.description(data.help);
  for (const name of data.arguments) {
    leaf.argument(`<${name}>`, argumentHelp[name as ArgumentName]);
  }
  leaf.schema = data.result;
  for (const option of optionsOf(id, data)) leaf.addOption(option);
  if (examples[id] !== null) {
    leaf.examples([`${leaf.words} ${examples[id]}`.trimEnd()]);
  }
  leaf.notes([`Roles: ${data.roles.join(', ')}. API: ${data.method} ${data.path}`]);
  const attempted = { list: listBeside(leaf), hasFlags: true, isRead: isRead(data) };
  tree.act(leaf, attempted, async (context, args) => {
    const { runResource } = await import('../commands/resource.ts');
    await runResource(context, id, typedBy(leaf, data, args));
  });
}

/** `connections list` for any command on connections. */
function listBeside({ words }: Command): string | undefined {
  const [, group] = words.split(' ');
  return Object.values(commandWords).find((other) => other === `${group} list`) ?? undefined;
}

function optionsOf(id: OperationId, data: CommandData): Option[] {
  const { flags, body, paginated, conditional } = data;
  return [
    ...flags.filter(({ place }) => place === 'body').map(flagOption),
    ...(body ? [new Option('--file <file>', fileHelp(data))] : []),
    ...flags.filter(({ place }) => place === 'query').map(flagOption),
    ...(paginated ? pagingOptions() : []),
    ...waitOptions(waitableKind(id)),
    ...(id === 'renderSetup' ? [toOption()] : []),
    ...(takesKey(data)
      ? [new Option('--idempotency-key <key>', 'Repeat an earlier request under its own key.')]
      : []),
    ...(conditional ? [new Option('--if-match <etag>', 'Only if it is as under this ETag.')] : []),
  ];
}

function isRead({ method, question }: CommandData): boolean {
  return method === 'GET' || question === true;
}

/** A deletion takes none: what is gone stays gone. */
function takesKey(data: CommandData): boolean {
  return !isRead(data) && data.method !== 'DELETE';
}

function fileHelp({ path }: CommandData): string {
  const help = 'The body as JSON, - for stdin. A flag wins over it.';
  return path === '/v1/imports'
    ? `${help} Or rows as CSV, when the name ends in .csv, or on stdin. ` +
        'More than 1000 go in batches.'
    : help;
}

function pagingOptions(): Option[] {
  return [
    new Option('--limit <number>', 'At most so many.').argParser(positive),
    new Option('--all', 'All there are, page by page.').conflicts('limit'),
    new Option('--cursor <cursor>', 'Go on where an earlier list ended.'),
  ];
}

function waitOptions(kind: Waitable | undefined): Option[] {
  if (kind === undefined) return [];
  const { help } = waitables[kind];
  return [
    new Option('--wait', help.split('. ')[0]!.replace(/\.?$/, '.')).conflicts('dryRun'),
    new Option('--timeout <duration>', 'With --wait: the longest wait, such as 10m.'),
  ];
}

function toOption(): Option {
  return new Option('--to <folder>', 'Write the files into this folder, and say what to do next.');
}

function positive(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function typedBy(leaf: Command, data: CommandData, args: readonly string[]): Typed {
  const given = leaf.opts<Record<string, unknown>>();
  const attributes = new Map<FlagData, string>(
    data.flags.map((flag) => [flag, flagOption(flag).attributeName()]),
  );
  return {
    arguments: args,
    valueOf: (flag) => given[attributes.get(flag)!],
    file: given.file as string | undefined,
    idempotencyKey: given.idempotencyKey as string | undefined,
    ifMatch: given.ifMatch as string | undefined,
    limit: given.limit as number | undefined,
    all: given.all === true,
    cursor: given.cursor as string | undefined,
    wait: given.wait === true,
    timeout: given.timeout as string | undefined,
    to: given.to as string | undefined,
  };
}
