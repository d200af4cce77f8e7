// The commands made by hand that stand beside `audit list`: the log as a file, and whether that is
// what was sealed.

import { InvalidArgumentError } from 'commander';
import type { Command } from './command.ts';
import type { Tree } from './tree.ts';

export function addAuditVerbs(tree: Tree, audit: Command): void {
  if (!tree.wants('audit')) return;
  addExport(tree, audit);
  addVerify(tree, audit);
}

function addExport(tree: Tree, audit: Command): void {
  const leaf = audit
    .add('export')
    .description('Export the audit log with its seals, as lines of JSON.')
    .option('--to <file>', 'A file that is not there yet; stdout otherwise.');
  leaf.examples(['sallyport audit export --to audit-2026-11.ndjson']);
  leaf.notes(['Roles: operator, support. API: GET /v1/audit-entries/export']);
  tree.act(leaf, {}, async (context) => {
    const { runAuditExport } = await import('../commands/audit-export.ts');
    await runAuditExport(context, leaf.opts<{ to?: string }>().to);
  });
}

function addVerify(tree: Tree, audit: Command): void {
  const leaf = audit
    .add('verify')
    .description('Tell whether an export of the audit log is what was sealed. Needs no server.')
    .argument('<file>', 'An export, - for stdin.')
    .option(
      '--anchor <seal:hash>',
      'A seal that you noted before, as `audit head` told it.',
      anchor,
    )
    .option('--public-key <file>', 'The public key of the seals, in PEM.');
  leaf.examples([
    'sallyport audit verify audit-2026-11.ndjson',
    `sallyport audit verify audit-2026-11.ndjson --anchor 42:${'9f86d081'.repeat(8)}`,
  ]);
  leaf.notes(['Exit codes: 0 it is what was sealed, 7 it is not']);
  tree.act(leaf, {}, async (context, [file]) => {
    const { runAuditVerify } = await import('../commands/audit-verify.ts');
    const options = leaf.opts<{ anchor?: { seq: number; hash: string }; publicKey?: string }>();
    return runAuditVerify(context, file!, options);
  });
}

function anchor(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^([1-9]\d*):([\da-f]{64})$/.exec(text) ?? [];
  if (!seq || !hash) throw new InvalidArgumentError('It must be like 42: and the 64 digits after.');
  return { seq: Number(seq), hash };
}
