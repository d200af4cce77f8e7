// `pnpm generate`: writes every generated file that is not what it should be.
// `pnpm generate --check`: writes nothing, names those files, and exits 1 when there are any.

import path from 'node:path';
import { readFlags } from './flags.ts';
import { findDrift, generateAll, settleDrift } from './generate/generation.ts';
import { registrations } from './generate/registrations.ts';

const root = path.resolve(import.meta.dirname, '..');
const flags = readFlags({
  usage: 'Usage: pnpm generate [--check]   --check: write nothing, only say what is stale',
  options: { check: { type: 'boolean' } },
});

const outputs = await generateAll(registrations);
const drift = await findDrift(root, outputs);
if (!flags.check) await settleDrift(root, outputs, drift);
for (const { path: file, kind } of drift) {
  const done = kind === 'leftover' ? 'removed' : 'written';
  console.log(flags.check ? `${file} is ${kind}` : `${file} ${done}`);
}
if (drift.length === 0) console.log(`All ${outputs.size} generated files are fresh.`);
if (flags.check && drift.length > 0) {
  console.error('Generated files differ from what generates them. Run: pnpm generate');
  process.exitCode = 1;
}
