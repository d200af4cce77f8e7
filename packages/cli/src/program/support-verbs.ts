// The hand-made verbs that begin with what somebody pasted into a ticket.

import { Option } from 'commander';
import type { Verb } from '../commands/decide.ts';
import type { Follow } from '../commands/follow.ts';
import { argumentHelp } from './argument-help.ts';
import { changeRefOption } from './change-ref.ts';
import type { Command } from './command.ts';
import type { Tree } from './tree.ts';

export function addSupportVerbs(tree: Tree): void {
  addWho(tree);
  addWatch(tree);
  addDecision(tree, 'accept');
  addDecision(tree, 'reject');
}

export const ANYTHING =
  'An id, vpce-…, vpce-svc-…, AWS account number, ARN, DNS name, or the name of a customer.';

function addWho(tree: Tree): void {
  const who = tree.program
    .add('who')
    .description('Tell what something is, and whose.')
    .argument('<anything>', ANYTHING);
  who.examples([
    'sallyport who vpce-0a1b2c3d4e5f60718',
    'sallyport who 222222222222',
    'sallyport who "Acme Bank"',
  ]);
  who.notes(['Exit codes: 0 one thing, 2 several to choose from, 3 nothing here']);
  tree.act(who, {}, async (context, [asked]) => {
    const { runWho } = await import('../commands/who.ts');
    return runWho(context, asked!);
  });
}

function addDecision(tree: Tree, verb: Verb): void {
  const leaf = tree.program
    .add(verb)
    .description(decisionHelp[verb])
    .argument('<connection>', argumentHelp.connection)
    .option('--reason <text>', 'Why; it goes into the audit log, and the customer can read it.')
    .option('--dry-run', 'Do everything but keep nothing.')
    .option(...changeRefOption)
    .option('--idempotency-key <key>', 'Repeat an earlier request under its own key.');
  if (verb === 'accept') {
    leaf
      .addOption(new Option('--wait', 'Wait until it is available.').conflicts('dryRun'))
      .option('--timeout <duration>', 'With --wait: the longest wait, such as 10m.');
  }
  leaf.examples([`sallyport ${verb} vpce-0a1b2c3d4e5f60718 --reason "${reasons[verb]}"`]);
  leaf.notes([decisionNotes[verb]]);
  tree.act(leaf, { list: 'connections list', hasFlags: true }, async (context, args) => {
    const { runDecision } = await import('../commands/decide.ts');
    const given = leaf.opts<Decision>();
    const values: Record<string, unknown> = {
      reason: given.reason,
      validate_only: given.dryRun,
      change_ref: given.changeRef,
    };
    await runDecision(context, verb, {
      arguments: args,
      valueOf: ({ name }) => values[name],
      file: undefined,
      to: undefined,
      idempotencyKey: given.idempotencyKey,
      ifMatch: undefined,
      limit: undefined,
      all: false,
      cursor: undefined,
      wait: given.wait === true,
      timeout: given.timeout,
      dryRun: given.dryRun === true,
    });
  });
}

interface Decision {
  reason?: string;
  dryRun?: true;
  changeRef?: string;
  idempotencyKey?: string;
  wait?: true;
  timeout?: string;
}

const decisionHelp: Record<Verb, string> = {
  accept: 'Let a connection in. It says first whose it is.',
  reject: 'Refuse a connection, or cut it off. It says first whose it is.',
};
const decisionNotes: Record<Verb, string> = {
  accept: 'It asks when nothing proves whose account it is; --yes answers.',
  reject: 'It asks for the id of the endpoint to be typed; --yes answers.',
};
const reasons: Record<Verb, string> = {
  accept: 'Confirmed by phone',
  reject: 'Contract ended',
};

function addWatch(tree: Tree): void {
  const watch = tree.program
    .add('watch')
    .description('Show what something is now, and each change as it comes: a line each.')
    .argument('<anything>', ANYTHING)
    .option('--timeout <duration>', 'The longest watch, such as 90s, 10m or 1h30m.');
  watch.examples([
    'sallyport watch vpce-0a1b2c3d4e5f60718',
    'sallyport watch acme -o ndjson --timeout 10m',
  ]);
  watch.notes([
    'An endpoint may be one that was not seen yet. Of a customer, all that is its is watched.',
    'Exit codes: 0 nothing can follow any more, 8 the time is over, 130 interrupted',
  ]);
  tree.act(watch, {}, async (context, [asked]) => {
    const { runWatch } = await import('../commands/watch.ts');
    return runWatch(context, asked!, watch.opts<{ timeout?: string }>().timeout);
  });
}

/** `events --follow` is written with it, too: see program.ts. */
export function addFollow(tree: Tree, events: Command): void {
  const follow = events
    .add('follow')
    .description('Show events as they come. It goes on where it was when the connection breaks.')
    .option('--type <text>', 'One type, or all of a resource as "connection.*".')
    .option('--subject-id <text>', 'Only events about this, by its id.')
    .option('--customer-id <text>', 'Id of the customer (`cus_…`), or its `external_id`.')
    .option('--after <event>', 'Begin after this event, and not with what comes next.');
  follow.examples([
    'sallyport events --follow -o ndjson',
    'sallyport events --follow --type connection.* --customer-id acme',
  ]);
  follow.notes(['It ends when it is interrupted, and says how to go on: exit code 130']);
  tree.act(follow, { list: 'events list' }, async (context) => {
    const { runFollow } = await import('../commands/follow.ts');
    const given = follow.opts<Partial<Follow>>();
    const { type, subjectId, customerId, after } = given;
    await runFollow(context, { type, subjectId, customerId, after });
  });
}
