// Keeps the contract as the one that callers may rely on: at a release, or before the first one,
// when a break is meant. Its diff shows in review.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bindingPart, releasedFile, releasedVersions } from './contract/released.ts';
import { readFlags } from './flags.ts';

const usage = 'Usage: node tools/keep-contract.ts   Keeps openapi.json as what callers rely on.';
readFlags({ usage, options: {} });

const root = path.resolve(import.meta.dirname, '..');
const contract = await readFile(path.join(root, 'openapi.json'), 'utf8');
const { version } = (JSON.parse(contract) as { info: { version: string } }).info;
const changelog = await readFile(path.join(root, 'CHANGELOG.md'), 'utf8');
const target = path.join(root, releasedFile);
const kept = await readFile(target, 'utf8').catch(() => null);
const keptVersion = kept && (JSON.parse(kept) as { info: { version: string } }).info.version;

if (keptVersion === version && releasedVersions(changelog).has(version)) {
  console.error(
    `${version} is released: callers rely on what ${releasedFile} has. Use a new version.`,
  );
  process.exitCode = 1;
} else {
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bindingPart(contract));
  console.log(`${releasedFile} written`);
}
