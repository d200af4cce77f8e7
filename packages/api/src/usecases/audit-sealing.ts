// Seals the audit log, a few seconds behind it: one worker at a time, so that nobody who writes an
// entry waits for anybody who writes another.

import { createHash } from 'node:crypto';
import type { AuditEntry } from '../domain/audit.ts';
import { entryHash, noSeal, rootHash, sealHash, type Sha256 } from '../domain/audit-chain.ts';
import * as auditSeals from '../storage/audit-seals.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import { repeat } from './repeated-work.ts';

export interface SealingOptions {
  db: Database;
  now: () => Date;
  /** An entry in the form of the wire, which is what its hash is over. */
  documentOf: (entry: AuditEntry) => object;
  /** The signature of a hash, by the key of the deployment. */
  sign?: ((hash: string) => string) | null;
}

export interface SealingLoopOptions extends SealingOptions {
  onError: (message: string, error: unknown) => void;
  /** How often it looks. */
  everyMs?: number;
}

export interface Sealing {
  stop(): Promise<void>;
}

/** Entries under one seal at most: what an export holds in memory at once. */
export const entriesMax = 500;

const usualEveryMs = 5_000;

export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Makes one seal over what has committed and waits for one.
 * @returns how many entries are under it; 0 while another worker is sealing, too
 */
export function sealSome(options: SealingOptions): Promise<number> {
  return options.db.transaction(async (db) => {
    if (!(await auditSeals.takeTurn(db))) return 0;
    return sealNext(db, options);
  });
}

export function startSealing(options: SealingLoopOptions): Sealing {
  const { onError, everyMs: restMs = usualEveryMs } = options;
  const sealAll = async (stopping: AbortSignal) => {
    for (let count = entriesMax; count === entriesMax && !stopping.aborted; ) {
      count = await sealSome(options);
    }
  };
  const onFailure = (error: unknown) => onError('the audit log was not sealed', error);
  return { stop: repeat({ work: sealAll, onError: onFailure, restMs }) };
}

async function sealNext(db: Queryable, options: SealingOptions): Promise<number> {
  const { now, documentOf, sign = null } = options;
  const entries = await auditSeals.listUnsealed(db, entriesMax);
  if (entries.length === 0) return 0;
  const before = await auditSeals.findLast(db);
  const sealed = entries.map((entry) => {
    return { id: entry.id, hash: entryHash(documentOf(entry), sha256) };
  });
  const hashes = sealed.map(({ hash }) => hash);
  const first = (before?.lastPlace ?? 0) + 1;
  const sealedAt = now();
  const content = {
    seq: (before?.seq ?? 0) + 1,
    first,
    last: first + sealed.length - 1,
    root: rootHash(hashes, sha256),
    previous: before?.hash ?? noSeal,
  };
  const hash = sealHash({ ...content, sealed_at: sealedAt.toISOString() }, sha256);
  const { seq, last, root, previous } = content;
  const places = { firstPlace: first, lastPlace: last };
  const seal = { seq, ...places, root, previous, sealedAt, hash, form: auditSeals.sealForm };
  await auditSeals.insert(db, { ...seal, signature: sign?.(hash) ?? null }, sealed);
  return sealed.length;
}
