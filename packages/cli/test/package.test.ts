// The package as it is installed, the one file of it as it is copied, and as an executable.

import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startFakeApi } from './fake-api.ts';
import { bundleBuilt, environment, folderWith } from './harness.ts';
import { resources } from './resources.ts';

const run = promisify(execFile);
const folder = path.resolve(import.meta.dirname, '..');

test('when the tarball is installed, it is one file that runs by itself', async (context) => {
  // docs/support.md, which a test types, begins with the same installation.
  if (process.env['SALLYPORT_TEST_LONG'] !== '1') context.skip('it is part of test:long');
  if (spawnSync('npm', ['--version']).error) context.skip('there is no npm here');
  const file = await bundleBuilt();
  const to = await folderWith({});
  const env = { ...process.env, HOME: to, npm_config_update_notifier: 'false' };
  const pack = await run('npm', ['pack', '--json', '--pack-destination', to], { cwd: folder, env });
  const [{ filename, files }] = JSON.parse(pack.stdout) as [Packed];
  const names = files.map((one) => one.path).sort();
  expect(names).toEqual(['README.md', 'dist/sallyport.cjs', 'man/sallyport.1', 'package.json']);
  const install = ['install', '--global', '--offline', '--no-audit', '--prefix', to];
  await run('npm', [...install, path.join(to, filename)], { cwd: to, env });
  const { stdout } = await run(path.join(to, 'bin/sallyport'), ['--version'], { env });
  const text = await fs.readFile(path.join(folder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { version: string } & Record<string, unknown>;
  expect(stdout).toBe(`${manifest.version}\n`);
  // Where `man` looks, as the program is on the PATH.
  await fs.access(path.join(to, 'share/man/man1/sallyport.1'));
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts');
  // Alone, without a name's ending or a package.json beside it.
  await fs.copyFile(file, path.join(to, 'copied'));
  const copied = await run(path.join(to, 'copied'), ['help', 'connections', 'list'], { env });
  expect(copied.stdout).toContain('Usage: sallyport connections list');
});

test('when it is made an executable, it needs no Node', async (context) => {
  if (process.env['SALLYPORT_TEST_LONG'] !== '1') context.skip('it is part of test:long');
  if (process.platform !== 'linux') context.skip('the executable is for Linux');
  await bundleBuilt();
  const program = path.join(await folderWith({}), 'sallyport');
  const tool = path.resolve(folder, '../../tools/executable.ts');
  await run(process.execPath, [tool, '--to', program]);
  const api = await startFakeApi();
  const env = environment({ api, env: { PATH: '/nowhere' } });
  const listed = await run(program, ['connections', 'list', '-o', 'name'], { env });
  expect(listed.stdout).toBe(`${resources.Connection.id}\n`);
  const unknown = await run(program, ['conections'], { env }).catch((error: unknown) => error);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('connections?') });
});

interface Packed {
  filename: string;
  files: { path: string }[];
}
