// `pnpm generate`: writes every generated file that is not what it should be.
// `pnpm generate --check`: writes nothing, names those files, and exits 1 when there are any.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDrift, generateAll, settleDrift } from './generate/generation.ts';
import { registrations } from './generate/registrations.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const outputs = await generateAll(registrations);
const drift = await findDrift(root, outputs);
if (!values.check) await settleDrift(root, outputs, drift);
for (const { path: file, kind } of drift) {
  const done = kind === 'leftover' ? 'removed' : 'written';
  console.log(values.check ? `${file} is ${kind}` : `${file} ${done}`);
}
if (values.check && drift.length > 0) {
  console.error('Generated files differ from what generates them. Run: pnpm generate');
  process.exitCode = 1;
}
