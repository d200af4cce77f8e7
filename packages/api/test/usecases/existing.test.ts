import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../src/domain/errors.ts';
import { difference, existing, held } from '../../src/usecases/existing.ts';

describe('existing', () => {
  it('when it is found, it is given on', () => {
    expect(existing('found', 'customer', 'acme')).toBe('found');
  });

  it.each([
    ['a natural key', 'acme', 'not_found', 'There is no customer "acme".'],
    ['an id of the kind', `cus_${'0'.repeat(26)}`, 'not_found', /^There is no customer "cus_/],
    ['an id of another kind', `grt_${'0'.repeat(26)}`, 'wrong_id_kind', /the id of a grant/],
    ['an id of no kind', `xxx_${'0'.repeat(26)}`, 'not_found', /^There is no customer "xxx_/],
  ])('when %s is not found, the refusal says what was asked for', (_, key, code, words) => {
    const message = words instanceof RegExp ? expect.stringMatching(words) : words;
    const refusal = expect.objectContaining({ code, message });
    expect(() => existing(null, 'customer', key)).toThrow(refusal);
  });

  it.each([
    ['endpointService', 'sallyport services list'],
    ['apiKey', 'sallyport api-keys list'],
    ['delivery', 'sallyport webhooks deliveries list WEBHOOK'],
  ] as const)('when the %s is not found, the command lists those there are', (kind, command) => {
    expect(() => existing(null, kind, 'x')).toThrow(
      expect.objectContaining({ code: 'not_found', command }),
    );
  });

  it('when it is of another kind, the command tells what it is', () => {
    expect(() => existing(null, 'customer', `grt_${'0'.repeat(26)}`)).toThrow(
      expect.objectContaining({ command: null }),
    );
    expect(errorCatalogue.wrong_id_kind.remediation.command).toBe('sallyport who ID');
  });
});

describe('difference', () => {
  const before = { name: 'a', list: ['x'], map: { b: 1, a: 2 } as object, limit: null as unknown };

  it.each([
    ['nothing is wanted', {}, null],
    ['all is as it is', { name: 'a', list: ['x'], map: { a: 2, b: 1 }, limit: null }, null],
    ['one member differs', { name: 'b', list: ['x'] }, { name: 'b' }],
    ['the order of a list differs', { list: ['y', 'x'] }, { list: ['y', 'x'] }],
    ['a member is taken away', { map: { a: 2 } }, { map: { a: 2 } }],
    ['a limit is set', { limit: 0 }, { limit: 0 }],
  ])('when %s, the changes are those that differ', (_, wanted, changes) => {
    expect(difference(before, wanted)).toEqual(changes);
  });
});

describe('held', () => {
  it('when it changed before it could be locked, what is read is newer than the lock', async () => {
    let version = 1;
    const read = async () => ({ id: 'cus_1', version });
    const lock = async () => void version++;
    expect(await held({}, 'acme', read, lock)).toEqual({ id: 'cus_1', version: 2 });
  });
});
