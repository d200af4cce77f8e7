import { expect, test } from 'vitest';
import { connectionStates } from '../../packages/api/src/domain/connection.ts';
import { statesPage } from './states-page.ts';

const page = statesPage();

test('when AWS knows a state, the table has one row for it', () => {
  for (const state of connectionStates) {
    expect(page.split('\n').filter((line) => line.startsWith(`| \`${state}\` |`))).toHaveLength(1);
  }
});

test('when a connection waits for acceptance, the table says what each decision does', () => {
  expect(page).toContain('| state | undecided | accept | reject |');
  expect(page).toContain('| `pendingAcceptance` | none | accept | reject |');
});
