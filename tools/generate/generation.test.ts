import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDrift, generateAll, type Registration, settleDrift } from './generation.ts';

let root: string;

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'generation-'));
});

afterEach(async () => fs.rm(root, { recursive: true }));

test('when a generator reads what another makes, it gets the text just made', async () => {
  const outputs = await generateAll([
    writing('spec', { 'spec.json': '1' }),
    {
      ...writing('sdk', {}),
      after: ['spec'],
      load: async () => ({
        name: 'sdk',
        outputs: async (earlier) => new Map([['sdk.ts', `made from ${earlier.get('spec.json')}`]]),
      }),
    },
  ]);
  expect(Object.fromEntries(outputs)).toEqual({ 'spec.json': '1', 'sdk.ts': 'made from 1' });
});

test('when a generator fails, the error names it', async () => {
  const failing: Registration = {
    ...writing('spec', {}),
    load: async () => {
      throw new Error('no controllers');
    },
  };
  await expect(generateAll([failing, { ...writing('sdk', {}), after: ['spec'] }])).rejects.toThrow(
    'generator spec: no controllers',
  );
});

test('when two generators write one file, it refuses', async () => {
  const both = [writing('one', { 'a.ts': '1' }), writing('two', { 'a.ts': '2' })];
  await expect(generateAll(both)).rejects.toThrow('two generators write a.ts');
});

test('when a generator is listed before what it needs, it refuses', async () => {
  const wrong = [{ ...writing('sdk', {}), after: ['spec'] }, writing('spec', {})];
  await expect(generateAll(wrong)).rejects.toThrow('sdk needs spec, which is not before it');
});

test('when files are as made, there is no drift', async () => {
  await write('src/generated/a.ts', 'a');
  await write('src/by-hand.ts', 'b');
  expect(await findDrift(root, new Map([['src/generated/a.ts', 'a']]))).toEqual([]);
});

test('when files are missing, changed or left over, it names each, and settles each', async () => {
  await write('src/generated/edited.ts', 'by hand');
  await write('src/generated/gone.ts', 'of an operation that is gone');
  await write('src/by-hand.ts', 'kept');
  const outputs = new Map([
    ['src/generated/edited.ts', 'made'],
    ['openapi.json', '{}'],
  ]);
  const drift = await findDrift(root, outputs);
  expect(drift).toEqual([
    { path: 'openapi.json', kind: 'missing' },
    { path: 'src/generated/edited.ts', kind: 'stale' },
    { path: 'src/generated/gone.ts', kind: 'leftover' },
  ]);

  await settleDrift(root, outputs, drift);
  expect(await findDrift(root, outputs)).toEqual([]);
  expect(await fs.readdir(path.join(root, 'src/generated'))).toEqual(['edited.ts']);
  expect(await fs.readFile(path.join(root, 'src/by-hand.ts'), 'utf8')).toBe('kept');
});

function writing(name: string, files: Record<string, string>): Registration {
  const outputs = async (): Promise<Map<string, string>> => new Map(Object.entries(files));
  return { name, after: [], load: async () => ({ name, outputs }) };
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), text);
}
