// Hangs every generated command into the tree, by the words of the command map.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { commandWords, type GroupName, groups } from '../command-map.ts';
import type { CommandData, FlagData } from '../command-data.ts';
import type { Typed } from '../commands/resource.ts';
import { type Waitable, waitableKind, waitables } from '../commands/waitables.ts';
import { type ArgumentName, commands, type OperationId } from '../generated/commands.ts';
import { flagOption } from '../input/flag-option.ts';
import { argumentHelp } from './argument-help.ts';
import { addAuditVerbs } from './audit-verbs.ts';
import { examples } from './examples.ts';
import { addFollow } from './support-verbs.ts';
import type { Tree } from './tree.ts';

/**
 * Only what `argv` may mean: to make all commands, with their hundreds of flags, takes a fifth of
 * the time that `--help` takes. Where it means no group, all are made, to be listed or proposed.
 */
export function addResourceCommands(tree: Tree, argv: readonly string[]): void {
  const made = new Map<string, Command>([['', tree.program]]);
  const all = Object.keys(groups).sort() as GroupName[];
  const meant = all.filter((group) => argv.includes(group.split(' ')[0]!));
  for (const group of meant.length > 0 ? meant : all) addGroup(tree, made, group);
  const [audit, events] = [made.get('audit'), made.get('events')];
  if (audit) addAuditVerbs(tree, audit);
  if (events) addFollow(tree, events);
  for (const [id, words] of Object.entries(commandWords) as [OperationId, string | null][]) {
    if (words !== null && argv.includes(words.split(' ')[0]!)) addLeaf(tree, made, id, words);
  }
}

function addGroup(tree: Tree, made: Map<string, Command>, group: GroupName): void {
  const { parent, last } = splitWords(group);
  const about = capitalised(groups[group]);
  const command = tree.add(made.get(parent)!, last).description(`${about}.`);
  made.set(group, command);
}

function addLeaf(
  tree: Tree,
  made: ReadonlyMap<string, Command>,
  id: OperationId,
  words: string,
): void {
  const data = commands[id];
  const { parent, last } = splitWords(words);
  const leaf = tree.add(made.get(parent)!, last).description(data.help);
  for (const name of data.arguments) {
    leaf.argument(`<${name}>`, argumentHelp[name as ArgumentName]);
  }
  if (data.result !== undefined) tree.schemas.set(leaf, data.result);
  for (const option of optionsOf(id, data)) leaf.addOption(option);
  if (examples[id] !== null) {
    tree.help.examples(leaf, [`sallyport ${words} ${examples[id]}`.trimEnd()]);
  }
  tree.help.notes(leaf, [`Roles: ${data.roles.join(', ')}. API: ${data.method} ${data.path}`]);
  const attempted = { list: listBeside(words), hasFlags: true, isRead: isRead(data) };
  tree.act(leaf, attempted, async (context, args) => {
    const { runResource } = await import('../commands/resource.ts');
    await runResource(context, id, typedBy(leaf, data, args));
  });
}

/** `connections list` for any command on connections. */
function listBeside(words: string): string | undefined {
  const [group] = words.split(' ');
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
    ...(isRead(data)
      ? []
      : [new Option('--idempotency-key <key>', 'Repeat an earlier request under its own key.')]),
    ...(conditional ? [new Option('--if-match <etag>', 'Only if it is as under this ETag.')] : []),
  ];
}

function isRead({ method, question }: CommandData): boolean {
  return method === 'GET' || question === true;
}

function fileHelp({ path }: CommandData): string {
  const help = 'The body as JSON, - for stdin. A flag wins over it.';
  return path === '/v1/imports'
    ? `${help} Or rows as CSV, when the name ends in .csv, or on stdin.`
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

function splitWords(words: string): { parent: string; last: string } {
  const at = words.lastIndexOf(' ');
  return { parent: words.slice(0, Math.max(at, 0)), last: words.slice(at + 1) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
