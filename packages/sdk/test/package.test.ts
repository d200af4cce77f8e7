// The package as it is published: what it is made of, how big it is, and that both formats load.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { VERSION } from '../src/version.ts';

const folder = path.resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
  version: string;
  dependencies?: object;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
  scripts?: object;
  sideEffects: boolean;
  exports: Record<string, Record<'import' | 'require', { types: string; default: string }>>;
};

test('when the package is published, it has this version, and needs and runs nothing', () => {
  expect(VERSION).toBe(manifest.version);
  expect(manifest.dependencies).toBeUndefined();
  const optional = Object.keys(manifest.peerDependencies).filter(
    (name) => manifest.peerDependenciesMeta[name]?.optional,
  );
  expect(optional).toEqual([
    '@aws-sdk/client-ec2',
    '@aws-sdk/client-route-53',
    '@aws-sdk/client-sts',
  ]);
  expect(Object.keys(manifest.peerDependencies)).toEqual(optional);
  expect(manifest.scripts).toBeUndefined();
  expect(manifest.sideEffects).toBe(false);
});

test.each([
  [
    'a client with one call',
    `import { Sallyport } from 'SDK';
    export default new Sallyport({ baseUrl: 'https://x.example' }).connections.get('x');`,
    15_000,
  ],
  [
    'one resource with one call',
    `import { ConnectionsResource, Transport } from 'SDK';
    const transport = new Transport({ baseUrl: 'https://x.example' });
    export default new ConnectionsResource(transport).get('x');`,
    6 * 1024,
  ],
])('when %s is bundled, it stays below its size', async (_, code, limit) => {
  const text = await bundled(code.replace('SDK', path.join(folder, 'src/index.ts')));
  const bytes = gzipSync(text, { level: 9 }).length;
  expect(text).toContain('authorization');
  expect(bytes).toBeLessThanOrEqual(limit);
});

const missing = Object.values(manifest.exports)
  .flatMap(({ import: esm, require: cjs }) => [esm.types, esm.default, cjs.types, cjs.default])
  .filter((file) => !existsSync(path.join(folder, file)));

test('when the built package is imported and required, both copies work as one', ({ skip }) => {
  if (missing.length > 0) skip(`not built, run \`pnpm build\`: ${missing.join(', ')}`);
  const script = `
    import { createRequire } from 'node:module';
    import * as esm from '@sallyport/sdk';
    import * as esmAws from '@sallyport/sdk/aws';
    const require = createRequire(import.meta.url);
    const cjs = require('@sallyport/sdk');
    const cjsAws = require('@sallyport/sdk/aws');
    const call = { method: 'GET', path: '/', attempts: 1 };
    const error = new cjs.NotFoundError(call, { status: 404, problem: {} });
    const client = new esm.Sallyport({ baseUrl: 'https://x.example', apiKey: 'k' });
    console.log(JSON.stringify({
      two: esm.NotFoundError !== cjs.NotFoundError,
      same: Object.keys(cjs).sort().join() === Object.keys(esm).sort().join(),
      across: error instanceof esm.ApiError,
      origin: client.origin,
      aws: [typeof esmAws.prove, typeof cjsAws.prove],
    }));`;
  const argv = ['--input-type=module', '-e', script];
  const said = execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual({
    two: true,
    same: true,
    across: true,
    origin: 'https://x.example',
    aws: ['function', 'function'],
  });
});

interface Bundle {
  generate(options: object): Promise<{ output: { code: string }[] }>;
}

/** With the bundler that builds the package. */
async function bundled(code: string): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('tsdown'));
  const { rolldown } = (await import(pathToFileURL(require.resolve('rolldown')).href)) as {
    rolldown: (options: object) => Promise<Bundle>;
  };
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry.ts' ? id : undefined),
    load: (id: string) => (id === 'entry.ts' ? code : undefined),
  };
  const bundle = await rolldown({ input: 'entry.ts', platform: 'neutral', plugins: [entry] });
  const { output } = await bundle.generate({ minify: true });
  return output[0]!.code;
}
