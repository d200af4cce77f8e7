// `pnpm check`: everything that can be said about the repository without running the product.
// To add a check: give it a file in checks/ with a test of its own, and a line in `startChecks`.

import path from 'node:path';
import { checkBreaks } from './checks/breaks.ts';
import { checkCycles } from './checks/cycles.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkImports } from './checks/imports.ts';
import { checkInstallScripts, readInstalledPackages } from './checks/install-scripts.ts';
import { checkManifests } from './checks/manifests.ts';
import { checkMarkdown } from './checks/markdown.ts';
import {
  checkBuild,
  checkContract,
  checkDrift,
  checkFormat,
  checkLint,
  checkTypes,
} from './checks/programs.ts';
import { checkPublished } from './checks/published.ts';
import { checkPurity } from './checks/purity.ts';
import { type Outcome, report, timed } from './checks/report.ts';
import { isHandWritten, readRepository } from './checks/repository.ts';
import { checkScore } from './checks/score.ts';
import { checkSizes } from './checks/sizes.ts';
import { parseFiles } from './checks/syntax.ts';
import { checkMachinePaths, checkWords } from './checks/words.ts';
import { readFlags } from './flags.ts';

readFlags({ usage: 'Usage: pnpm check', options: {} });
const root = path.resolve(import.meta.dirname, '..');
const published = ['packages/aws-simulator', 'packages/cli', 'packages/sdk'];

const outcomes = await Promise.all(await startChecks());
console.log(report(outcomes));
process.exitCode = outcomes.every(({ findings }) => findings.length === 0) ? 0 : 1;

async function startChecks(): Promise<Promise<Outcome>[]> {
  // The programs come first: they run beside us while we look at the files.
  const build = timed('build', async () => checkBuild(root));
  const programs = [
    build,
    // Both read the types of packages from what the build makes.
    build.then(async () => timed('types', async () => checkTypes(root))),
    build.then(async () => timed('lint', async () => checkLint(root, ['.']))),
    build.then(async () => timed('published', async () => checkPublished(root, published))),
    timed('format', async () => checkFormat(root, ['.'])),
    timed('drift', async () => checkDrift(root)),
    timed('contract', async () => checkContract(root)),
    timed('breaks', async () => checkBreaks(root)),
    timed('score', async () => checkScore(root)),
  ];
  const files = await readRepository(root);
  const { parsed: sources, findings: invalid } = parseFiles(files.filter(isHandWritten));
  const paths = new Set(files.map((file) => file.path));
  return [
    ...programs,
    timed('syntax', async () => invalid),
    timed('imports', async () => [...checkImports(sources), ...checkCycles(sources)]),
    timed('environment', async () => checkEnvironment(sources)),
    timed('purity', async () => checkPurity(sources)),
    timed('sizes', async () => checkSizes(sources)),
    timed('words', async () => [...checkWords(sources), ...checkMachinePaths(files)]),
    timed('markdown', async () => checkMarkdown(files, paths)),
    timed('packages', async () => [
      ...checkManifests(files),
      ...checkInstallScripts(files, await readInstalledPackages(root)),
    ]),
  ];
}
