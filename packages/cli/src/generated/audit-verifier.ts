// Copied from packages/api/src/domain/audit-verifier.ts by `pnpm generate`; never edited.
// Reads an export of the audit log line by line, and finds what is not as it was sealed. It keeps
// the hashes of one seal at a time, so that an export may be of any size.

import {
  canonicalText,
  entryHash,
  noSeal,
  removalAction,
  rootHash,
  sealHash,
  type EndLine,
  type EntryLine,
  type SealLine,
  type Sha256,
} from './audit-chain.ts';

export interface Finding {
  kind: 'changed' | 'missing' | 'added' | 'reordered' | 'broken' | 'signature' | 'anchor';
  message: string;
}

export interface Verdict {
  intact: boolean;
  entries: number;
  seals: number;
  /** The last seal whose entries are no longer kept; 0 when all are there. */
  removedThrough: number;
  /** Entries that were not sealed yet, and of which nothing is told. */
  unsealed: number;
  /** The hash of the last seal: what to note elsewhere. */
  hash: string;
  /** The first of them; `findingsCount` counts all. */
  findings: Finding[];
  findingsCount: number;
}

export interface VerifierOptions {
  sha256: Sha256;
  /** A seal that somebody has noted: an export in which it is another one was rewritten. */
  anchor?: { seq: number; hash: string };
  /** Whether a signature of a hash is by the key of the deployment. */
  isSigned?: (hash: string, signature: string) => boolean;
}

export interface Verifier {
  read(line: string): void;
  end(): Verdict;
}

interface State extends Verdict {
  place: number;
  hashes: string[];
  removed: number[];
  /** Up to which seal an entry says that entries were removed. */
  removalTold: number;
  signed: 'never' | 'since' | 'no longer';
  anchorSeen: boolean;
  ended: boolean;
}

const findingsMax = 100;

export function createVerifier(options: VerifierOptions): Verifier {
  const state: State = {
    intact: true,
    entries: 0,
    seals: 0,
    removedThrough: 0,
    unsealed: 0,
    hash: noSeal,
    findings: [],
    findingsCount: 0,
    place: 1,
    hashes: [],
    removed: [],
    removalTold: 0,
    signed: 'never',
    anchorSeen: false,
    ended: false,
  };
  return {
    read: (text) => {
      const line = lineOf(text);
      if (line === null) note(state, 'changed', `A line is not of an export: ${excerpt(text)}`);
      else if (state.ended) note(state, 'added', 'There are lines after the end.');
      else if (line.kind === 'entry') readEntry(state, line, options);
      else if (line.kind === 'seal') readSeal(state, line, options);
      else readEnd(state, line);
    },
    end: () => finish(state, options),
  };
}

function readEntry(state: State, line: EntryLine, { sha256 }: VerifierOptions): void {
  const { place, hash, entry } = line;
  if (place < state.place) {
    note(state, 'reordered', `Place ${place} comes once more, or too late.`);
  } else if (place > state.place) {
    note(state, 'missing', `${places(state.place, place - 1)} missing.`);
  }
  const actual = entryHash(entry, sha256);
  if (actual !== hash) note(state, 'changed', `The entry at place ${place} was changed.`);
  state.hashes.push(actual);
  state.place = Math.max(state.place, place) + 1;
  state.entries += 1;
  state.removalTold = Math.max(state.removalTold, removalIn(entry));
}

function readSeal(state: State, seal: SealLine, options: VerifierOptions): void {
  const { seq, last, previous, hash } = seal;
  const expected = state.seals + 1;
  if (seq !== expected) {
    const kind = seq > expected ? 'missing' : 'reordered';
    note(state, kind, `Seal ${seq} is where seal ${expected} should be.`);
  }
  if (previous !== state.hash) note(state, 'broken', `Seal ${seq} does not follow the one before.`);
  if (sealHash(seal, options.sha256) !== hash) note(state, 'broken', `Seal ${seq} was changed.`);
  if (seal.removed && state.hashes.length === 0) state.removed.push(seq);
  else checkEntries(state, seal, options.sha256);
  checkSignature(state, seal, options);
  if (options.anchor?.seq === seq) checkAnchor(state, hash, options.anchor.hash);
  Object.assign(state, { seals: seq, hash, hashes: [], place: last + 1 });
}

