// The hand-made verbs that begin with what somebody pasted into a ticket.

import type { Tree } from './tree.ts';

export function addSupportVerbs(tree: Tree): void {
  addWho(tree);
}

const ANYTHING =
  'An id, vpce-…, vpce-svc-…, AWS account number, ARN, DNS name, or the name of a customer.';

function addWho(tree: Tree): void {
  const who = tree
    .add(tree.program, 'who')
    .description('Tell what something is, and whose.')
    .argument('<anything>', ANYTHING);
  tree.help.examples(who, [
    'sallyport who vpce-0a1b2c3d4e5f60718',
    'sallyport who 222222222222',
    'sallyport who "Acme Bank"',
  ]);
  tree.help.notes(who, ['Exit codes: 0 one thing, 2 several to choose from, 3 nothing here']);
  tree.act(who, {}, async (context, [asked]) => {
    const { runWho } = await import('../commands/who.ts');
    return runWho(context, asked!);
  });
}
