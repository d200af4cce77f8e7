import { expect, test } from 'vitest';
import { defaultKnobs } from '../../packages/aws-simulator/src/world/settings/knobs.ts';
import { scenarioOptions } from '../../packages/aws-simulator/src/scenario/scenario.ts';
import { faultSchema } from '../../packages/aws-simulator/src/trouble/fault.ts';
import { createSimulation } from '../../packages/aws-simulator/src/simulation.ts';
import { example, scenarioPage } from './scenario-page.ts';
import { adminPage, faultExamples, settingsPage } from './simulator-pages.ts';

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

test('when the page shows faults, they can be set, and have all members but two', () => {
  createSimulation({ faults: faultExamples });
  const shown = new Set(faultExamples.flatMap((fault) => Object.keys(fault)));
  const unseen = Object.keys(faultSchema.shape).filter((member) => !shown.has(member));
  expect(unseen).toEqual(['skip', 'probability']);
});

test('when a scenario may have a member, the page tells what it is, and its example is one', () => {
  const page = scenarioPage();
  expect(page).toContain('| `accessKeyId` | text |');
  expect(rows(page).length).toBeGreaterThan(45);
  for (const row of rows(page)) expect(row).toMatch(/^\| `[^`]+` \| \S.* \| \S.* \|$/);
  createSimulation(scenarioOptions(example));
});
