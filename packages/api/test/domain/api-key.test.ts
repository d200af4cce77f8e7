import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatInviteToken,
  formatKey,
  hashSecret,
  isKey,
  roles,
} from '../../src/domain/api-key.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const key = fc.tuple(fc.constantFrom(...roles), bytes).map(([role, random]) => ({
  role,
  text: formatKey(role, random),
}));
const zeros = new Uint8Array(32);
const ones = new Uint8Array(32).fill(255);

describe('formatKey', () => {
  it('when it is given any 256 bits, the result names its role and is a key', () => {
    fc.assert(
      fc.property(key, ({ role, text }) => {
        expect(text).toMatch(new RegExp(`^sallyport_${role}_[0-9A-Za-z]{49}$`));
        expect(isKey(text)).toBe(true);
      }),
    );
  });

  it('when two are made of different bits, they differ', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const same = Buffer.compare(a, b) === 0;
        expect(formatKey('support', a) === formatKey('support', b)).toBe(same);
      }),
    );
  });

  it('when all bits are set, none is lost', () => {
    const almost = ones.with(0, 127);
    expect(formatKey('operator', ones)).not.toBe(formatKey('operator', almost));
    expect(isKey(formatKey('operator', ones))).toBe(true);
  });
});

describe('isKey', () => {
  it('when one character is another one, it is no key', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.split('');
    fc.assert(
      fc.property(key, fc.nat(48), fc.constantFrom(...digits), ({ text }, back, digit) => {
        const at = text.length - 1 - back;
        fc.pre(text[at] !== digit);
        expect(isKey(text.slice(0, at) + digit + text.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('when the role is another one, it is no key', () => {
    const text = formatKey('support', zeros);
    expect(isKey(text.replace('support', 'operator'))).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['a key in other words', `Bearer ${formatKey('operator', zeros)}`],
    ['a key with a line break', `${formatKey('operator', zeros)}\n`],
    ['a key in two lines', `x\n${formatKey('operator', zeros)}`],
    ['a role that is none', formatKey('operator', zeros).replace('operator', 'root')],
    ["an invite's token", formatInviteToken(zeros)],
    ['a cut off key', formatKey('operator', zeros).slice(0, -1)],
  ])('when it is %s, it is no key', (_, text) => {
    expect(isKey(text)).toBe(false);
  });
});

describe('formatInviteToken', () => {
  it('when it is made, it is as long as a key and tells what it is', () => {
    expect(formatInviteToken(ones)).toMatch(/^sallyport_invite_[0-9A-Za-z]{49}$/);
  });
});

describe('hashSecret', () => {
  it('when a secret is hashed, the hash is the SHA-256 that any tool computes', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(hashSecret('abc')).toBe(expected);
  });
});
