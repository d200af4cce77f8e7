import { expect, test } from 'vitest';
import { checkManifests } from './manifests.ts';

const licence = 'Apache License\n…\nEND OF TERMS AND CONDITIONS\n';
const good = {
  name: '@sallyport/api',
  version: '1.0.0',
  license: 'Apache-2.0',
  engines: { node: '>=22' },
  files: ['dist'],
  dependencies: { pg: '8.23.1', '@sallyport/sdk': 'workspace:*', beta: '18.4.0-beta.17' },
  peerDependencies: { typescript: '>=5' },
};

test('when a package is in order, it passes', () => {
  expect(messages(good)).toEqual([]);
});

test.each([
  ['another licence', { license: 'MIT' }, '"license" must be "Apache-2.0"'],
  ['no engines', { engines: {} }, '"engines.node" must say'],
  ['no files', { files: undefined }, '"files" must say what is published'],
  ['a postinstall', { scripts: { postinstall: 'x' } }, 'the script "postinstall" would run'],
  ['a prepare', { scripts: { prepare: 'x' } }, 'the script "prepare" would run'],
  ['a range', { dependencies: { a: '^8.23.1' } }, 'a: "^8.23.1" is not one exact version'],
  ['a tag', { devDependencies: { a: 'latest' } }, 'a: "latest" is not one exact version'],
  ['an SDK that depends', { name: '@sallyport/sdk' }, 'the SDK has no dependencies'],
  ['another version', { version: '2.0.0' }, 'the version is 2.0.0 here and 1.0.0 in package.json'],
  ['another pin', { dependencies: { pg: '8.0.0' } }, 'pg is 8.0.0 here and 8.23.1 in package.json'],
])('when a package has %s, it fails', (_what, change, message) => {
  const [found, ...more] = messages({ ...good, ...change });
  expect(found).toContain(message);
  expect(more).toEqual([]);
});

test('when the licence text is missing or cut, it fails', () => {
  expect(messages(good, { LICENSE: 'Apache License' })).toEqual([
    'must be the whole text of Apache-2.0',
  ]);
});

test('when the lockfile names a host, it fails', () => {
  const lock = "packages:\n  a@1.0.0:\n    resolution: {tarball: 'https://mirror.example/a.tgz'}\n";
  expect(messages(good, { 'pnpm-lock.yaml': lock })).toEqual([
    'names a host: an install elsewhere cannot reach it',
  ]);
});

function messages(manifest: object, others: Record<string, string> = {}): string[] {
  const { files: _none, ...root } = { ...good, name: 'sallyport', private: true };
  const texts = {
    LICENSE: licence,
    'package.json': JSON.stringify(root),
    'packages/api/package.json': JSON.stringify(manifest),
    ...others,
  };
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return checkManifests(files).map(({ message }) => message);
}
