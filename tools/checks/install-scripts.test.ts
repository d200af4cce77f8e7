import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkInstallScripts, readInstalledPackages } from './install-scripts.ts';

const lock = `lockfileVersion: '9.0'

packages:

  '@db/darwin-arm64@1.0.0':
    os: [darwin]

  '@db/linux-x64@1.0.0':
    os: [linux]

  plain@2.0.0:
    resolution: {integrity: sha512-x}

  ssh2@1.17.0:
    resolution: {integrity: sha512-x}

snapshots:

  '@db/linux-x64@1.0.0': {}
`;
const installed = [
  { name: '@db/linux-x64', version: '1.0.0', hasInstallScript: true },
  { name: 'plain', version: '2.0.0', hasInstallScript: false },
  { name: 'ssh2', version: '1.17.0', hasInstallScript: true },
];

test('when every package with a script is decided, on every platform, it passes', () => {
  const decided = ['"@db/darwin-arm64": false', '"@db/linux-x64": true', 'ssh2: false'];
  expect(messages(decided)).toEqual([]);
});

test('when a package with a script is not decided, it fails', () => {
  const decided = ['"@db/darwin-arm64": false', '"@db/linux-x64": false'];
  expect(messages(decided)).toEqual(['ssh2 has an install script: add it to allowBuilds']);
});

test('when the sibling for another platform is not decided, it fails', () => {
  const decided = ['"@db/linux-x64": false', 'ssh2: false'];
  expect(messages(decided)).toEqual([
    '@db/darwin-arm64 has an install script: add it to allowBuilds',
  ]);
});

test('when a decided package is no dependency any more, it fails', () => {
  const decided = [
    '"@db/darwin-arm64": false',
    '"@db/linux-x64": false',
    'ssh2: false',
    'old: true',
  ];
  expect(messages(decided)).toEqual(['old is in allowBuilds, but no dependency is']);
});

test('when packages are installed, those with a script or a binding are known', async () => {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'installed-'));
  const store = path.join(root, 'node_modules/.pnpm');
  await write(`${store}/a@1.0.0/node_modules/a/package.json`, manifest('a', { install: 'x' }));
  await write(`${store}/b@1.0.0/node_modules/@s/b/package.json`, manifest('@s/b', {}));
  await write(`${store}/b@1.0.0/node_modules/@s/b/binding.gyp`, '{}');
  await write(`${store}/c@1.0.0/node_modules/c/package.json`, manifest('c', { test: 'x' }));
  await fs.symlink(`${store}/a@1.0.0/node_modules/a`, `${store}/c@1.0.0/node_modules/a`);

  const found = await readInstalledPackages(root);
  expect(found.map(({ name, hasInstallScript }) => [name, hasInstallScript]).sort()).toEqual([
    ['@s/b', true],
    ['a', true],
    ['c', false],
  ]);
  await fs.rm(root, { recursive: true });
});

function messages(decided: readonly string[]): string[] {
  const workspace = `packages: [packages/*]\n# Why.\nallowBuilds:\n  ${decided.join('\n  ')}\n`;
  const files = [
    { path: 'pnpm-workspace.yaml', text: workspace },
    { path: 'pnpm-lock.yaml', text: lock },
  ];
  return checkInstallScripts(files, installed).map(({ message }) => message);
}

function manifest(name: string, scripts: Record<string, string>): string {
  return JSON.stringify({ name, version: '1.0.0', scripts });
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
}
