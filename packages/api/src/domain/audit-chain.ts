// The chain over the audit log: what a seal is over, and what an export of it looks like. It has no
// imports, because `pnpm generate` copies it and audit-verifier.ts into the CLI, which tells
// without a server whether an export is what was sealed.

/** The SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** What the hash of a seal is over. */
export interface SealContent {
  /** 1 for the first, and so on without a gap. */
  seq: number;
  /** The places of its first and its last entry. */
  first: number;
  last: number;
  /** The hash of the list of its entries' hashes. */
  root: string;
  /** The hash of the seal before it. */
  previous: string;
  /** RFC 3339. */
  sealed_at: string;
}

/** The lines of an export, in this order: the entries of a seal, the seal, and at last the end. */
export type ExportLine = EntryLine | SealLine | EndLine;

export interface EntryLine {
  kind: 'entry';
  place: number;
  hash: string;
  /** As `GET /v1/audit-entries` shows it. */
  entry: object;
}

export interface SealLine extends SealContent {
  kind: 'seal';
  hash: string;
  /** Of the hash, with the key of the deployment; null where there is none. */
  signature: string | null;
  /** Its entries are no longer kept. */
  removed: boolean;
}

export interface EndLine {
  kind: 'end';
  seals: number;
  /** Of the last seal; the one before the first when there is none. */
  hash: string;
  /** Entries that wait for a seal, and so are not in the export. */
  unsealed: number;
}

/** The action of the entry that says up to which seal entries are removed: its `through_seal`. */
export const removalAction = 'removeAuditEntries';

/** What stands in for the seal before the first. */
export const noSeal = '0'.repeat(64);

/** @param entry in the form of the wire */
export function entryHash(entry: object, sha256: Sha256): string {
  return sha256(`sallyport-audit-entry 1\n${canonicalText(entry)}`);
}

/** @param hashes of its entries, in the order of their places */
export function rootHash(hashes: readonly string[], sha256: Sha256): string {
  return sha256(`sallyport-audit-root 1\n${hashes.join('\n')}`);
}

export function sealHash(seal: SealContent, sha256: Sha256): string {
  const { seq, first, last, root, previous, sealed_at } = seal;
  const content = { seq, first, last, root, previous, sealed_at };
  return sha256(`sallyport-audit-seal 1\n${canonicalText(content)}`);
}

/** JSON without white space, with the members of each object in the order of their names. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const sorted = Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted);
  });
}
