// Every kind of tampering with an export is found, wherever it is done.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  entryHash,
  noSeal,
  rootHash,
  sealHash,
  type EndLine,
  type EntryLine,
  type ExportLine,
  type SealLine,
} from '../../src/domain/audit-chain.ts';
import { createVerifier, type VerifierOptions } from '../../src/domain/audit-verifier.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const sealedAt = '2026-03-01T12:00:00.000Z';

function entry(number: number, more: object = {}): object {
  const after = { name: `n${number}`, metadata: { '10': 'x', a: ['\u2028', null] } };
  return { id: `aud_${number}`, action: 'updateCustomer', after, ...more };
}

/** A log as the service would seal and export it: seals over so many entries each. */
function exported(counts: readonly number[], entryOf = entry): ExportLine[] {
  const lines: ExportLine[] = [];
  let place = 0;
  let previous = noSeal;
  counts.forEach((count, index) => {
    const entries = Array.from({ length: count }, () => entryLine(++place, entryOf(place)));
    const root = rootHash(
      entries.map(({ hash }) => hash),
      sha256,
    );
    const places = { first: place - count + 1, last: place };
    const content = { seq: index + 1, ...places, root, previous, sealed_at: sealedAt };
    const hash = sealHash(content, sha256);
    lines.push(...entries, { kind: 'seal', ...content, hash, signature: null, removed: false });
    previous = hash;
  });
  lines.push({ kind: 'end', seals: counts.length, hash: previous, unsealed: 0 });
  return lines;
}

function entryLine(place: number, content: object): EntryLine {
  return { kind: 'entry', place, hash: entryHash(content, sha256), entry: content };
}

function verify(lines: readonly (ExportLine | string)[], options: Partial<VerifierOptions> = {}) {
  const verifier = createVerifier({ sha256, ...options });
  for (const line of lines) verifier.read(typeof line === 'string' ? line : canonicalText(line));
  return verifier.end();
}

const kindsIn = (lines: readonly (ExportLine | string)[], options?: Partial<VerifierOptions>) =>
  verify(lines, options).findings.map(({ kind }) => kind);

const counts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const at = fc.nat();

/** Ways to tamper with the lines, given one entry among them and another place. */
const tampering: Record<string, (lines: ExportLine[], index: number, other: number) => void> = {
  changes: (lines, index) => {
    const line = lines[index] as EntryLine;
    lines[index] = { ...line, entry: { ...line.entry, actor: 'key_other' } };
  },
  'changes, hash and all,': (lines, index) => {
    const { place, entry: content } = lines[index] as EntryLine;
    lines[index] = entryLine(place, { ...content, actor: 'key_other' });
  },
  removes: (lines, index) => void lines.splice(index, 1),
  'removes, moving up what follows,': (lines, index) => {
    lines.splice(index, 1);
    renumber(lines);
  },
  'doubles, numbering anew,': (lines, index) => {
    lines.splice(index, 0, lines[index]!);
    renumber(lines);
  },
  'makes up, numbering anew,': (lines, index) => {
    lines.splice(index, 0, entryLine(1, entry(1_000)));
    renumber(lines);
  },
  moves: (lines, index, other) => void lines.splice(other, 0, ...lines.splice(index, 1)),
  'moves, numbering anew,': (lines, index, other) => {
    lines.splice(other, 0, ...lines.splice(index, 1));
    renumber(lines);
  },
};

function renumber(lines: ExportLine[]): void {
  let place = 0;
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'entry') lines[index] = { ...line, place: ++place };
  }
}

