// Hangs the groups of generated commands into the tree, and those commands that a line may mean.

import { commandWords, type GroupName, groups } from '../command-map.ts';
import type { OperationId } from '../generated/commands.ts';
import { addAuditVerbs } from './audit-verbs.ts';
import type { Command } from './command.ts';
import { addFollow } from './support-verbs.ts';
import type { Tree } from './tree.ts';

/**
 * Only what the line may mean: to make all commands, with their hundreds of flags, takes longer
 * than the rest of `--help`. Where it means no group, all groups are made, to be listed or
 * proposed, and so are all commands of a group where it names none of them.
 */
export async function addResourceCommands(tree: Tree): Promise<void> {
  const made = new Map<string, Command>([['', tree.program]]);
  const all = Object.keys(groups).sort() as GroupName[];
  const meant = all.filter((group) => tree.wants(group.split(' ')[0]!));
  for (const group of meant.length > 0 ? meant : all) addGroup(made, group);
  const [audit, events] = [made.get('audit'), made.get('events')];
  if (audit) addAuditVerbs(tree, audit);
  if (events) addFollow(tree, events);
  if (meant.length === 0) return;
  const { addGenerated } = await import('./generated-commands.ts');
  const below = (Object.entries(commandWords) as [OperationId, string | null][]).flatMap(
    ([id, words]) => (words !== null && tree.wants(words.split(' ')[0]!) ? [{ id, words }] : []),
  );
  const named = below.filter(({ words }) => tree.names(words));
  for (const { id, words } of named.length > 0 ? named : below) {
    const { parent, last } = splitWords(words);
    addGenerated(tree, made.get(parent)!.add(last), id);
  }
}

function addGroup(made: Map<string, Command>, group: GroupName): void {
  const { parent, last } = splitWords(group);
  const about = capitalised(groups[group]);
  const command = made.get(parent)!.add(last).description(`${about}.`);
  made.set(group, command);
}

function splitWords(words: string): { parent: string; last: string } {
  const at = words.lastIndexOf(' ');
  return { parent: words.slice(0, Math.max(at, 0)), last: words.slice(at + 1) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
