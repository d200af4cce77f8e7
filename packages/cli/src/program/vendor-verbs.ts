// The hand-made verbs of vendor ops: customers in and out, and everything as one file.

import { InvalidArgumentError, Option } from 'commander';
import { argumentHelp } from './argument-help.ts';
import { changeRefOption } from './change-ref.ts';
import type { Command } from './command.ts';
import type { Tree } from './tree.ts';

export function addVendorVerbs(tree: Tree): void {
  addOnboard(tree);
  addOffboard(tree);
  addExport(tree);
  addApply(tree);
}

function addExport(tree: Tree): void {
  const leaf = tree.program
    .add('export')
    .description('Export what is wanted as one file, which `apply` takes. YAML, or -o json.')
    .option('--to <file>', 'A file that is not there yet; stdout otherwise.');
  leaf.examples([
    'sallyport export --to sallyport.yaml',
    'sallyport export -o json | jq -r ".customers[].external_id"',
  ]);
  leaf.notes([
    'In it: provider accounts, endpoint services with their modes, private DNS names, customers,',
    'accounts, grants, by the names that you and AWS give. Not in it: states, proofs, keys.',
  ]);
  tree.act(leaf, {}, async (context) => {
    const { runExport } = await import('../commands/export.ts');
    await runExport(context, leaf.opts<{ to?: string }>().to);
  });
}

function addApply(tree: Tree): void {
  const leaf = tree.program
    .add('apply')
    .description('Have everything be as a file declares. It shows what differs first.')
    .requiredOption('-f, --file <file>', 'YAML or JSON as `export` writes it, - for stdin.')
    .option('--dry-run', 'Show what differs and have it checked, but keep nothing.')
    .option(...changeRefOption);
  leaf.examples([
    'sallyport apply -f sallyport.yaml --dry-run',
    'sallyport apply -f sallyport.yaml --change-ref OPS-1234',
  ]);
  leaf.notes([
    'Members and sections that the file does not name stay as they are. Nothing is taken away:',
    'what cuts somebody off has its own command (offboard, grants delete), which asks by name.',
  ]);
  tree.act(leaf, {}, async (context) => {
    const { runApply } = await import('../commands/apply.ts');
    const { file, dryRun, changeRef } = leaf.opts<Declaration>();
    await runApply(context, { file, dryRun: dryRun === true, changeRef });
  });
}

interface Declaration {
  file: string;
  dryRun?: true;
  changeRef?: string;
}

function addOnboard(tree: Tree): void {
  const leaf = tree.program
    .add('onboard')
    .description(
      'Have a customer, its accounts and its grants, and an invite to hand over, in one go. ' +
        'The same again changes nothing.',
    )
    .argument('[customer]', 'Your own id of it, unless the file names it.')
    .option('--name <text>', 'What people call it; needed for a new one.')
    .option('--service <service>', 'What it may use: vpce-svc-… or its name. Repeat it.', more, [])
    .option('--account <number>', 'An AWS account of it, 12 digits. Repeat it.', more, [])
    .option('--contact <person>', 'As in "Ada <ada@acme.example>". Repeat it.', more, [])
    .addOption(
      new Option('--acceptance <choice>', 'Who lets its connections in.').choices([
        'automatic',
        'manual',
      ]),
    )
    .option('--connections-max <number>', 'So many connections at most on each service.', count)
    .option('-f, --file <file>', 'Its sections of what `apply` takes, - for stdin.')
    .addOption(new Option('--no-invite', 'Make no invite.').conflicts('newInvite'))
    .option('--new-invite', 'Make another one, although there was one before.')
    .option('--dry-run', 'Show what would be made and have it checked, but keep nothing.')
    .option(...changeRefOption);
  leaf.examples([
    'sallyport onboard acme --name "Acme Bank" --service api --account 222222222222',
    'sallyport onboard -f acme.yaml --dry-run',
  ]);
  leaf.notes(['The token of the invite is on stdout, once: hand it to the customer.']);
  tree.act(leaf, {}, async (context, [customer]) => {
    const { runOnboard } = await import('../commands/onboard.ts');
    const given = leaf.opts<Onboarding>();
    const invites = given.newInvite ? 'another' : given.invite ? 'usual' : 'none';
    await runOnboard(context, {
      customer,
      file: given.file,
      name: given.name,
      services: given.service,
      accounts: given.account,
      contacts: given.contact,
      acceptance: given.acceptance,
      connectionsMax: given.connectionsMax,
      invites,
      dryRun: given.dryRun === true,
      changeRef: given.changeRef,
    });
  });
}

interface Onboarding {
  name?: string;
  service: string[];
  account: string[];
  contact: string[];
  acceptance?: string;
  connectionsMax?: number;
  file?: string;
  invite: boolean;
  newInvite?: true;
  dryRun?: true;
  changeRef?: string;
}

function more(text: string, before: string[]): string[] {
  return [...before, text];
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function addOffboard(tree: Tree): void {
  const leaf: Command = tree.program
    .add('offboard')
    .description('Let a customer leave: what it loses first, then a question, then to the end.')
    .argument('<customer>', argumentHelp.customer)
    .addOption(
      new Option('--policy <choice>', 'What becomes of live connections.').choices([
        'reject',
        'drain',
        'keep',
      ]),
    )
    .option('--drain-until <time>', 'With --policy drain: then they are rejected.')
    .option('--no-wait', 'Do not wait for the end.')
    .option('--timeout <duration>', 'The longest wait, such as 10m.')
    .option('--dry-run', 'Show what would be taken, and keep everything.')
    .option(...changeRefOption);
  leaf.examples([
    'sallyport offboard acme --dry-run',
    'sallyport offboard acme --policy drain --change-ref OPS-1234',
  ]);
  leaf.notes([
    'It asks for the external id to be typed; --yes answers.',
    'Exit codes: 0 gone, 7 something is left or it failed, 8 not in time, 130 interrupted',
  ]);
  tree.act(leaf, { list: 'customers list', hasFlags: true }, async (context, [asked]) => {
    const { runOffboard } = await import('../commands/offboard.ts');
    const { policy, drainUntil, wait, timeout, dryRun, changeRef } = leaf.opts<Offboarding>();
    await runOffboard(context, {
      asked: asked!,
      policy,
      drainUntil,
      wait,
      timeout,
      dryRun: dryRun === true,
      changeRef,
    });
  });
}

interface Offboarding {
  policy?: 'reject' | 'drain' | 'keep';
  drainUntil?: string;
  wait: boolean;
  timeout?: string;
  dryRun?: true;
  changeRef?: string;
}
