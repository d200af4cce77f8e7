// The hand-made verbs of vendor ops: customers in and out, and everything as one file.

import type { Tree } from './tree.ts';

export function addVendorVerbs(tree: Tree): void {
  addExport(tree);
  addApply(tree);
}

function addExport(tree: Tree): void {
  const leaf = tree
    .add(tree.program, 'export')
    .description('Export what is wanted as one file, which `apply` takes. YAML, or -o json.')
    .option('--to <file>', 'A file that is not there yet; stdout otherwise.');
  tree.help.examples(leaf, [
    'sallyport export --to sallyport.yaml',
    'sallyport export -o json | jq -r ".customers[].external_id"',
  ]);
  tree.help.notes(leaf, [
    'In it: provider accounts, endpoint services with their modes, private DNS names, customers,',
    'accounts, grants, by the names that you and AWS give. Not in it: states, proofs, keys.',
  ]);
  tree.act(leaf, {}, async (context) => {
    const { runExport } = await import('../commands/export.ts');
    await runExport(context, leaf.opts<{ to?: string }>().to);
  });
}

function addApply(tree: Tree): void {
  const leaf = tree
    .add(tree.program, 'apply')
    .description('Have everything be as a file declares. It shows what differs first.')
    .requiredOption('-f, --file <file>', 'YAML or JSON as `export` writes it, - for stdin.')
    .option('--dry-run', 'Show what differs and have it checked, but keep nothing.')
    .option('--change-ref <text>', 'A ticket or change number, kept in the audit log.');
  tree.help.examples(leaf, [
    'sallyport apply -f sallyport.yaml --dry-run',
    'sallyport apply -f sallyport.yaml --change-ref OPS-1234',
  ]);
  tree.help.notes(leaf, [
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
