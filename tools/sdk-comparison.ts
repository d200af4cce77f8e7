// `node tools/sdk-comparison.ts` writes docs/sdk-comparison.md: the SDK beside others. It installs
// them from npm into a temporary directory, so no check runs it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { table } from './generate/table.ts';
import { comparedClients, type ComparedClient } from './sdk-comparison/clients.ts';
import { features } from './sdk-comparison/features.ts';
import {
  installClient,
  measureImports,
  measureSize,
  type Measurement,
} from './sdk-comparison/measurement.ts';

const root = path.resolve(import.meta.dirname, '..');
const directory = await mkdtemp(path.join(tmpdir(), 'sdk-comparison-'));
try {
  const measured = await measure(directory);
  await writeFile(path.join(root, 'docs/sdk-comparison.md'), page(measured));
  process.stdout.write('docs/sdk-comparison.md written\n');
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function measure(base: string): Promise<Measurement[]> {
  const sdk = path.join(root, 'packages/sdk');
  const places = comparedClients.map((client, index) => ({
    ...client,
    directory: path.join(base, String(index)),
  }));
  for (const place of places) await installClient(place.directory, place, sdk);
  const sizes = await Promise.all(places.map((place) => measureSize(place.directory, place)));
  const imports = await measureImports(places);
  return sizes.map((size, index) => ({ ...size, importMs: imports[index]! }));
}

function page(measured: Measurement[]): string {
  const names = ['', '@sallyport/sdk', 'stripe', 'openai', 'octokit', 'neon', 'AWS SDK v3'];
  return `<!-- Written by \`node tools/sdk-comparison.ts\`, from tools/sdk-comparison/. -->
# The SDK beside others

What clients of other services do, and what they weigh, so that you know what to expect of this one.

## What they do

${table(
  names,
  Object.entries(features).map(([name, cells]) => [name, ...cells]),
)}

The others were read in their source, at the versions below.

## What they weigh

Measured in one run, on Node ${process.versions.node}: what npm installs, a program of one call as a
bundler makes it, and the CPU time that importing the client takes in a fresh process (the median of
15, by turns).

${table(
  ['client', 'version', 'packages', 'installed', 'minified', 'gzip', 'import'],
  comparedClients.map((client, index) => row(client, measured[index]!)),
)}
`;
}

function row({ name, packages }: ComparedClient, measured: Measurement): string[] {
  const { installedKb, minifiedKb, gzipKb, importMs } = measured;
  return [
    name,
    packages.map((one) => one.replace(/^.*@/, '')).join() || 'this one',
    String(measured.packages),
    `${Math.round(installedKb).toLocaleString('en')} KB`,
    `${minifiedKb.toFixed(1)} KB`,
    `${gzipKb.toFixed(1)} KB`,
    `${Math.round(importMs)} ms`,
  ];
}
