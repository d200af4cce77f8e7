import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  idPrefixes,
  kindInWords,
  kindOfAwsKey,
  kindOfId,
  makeId,
  type IdKind,
} from '../../src/domain/ids.ts';

const kinds = Object.keys(idPrefixes) as IdKind[];
const kind = fc.constantFrom(...kinds);
const time = fc.integer({ min: 0, max: Date.parse('9999-12-31') });
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const zeros = new Uint8Array(10);
const ones = new Uint8Array(10).fill(255);

describe('makeId', () => {
  it('when it is made, its kind can be read from it', () => {
    fc.assert(
      fc.property(kind, time, bytes, (kind, at, random) => {
        expect(kindOfId(makeId(kind, at, random))).toBe(kind);
      }),
    );
  });

  it('when one is made later than another, it sorts after it', () => {
    fc.assert(
      fc.property(kind, time, fc.integer({ min: 1 }), bytes, bytes, (kind, at, ms, a, b) => {
        fc.pre(at + ms < 2 ** 48);
        expect(makeId(kind, at, a) < makeId(kind, at + ms, b)).toBe(true);
      }),
    );
  });

  it('when two are made at one time of different random bits, they differ', () => {
    const bits = Array.from({ length: 40 }, (_, index) => [index >> 2, 1 << (index & 3)] as const);
    const ids = bits.map(([byte, bit]) => makeId('grant', 0, zeros.with(byte, bit)));
    expect(new Set(ids).size).toBe(40);
  });

  it('when it is decoded, it is a UUIDv7 of the time it was made at', () => {
    const at = Date.parse('2026-03-01T12:00:00Z');
    expect(uuidOf(makeId('customer', at, zeros))).toBe(`${hex(at)}-7000-8000-000000000000`);
    expect(uuidOf(makeId('customer', at, ones))).toBe(`${hex(at)}-7fff-bfff-ffffffffffff`);
    expect(uuidOf(makeId('customer', 2 ** 48 - 1, zeros)).slice(0, 13)).toBe('ffffffff-ffff');
  });
});

/** The first two groups of a UUIDv7. */
function hex(at: number): string {
  const digits = at.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** Decodes Crockford's base32 by itself. */
function uuidOf(id: string): string {
  const digits = id.split('_')[1]!.split('');
  const value = digits.reduce(
    (sum, digit) => sum * 32n + BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit)),
    0n,
  );
  const text = value.toString(16).padStart(32, '0');
  return text.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

describe('kindOfId', () => {
  it.each([
    'acme',
    '222222222222',
    'vpce-svc-0a1b2c3d4e5f60718',
    'arn:aws:iam::222222222222:root',
    'cus_',
    'cus_01kjmgsg0070000000000000',
    'cus_01KJMGSG007000000000000000',
    'cus_01kjmgsg00700000000000000l',
    'xyz_01kjmgsg007000000000000000',
    'constructor_01kjmgsg007000000000000000',
    ' cus_01kjmgsg007000000000000000',
    'cus_01kjmgsg007000000000000000\n',
  ])('when the text is %j, it is no id of ours', (text) => {
    expect(kindOfId(text)).toBeNull();
  });

  it('when two kinds had one prefix, one could not be read, so none have', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(kinds.length);
  });
});

describe('kindOfAwsKey', () => {
  it.each([
    ['vpce-svc-0a1b2c3d4e5f60718', 'endpointService'],
    ['vpce-0a1b2c3d4e5f60718', 'connection'],
    ['222222222222', 'account'],
    ['vpce-svc-', null],
    ['2222222222222', null],
    ['acme', null],
  ])('when the text is %s, it is the key of: %s', (text, kind) => {
    expect(kindOfAwsKey(text)).toBe(kind);
  });
});

describe('kindInWords', () => {
  it.each([
    ['endpointService', 'endpoint service'],
    ['customer', 'customer'],
    ['apiKey', 'api key'],
  ] as const)('when the kind is %s, a person reads %s', (kind, words) => {
    expect(kindInWords(kind)).toBe(words);
  });
});