describe('an export', () => {
  it('when nothing was touched, nothing is found', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { intact, entries, seals } = verify(exported(given));
        const sum = given.reduce((total, count) => total + count, 0);
        expect({ intact, entries, seals }).toEqual({
          intact: true,
          entries: sum,
          seals: given.length,
        });
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.keys(tampering))('when somebody %s an entry, it is found', (how) => {
    fc.assert(
      fc.property(counts, at, at, (given, one, another) => {
        const lines = exported(given);
        const texts = lines.map(canonicalText).join('\n');
        const indexes = lines.flatMap(({ kind }, index) => (kind === 'entry' ? [index] : []));
        tampering[how]!(lines, indexes[one % indexes.length]!, another % lines.length);
        fc.pre(lines.map(canonicalText).join('\n') !== texts);
        expect(verify(lines).intact).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('when any character of any line is another one, it is found', () => {
    fc.assert(
      fc.property(counts, at, at, fc.string({ maxLength: 2 }), (given, one, two, by) => {
        const texts = exported(given).map(canonicalText);
        const index = one % texts.length;
        const text = texts[index]!;
        const place = two % text.length;
        const changed = text.slice(0, place) + by + text.slice(place + 1);
        fc.pre(changed !== text && !changed.includes('\n'));
        // How many entries wait says nothing of those that are there.
        fc.pre(!/"unsealed":\d+}$/.test(changed));
        const verdict = verify(texts.with(index, changed));
        expect({ changed, intact: verdict.intact }).toEqual({ changed, intact: false });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['an entry under a seal is missing', (lines: ExportLine[]) => lines.toSpliced(1, 1), 'missing'],
    ['a whole seal is missing', (lines: ExportLine[]) => lines.toSpliced(0, 3), 'missing'],
    ['seals have changed places', (l: ExportLine[]) => [...l.slice(3, 6), ...l], 'reordered'],
    ['the end is cut off', (lines: ExportLine[]) => lines.slice(0, -1), 'missing'],
    ['the last seal is cut off', (lines: ExportLine[]) => lines.toSpliced(3, 3), 'missing'],
    ['more comes after the end', (l: ExportLine[]) => [...l, entryLine(5, entry(5))], 'added'],
    [
      'an entry has no seal',
      (l: ExportLine[]) => l.toSpliced(6, 0, entryLine(5, entry(5))),
      'added',
    ],
  ])('when %s, it is said so', (_, tamper, kind) => {
    expect(kindsIn(tamper(exported([2, 2])))).toContain(kind);
  });
});

describe('a history that was rewritten to the end', () => {
  const real = exported([2, 1]);
  const forged = exported([2, 1], (number) => entry(number, { actor: 'key_other' }));
  const anchor = { seq: 2, hash: (real.at(-1) as EndLine).hash };

  it('when nobody noted a seal, it cannot be told from a real one', () => {
    expect(verify(forged).intact).toBe(true);
  });

  it('when a seal was noted, it is found', () => {
    expect(verify(real, { anchor }).intact).toBe(true);
    expect(kindsIn(forged, { anchor })).toEqual(['anchor']);
  });

  it('when it ends before the seal that was noted, it is found', () => {
    expect(kindsIn(exported([2]), { anchor })).toEqual(['anchor']);
  });

  it('when seals are signed, those of another hand are found', () => {
    const signedBy = (name: string, lines: ExportLine[]) =>
      lines.map((line) =>
        line.kind === 'seal' ? { ...line, signature: `${name} ${line.hash}` } : line,
      );
    const isSigned = (hash: string, signature: string) => signature === `ours ${hash}`;
    expect(verify(signedBy('ours', real), { isSigned }).intact).toBe(true);
    expect(kindsIn(signedBy('theirs', forged), { isSigned })).toEqual(['signature', 'signature']);
    expect(kindsIn(forged, { isSigned })).toEqual(['signature']);
  });
});

describe('entries that are no longer kept', () => {
  const removal = { action: 'removeAuditEntries', after: { through_seal: 1 } };
  /** Without the entries of the first seals. */
  const without = (seals: number, lines: ExportLine[]) => {
    const gone = lines.flatMap((line) => (line.kind === 'seal' && line.seq <= seals ? [line] : []));
    const { last } = gone.at(-1) as SealLine;
    return lines
      .filter((line) => line.kind !== 'entry' || line.place > last)
      .map((line) => (gone.includes(line as SealLine) ? { ...line, removed: true } : line));
  };

  it('when an entry says that they were removed, the rest still holds', () => {
    const told = exported([2, 1, 1], (place) => entry(place, place === 4 ? removal : {}));
    const { intact, removedThrough } = verify(without(1, told));
    expect({ intact, removedThrough }).toEqual({ intact: true, removedThrough: 1 });
  });

  it('when no entry says so, or of fewer, they are missing', () => {
    expect(kindsIn(without(1, exported([2, 1, 1])))).toEqual(['missing']);
    const told = exported([2, 1, 1], (place) => entry(place, place === 4 ? removal : {}));
    expect(kindsIn(without(2, told))).toEqual(['missing']);
  });
});
