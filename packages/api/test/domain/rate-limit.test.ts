import { expect, it } from 'vitest';
import { partyOf, spend, standingOf } from '../../src/domain/rate-limit.ts';

const bucket = { name: 'key:key_1', limit: { requests: 10, seconds: 20 } };

it.each([
  [0, 10, 0, 0],
  [1, 9, 2, 0],
  [9, 1, 18, 0],
  [10, 0, 20, 2],
  [12, 0, 24, 6],
])('when %d of ten have passed, %d are left', (count, remaining, wholeSeconds, nextSeconds) => {
  const wholeAt = spend(bucket.limit, 0, 1_000, count);
  const standing = standingOf(bucket, wholeAt, 1_000);
  expect(standing).toMatchObject({ policy: 'key', remaining, wholeSeconds, nextSeconds });
});

it('when time passes, they come back one by one', () => {
  const wholeAt = spend(bucket.limit, 0, 0, 10);
  const left = [0, 1_999, 2_000, 4_000, 20_000, 60_000].map(
    (now) => standingOf(bucket, wholeAt, now).remaining,
  );
  expect(left).toEqual([0, 0, 1, 2, 10, 10]);
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  // Some proxies tell the port too, which is another one with each connection.
  ['192.0.2.1:50123', '192.0.2.1'],
  ['[2001:db8:1:2::3]:50123', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::3]', '2001:db8:1:2::/64'],
])('when the address is %s, the party is %s', (address, party) => {
  expect(partyOf(address)).toBe(party);
});
