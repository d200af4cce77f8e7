import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildAll } from './builder.ts';
import type { Step } from './steps.ts';

let root: string;

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'build-'));
  await write('a/src/one.txt', 'one');
});

afterEach(async () => fs.rm(root, { recursive: true }));

test('when nothing changed, it does not build again', async () => {
  const step = copying('a');
  expect(await outcomes([step])).toEqual({ a: 'built' });
  expect(await outcomes([step])).toEqual({ a: 'unchanged' });
});

test('when an input is new, changed or gone, it builds again', async () => {
  const step = copying('a');
  await outcomes([step]);
  await write('a/src/two.txt', 'two');
  expect(await outcomes([step])).toEqual({ a: 'built' });
  await write('a/src/two.txt', '2');
  expect(await outcomes([step])).toEqual({ a: 'built' });
  await fs.rm(path.join(root, 'a/src/two.txt'));
  expect(await outcomes([step])).toEqual({ a: 'built' });
});

test('when an input is only touched, it does not build again', async () => {
  const step = copying('a');
  await outcomes([step]);
  await fs.utimes(path.join(root, 'a/src/one.txt'), new Date(0), new Date(0));
  expect(await outcomes([step])).toEqual({ a: 'unchanged' });
});

test('when an output was removed, it builds again', async () => {
  const step = copying('a');
  await outcomes([step]);
  await fs.rm(path.join(root, 'a/dist/out.txt'));
  expect(await outcomes([step])).toEqual({ a: 'built' });
  expect(await fs.readFile(path.join(root, 'a/dist/out.txt'), 'utf8')).toBe('one.txt');
});

test('when a step fails, it says why, skips what needs it and builds the rest', async () => {
  const failing: Step = {
    ...copying('a'),
    run: async () => {
      throw new Error('one.txt(1,1): error');
    },
  };
  const results = await buildAll(root, [failing, { ...copying('b'), after: ['a'] }, copying('c')]);
  expect(results).toEqual([
    { name: 'a', outcome: 'failed', detail: 'one.txt(1,1): error' },
    { name: 'b', outcome: 'skipped', detail: 'needs a, which failed' },
    { name: 'c', outcome: 'built', detail: '' },
  ]);
  expect(await outcomes([copying('a')])).toEqual({ a: 'built' });
});

test('when a source changes while it is built, the next build sees it', async () => {
  const step = copying('a');
  const slow: Step = {
    ...step,
    run: async (at) => {
      await step.run(at);
      await write('a/src/late.txt', 'late');
    },
  };
  await outcomes([slow]);
  expect(await outcomes([step])).toEqual({ a: 'built' });
});

test('when two builds start at once, each step runs once', async () => {
  let runs = 0;
  const step = copying('a');
  const counted: Step = {
    ...step,
    run: async (at) => {
      runs += 1;
      await step.run(at);
    },
  };
  await Promise.all([buildAll(root, [counted]), buildAll(root, [counted])]);
  expect(runs).toBe(1);
});

function copying(name: string): Step {
  return {
    name,
    after: [],
    inputs: [`${name}/src`],
    outputs: [`${name}/dist`],
    run: async (at) => {
      const names = await fs.readdir(path.join(at, name, 'src')).catch(() => []);
      await write(`${name}/dist/out.txt`, names.join(','));
    },
  };
}

async function outcomes(steps: readonly Step[]): Promise<Record<string, string>> {
  const results = await buildAll(root, steps);
  return Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]));
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), text);
}