function checkEntries(state: State, seal: SealLine, sha256: Sha256): void {
  const { seq, first, last, root } = seal;
  const wanted = last - first + 1;
  const given = state.hashes.length;
  if (given < wanted) note(state, 'missing', `Seal ${seq} lacks ${wanted - given} of ${wanted}.`);
  if (given > wanted) note(state, 'added', `Seal ${seq} has ${given - wanted} too many.`);
  if (given === wanted && rootHash(state.hashes, sha256) !== root) {
    note(state, 'changed', `The entries under seal ${seq} are not those that were sealed.`);
  }
}

/** A signature holds for all before it, so there may be none before the first, and not after. */
function checkSignature(state: State, seal: SealLine, { isSigned }: VerifierOptions): void {
  if (!isSigned) return;
  const { seq, hash, signature } = seal;
  if (signature === null) {
    if (state.signed !== 'never') state.signed = 'no longer';
    return;
  }
  state.signed = 'since';
  if (!isSigned(hash, signature)) note(state, 'signature', `Seal ${seq} is signed by another key.`);
}

function checkAnchor(state: State, hash: string, noted: string): void {
  state.anchorSeen = true;
  if (hash !== noted) note(state, 'anchor', 'The seal that you noted is another one here.');
}

function readEnd(state: State, line: EndLine): void {
  state.ended = true;
  state.unsealed = line.unsealed;
  if (line.seals !== state.seals || line.hash !== state.hash) {
    note(state, 'missing', 'The last seal is not the one that the end names.');
  }
}

function finish(state: State, { anchor, isSigned }: VerifierOptions): Verdict {
  const { hashes, removed, removalTold } = state;
  if (!state.ended) note(state, 'missing', 'The export has no end: something was cut off.');
  if (hashes.length > 0) note(state, 'added', `${hashes.length} entries have no seal.`);
  const untold = removed.filter((seq) => seq > removalTold);
  if (untold.length > 0) {
    const seals = untold.join(', ');
    note(state, 'missing', `No entry tells that the entries of seal ${seals} were removed.`);
  }
  if (isSigned && state.signed !== 'since') {
    note(state, 'signature', 'The last seal is not signed.');
  }
  if (anchor && !state.anchorSeen) note(state, 'anchor', `There is no seal ${anchor.seq}.`);
  const { entries, seals, unsealed, hash, findings, findingsCount } = state;
  const removedThrough = removed.at(-1) ?? 0;
  const intact = findingsCount === 0;
  return { intact, entries, seals, removedThrough, unsealed, hash, findings, findingsCount };
}

function note(state: State, kind: Finding['kind'], message: string): void {
  state.findingsCount += 1;
  if (state.findings.length < findingsMax) state.findings.push({ kind, message });
}

/** Null unless the text is to the letter what an export has, so that nothing hides in it. */
function lineOf(text: string): EntryLine | SealLine | EndLine | null {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const types = memberTypes[value.kind as keyof typeof memberTypes];
  if (!types || Object.keys(value).length !== Object.keys(types).length) return null;
  const fits = Object.entries(types).every(([name, type]) => type(value[name]));
  return fits && canonicalText(value) === text ? (value as unknown as EntryLine) : null;
}

const isText = (value: unknown) => typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberTypes = {
  entry: { kind: isText, place: isCount, hash: isText, entry: isObject },
  seal: {
    kind: isText,
    seq: isCount,
    first: isCount,
    last: isCount,
    root: isText,
    previous: isText,
    sealed_at: isText,
    hash: isText,
    signature: (value: unknown) => value === null || isText(value),
    removed: (value: unknown) => typeof value === 'boolean',
  },
  end: { kind: isText, seals: isCount, hash: isText, unsealed: isCount },
} satisfies Record<string, Record<string, (value: unknown) => boolean>>;

function removalIn(entry: object): number {
  const { action, after } = entry as { action?: unknown; after?: { through_seal?: unknown } };
  const through = action === removalAction ? after?.through_seal : undefined;
  return typeof through === 'number' ? through : 0;
}

function places(first: number, last: number): string {
  return first === last ? `Place ${first} is` : `Places ${first} to ${last} are`;
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
