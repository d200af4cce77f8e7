import { expect, it } from 'vitest';
import { nearestName } from '../../src/usecases/nearest-name.ts';

const known = ['name', 'account_ids', 'role_names', 'connections_max', 'id'];

it.each([
  ['acount_ids', 'account_ids'],
  ['account_id', 'account_ids'],
  ['accountIds', 'account_ids'],
  ['ACCOUNT-IDS', 'account_ids'],
  ['nmae', 'name'],
  ['names', 'name'],
  ['connection_max', 'connections_max'],
  ['rolenames', 'role_names'],
  ['zebra', undefined],
  ['', undefined],
  ['nothing_like_it', undefined],
  ['x'.repeat(1_000_000), undefined],
])('when %s is not known, it hints at %s', (name, hint) => {
  expect(nearestName(name, known)).toBe(hint);
});

it('when two are close, it hints at the closer one', () => {
  expect(nearestName('stat', ['start', 'state', 'stat_'])).toBe('stat_');
});

it('when nothing is known, it hints at nothing', () => {
  expect(nearestName('name', [])).toBeUndefined();
});
