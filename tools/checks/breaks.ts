// Whether the contract breaks what callers rely on, by `redocly diff` with the kept contract. A
// break needs a version that says so. docs/decisions/0014-breaking-changes.md tells the rules.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installedCommand, runCommand } from '../command.ts';
import { bindingPart, readReleased } from '../contract/released.ts';
import type { Finding } from './repository.ts';

interface Report {
  changes: Change[];
}

interface Change {
  path: string;
  verdicts: { impact: string; message: string }[];
}

const advice =
  'Keep what callers rely on (add, and deprecate), or say it with the version. Before the first ' +
  'release a break that is meant is taken by: node tools/keep-contract.ts';

/** Answers may get new values, as the contract says of itself ("Growth"). */
const noBreaks = ['--skip-rule=enum-values-added'];

export async function checkBreaks(root: string): Promise<Finding[]> {
  const contract = await readFile(path.join(root, 'openapi.json'), 'utf8');
  return findBreaks(root, await readReleased(root), bindingPart(contract));
}

/** Each break of `released` in `current`, unless the version of `current` allows for breaks. */
export async function findBreaks(
  root: string,
  released: string,
  current: string,
): Promise<Finding[]> {
  if (isBreakingVersion(versionOf(released), versionOf(current))) return [];
  const { changes } = await compare(root, released, current);
  const breaks = changes.flatMap(({ path: place, verdicts }) =>
    verdicts
      .filter(({ impact }) => impact === 'major')
      .map(({ message }) => `${readable(place)}: ${message}`),
  );
  return breaks.map((message) => ({ path: 'openapi.json', message: `${message} ${advice}` }));
}

/** By semantic versioning: below 1.0 the second number says that something breaks. */
export function isBreakingVersion(before: string, after: string): boolean {
  const [was, is] = [before, after].map((version) => version.split('.').map(Number));
  if (was![0] !== is![0]) return is![0]! > was![0]!;
  return was![0] === 0 && is![1]! > was![1]!;
}

function versionOf(contract: string): string {
  return (JSON.parse(contract) as { info: { version: string } }).info.version;
}

async function compare(root: string, released: string, current: string): Promise<Report> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sallyport-contract-'));
  try {
    const files = [path.join(folder, 'released.json'), path.join(folder, 'current.json')] as const;
    await Promise.all([writeFile(files[0], released), writeFile(files[1], current)]);
    const report = path.join(folder, 'report.json');
    const options = ['--format=json', `--output=${report}`, '--fail-on=none', ...noBreaks];
    const { code, output } = await runCommand({
      argv: [...installedCommand(root, '@redocly/cli', 'redocly'), 'diff', ...files, ...options],
      cwd: root,
      env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    if (code !== 0) throw new Error(`The contracts could not be compared:\n${output}`);
    return JSON.parse(await readFile(report, 'utf8')) as Report;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A JSON pointer, as people read it. */
function readable(pointer: string): string {
  return pointer.replace('#/paths/', '').replaceAll('~1', '/').replaceAll('~0', '~');
}
