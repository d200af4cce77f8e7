import { expect, test } from 'vitest';
import { defaultKnobs } from '../../packages/aws-simulator/src/world/settings/knobs.ts';
import { adminPage, settingsPage } from './simulator-pages.ts';

const rows = (page: string) => page.split('\n').filter((line) => line.startsWith('| `'));

test('when a knob, a delay, a quota or a rate exists, it has a row that says what it is', () => {
  const found = rows(settingsPage());
  expect(found.length).toBeGreaterThan(60);
  for (const row of found) expect(row).not.toMatch(/\|\s+\|/);
  for (const name of Object.keys(defaultKnobs)) {
    expect(found.filter((row) => row.startsWith(`| \`${name}\` |`))).toHaveLength(1);
  }
});

test('when there is an admin path or a member of a fault, the page tells of it', () => {
  const page = adminPage();
  expect(page).toContain('| `POST /_simulator/clock` | Moves the world ahead');
  for (const row of rows(page)) expect(row).not.toMatch(/\|\s+\|/);
});
