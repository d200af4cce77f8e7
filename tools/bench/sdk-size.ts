// What the SDK adds to a program that bundles it: everything, or the client of one resource.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from '../sdk-comparison/bundle.ts';
import type { Figure } from './figure.ts';

const sdk = fileURLToPath(new URL('../../packages/sdk/dist/index.js', import.meta.url));

const programs = {
  'SDK, all of it': { source: `export * from '${sdk}';`, goal: 15 },
  'SDK, one resource': {
    source: `import { ConnectionsResource, Transport } from '${sdk}';
      const transport = new Transport({ baseUrl: 'https://x.example', apiKey: 'k' });
      console.log(await new ConnectionsResource(transport).get('vpce-1'));`,
    goal: 6,
  },
};

export async function sdkSizeFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, { source, goal }] of Object.entries(programs)) {
    const code = await bundled(source);
    const [plain, gzip] = [code.length, gzipSync(code).length].map((size) => size / 1024);
    figures.push({
      name,
      value: `${gzip!.toFixed(1)} KB gzip`,
      beside: `${plain!.toFixed(1)} KB minified; goal ≤ ${goal} KB gzip`,
    });
  }
  return figures;
}

async function bundled(program: string): Promise<string> {
  const directory = await mkdtemp(join(fileURLToPath(new URL('.', import.meta.url)), '.bundle-'));
  try {
    return await bundle(directory, program);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
