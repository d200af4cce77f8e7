// The simulation finds bugs: without a guard, a history breaks the invariant that the guard holds.
// One in every run; all of them with SALLYPORT_TEST_LONG, as each is a process of its own.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDatabase } from '../../packages/api/test/storage/postgres/temporary-database.ts';
import { invariants, invariantsAtRest } from './invariants/check.ts';
import { mutations } from './mutations/ledger.ts';

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
const quick = ['hand-made-stays'];
/** A history that the seed names breaks it now; after other changes one of the next ones does. */
const historiesMax = 60;
const timeoutMs = 300_000;

const chosen = mutations.filter(({ invariant }) => isLong || quick.includes(invariant));
const left = mutations.length - chosen.length;
if (left > 0) process.stderr.write(`${left} mutations are for SALLYPORT_TEST_LONG=1 only.\n`);

it('when there is an invariant, there is a mutation that breaks it', () => {
  const names = [...invariants, ...invariantsAtRest].map(({ name }) => name);
  const broken = mutations.map(({ invariant }) => invariant);
  expect(names.filter((name) => !broken.includes(name))).toEqual([]);
});

it.each(mutations)('when $invariant is to break, its guard is there once', async ({ edits }) => {
  for (const { file, text } of edits) {
    const source = await readFile(path.join(import.meta.dirname, '../../packages/api/src', file));
    expect(source.toString().split(text).length, `${file}: ${text}`).toBe(2);
  }
});

describe.each(chosen)('without $without', ({ invariant }) => {
  it(
    `when histories are played, ${invariant} breaks`,
    async () => {
      const db = await temporaryDatabase();
      onTestFinished(() => db.close());
      const program = path.join(import.meta.dirname, 'mutations/mutant.ts');
      const told = [program, invariant, db.connectionString, String(historiesMax)];
      const { stdout } = await promisify(execFile)(process.execPath, told, { timeout: timeoutMs });
      expect(JSON.parse(stdout).seed, stdout).not.toBeNull();
    },
    timeoutMs,
  );
});
