// `pnpm build`: brings `packages/*/dist` up to date. Silent when all is well.

import path from 'node:path';
import { buildAll } from './build/builder.ts';
import { steps } from './build/steps.ts';
import { readFlags } from './flags.ts';

readFlags({ usage: 'Usage: pnpm build', options: {} });
const root = path.resolve(import.meta.dirname, '..');
const results = await buildAll(root, steps);
for (const { name, outcome, detail } of results) {
  if (outcome === 'failed') console.error(`build of packages/${name} failed:\n${detail}\n`);
  if (outcome === 'skipped') console.error(`build of packages/${name} skipped: ${detail}\n`);
}
process.exitCode = results.every(({ outcome }) => outcome !== 'failed') ? 0 : 1;
