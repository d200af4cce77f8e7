// The audit log as one file, with the seals over it; domain/audit-verifier.ts reads it.

import { canonicalText, noSeal, type ExportLine } from '../domain/audit-chain.ts';
import type { AuditEntry } from '../domain/audit.ts';
import * as auditSeals from '../storage/audit-seals.ts';
import type { Context } from './context.ts';

export interface AuditHead {
  /** How many seals there are; 0 before the first. */
  seals: number;
  hash: string;
  sealedAt: Date | null;
  signature: string | null;
  /** How many entries have been sealed, those that are no longer kept among them. */
  entries: number;
  unsealed: number;
}

/** The end of the chain: who notes it elsewhere will see when what is before it was rewritten. */
export async function head(context: Context): Promise<AuditHead> {
  const last = await auditSeals.findLast(context.db);
  return {
    seals: last?.seq ?? 0,
    hash: last?.hash ?? noSeal,
    sealedAt: last?.sealedAt ?? null,
    signature: last?.signature ?? null,
    entries: last?.lastPlace ?? 0,
    unsealed: await auditSeals.countUnsealed(context.db),
  };
}

/**
 * The lines of the export as they are written, of which one seal's are in memory at a time.
 * @param documentOf an entry in the form of the wire
 */
export async function* texts(
  context: Pick<Context, 'db'>,
  documentOf: (entry: AuditEntry) => object,
): AsyncGenerator<string> {
  for await (const line of lines(context, documentOf)) yield `${canonicalText(line)}\n`;
}

async function* lines(
  context: Pick<Context, 'db'>,
  documentOf: (entry: AuditEntry) => object,
): AsyncGenerator<ExportLine> {
  const { db } = context;
  let seals = 0;
  let hash = noSeal;
  for (;;) {
    const seal = await auditSeals.find(db, seals + 1);
    if (seal === null) break;
    const sealed = await auditSeals.listSealed(db, seal);
    const { seq, firstPlace: first, lastPlace: last, root, previous, sealedAt, signature } = seal;
    // Asked after its entries were read, so that those that went just then are known to go, all of
    // them: they go a part at a time.
    const removed = seq <= (await auditSeals.removedThrough(db));
    for (const { entry, ...at } of removed ? [] : sealed) {
      yield { kind: 'entry', ...at, entry: documentOf(entry) };
    }
    const content = { seq, first, last, root, previous, sealed_at: sealedAt.toISOString() };
    yield { kind: 'seal', ...content, hash: seal.hash, signature, removed };
    seals = seq;
    hash = seal.hash;
  }
  yield { kind: 'end', seals, hash, unsealed: await auditSeals.countUnsealed(db) };
}
