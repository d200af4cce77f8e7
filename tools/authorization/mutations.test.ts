// The ledger of who may do what finds a guard that is missing, and names the cell. A process of its
// own for each, so all but the first look are for SALLYPORT_TEST_LONG=1.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { mutations } from './mutations.ts';

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
const root = path.join(import.meta.dirname, '../..');
const timeoutMs = 300_000;

if (!isLong) {
  process.stderr.write(`${mutations.length} mutations are for SALLYPORT_TEST_LONG=1 only.\n`);
}

it.each(mutations)('without $without: the guard is there once', async ({ edits }) => {
  for (const { file, text } of edits) {
    const source = await readFile(path.join(root, 'packages/api/src', file));
    expect(source.toString().split(text).length, `${file}: ${text}`).toBe(2);
  }
});

describe.skipIf(!isLong)('the tests', () => {
  it.each(mutations)(
    'when they run without $without, each cell of it is named',
    async ({ without, named }) => {
      const program = path.join(root, 'tools/authorization/mutant.ts');
      const env = { ...process.env, SALLYPORT_FUZZ_HISTORIES: '60' };
      const options = { cwd: root, env, timeout: timeoutMs, maxBuffer: 2 ** 28 };
      const { stdout } = await promisify(execFile)(process.execPath, [program, without], options);
      const said = (JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1)) as string[]).join('\n');
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !said.includes(name))).toEqual([]);
    },
    timeoutMs,
  );
});
