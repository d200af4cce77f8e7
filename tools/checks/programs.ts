// The checks that other programs make: types, lint, format, and whether generated files are fresh.

import path from 'node:path';
import { type CommandResult, installedCommand, runCommand } from '../command.ts';
import type { Finding } from './repository.ts';

/** Brings `packages/*\/dist` up to date, which also checks the types of the compiled packages. */
export async function checkBuild(root: string): Promise<Finding[]> {
  const argv = [process.execPath, path.join(root, 'tools/build.ts')] as const;
  return toFindings(root, await runCommand({ argv, cwd: root }), compilerLine);
}

const anywhere = 'packages/sdk/tsconfig.anywhere.json';

/** The types that no build checks. Tests and the command line see what the build made. */
export async function checkTypes(root: string): Promise<Finding[]> {
  const tsc = installedCommand(root, 'typescript', 'tsc');
  const results = await Promise.all([
    // What this writes goes into node_modules: `dist` belongs to the bundler. The SDK is checked
    // twice: what runs anywhere must not see the types of Node, which the entry for AWS needs.
    runCommand({ argv: [...tsc, '-b', 'packages/sdk', anywhere, 'packages/cli'], cwd: root }),
    runCommand({ argv: [...tsc, '-p', 'tsconfig.json'], cwd: root }),
  ]);
  const findings = results.flatMap((result) => toFindings(root, result, compilerLine));
  const told = Map.groupBy(findings, (finding) => JSON.stringify(finding));
  return [...told.values()].map(([first]) => first!);
}

/** The linter with its type-aware rules; the settings are in .oxlintrc.json. */
export async function checkLint(root: string, places: readonly string[]): Promise<Finding[]> {
  const oxlint = installedCommand(root, 'oxlint', 'oxlint');
  const options = ['--type-aware', '--deny-warnings', '--format=unix'];
  const result = await runCommand({ argv: [...oxlint, ...options, ...places], cwd: root });
  return toFindings(root, result, linterLine);
}

/** The formatter, which changes nothing here; the settings are in biome.json. */
export async function checkFormat(root: string, places: readonly string[]): Promise<Finding[]> {
  const biome = installedCommand(root, '@biomejs/biome', 'biome');
  const options = ['format', '--reporter=github', '--max-diagnostics=none'];
  const result = await runCommand({ argv: [...biome, ...options, ...places], cwd: root });
  return toFindings(root, result, annotation).map(({ path: file, line, message }) => {
    if (!message.startsWith('Formatter would')) return { path: file, line, message };
    return { path: file, message: 'is not formatted. Run: pnpm exec biome format --write .' };
  });
}

/** Runs every generator in memory. A process of its own, because a compiler is among them. */
export async function checkDrift(root: string): Promise<Finding[]> {
  const argv = [process.execPath, path.join(root, 'tools/generate.ts'), '--check'] as const;
  return toFindings(root, await runCommand({ argv, cwd: root }), driftLine);
}

/** The contract, by the strictest rules of a linter for it; which ones is said in redocly.yaml. */
export async function checkContract(root: string): Promise<Finding[]> {
  const redocly = installedCommand(root, '@redocly/cli', 'redocly');
  const options = ['--format=github-actions', '--max-problems=1000'];
  const result = await runCommand({
    argv: [...redocly, 'lint', 'openapi.json', ...options],
    cwd: root,
    // Left to itself, it tells its makers that it was used, and asks them for news.
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  return toFindings(root, result, annotation);
}

// Each line that starts a finding, with its file, line and message.
const compilerLine = /^(?<file>[^\s(]+)\((?<line>\d+),\d+\): (?<message>.*)$/;
const linterLine = /^(?<file>[^\s:]+):(?<line>\d+):\d+: (?<message>.*)$/;
// The annotations of GitHub's actions, which the formatter and the linter of the contract write.
const annotation =
  /^::\w+ title=[\w/-]+,file=(?<file>[^,]+),line=(?<line>\d+),.*?::(?<message>.*)$/;
const driftLine = /^(?<file>\S+) (?<message>is (?:missing|stale|leftover))$/;

/** A program that failed without a line we know failed in another way: then all it said is told. */
export function toFindings(root: string, result: CommandResult, start: RegExp): Finding[] {
  if (result.code === 0) return [];
  const output = result.output.trim();
  const findings: Finding[] = [];
  for (const text of output.split('\n')) {
    const found = start.exec(text)?.groups;
    const last = findings.at(-1);
    if (found) findings.push(toFinding(root, found));
    // More about the finding before it is indented.
    else if (last && /^\s+\S/.test(text)) last.message += `\n${text}`;
  }
  if (findings.length > 0) return findings;
  return [{ message: output === '' ? `failed with code ${result.code}` : output }];
}

function toFinding(root: string, found: Record<string, string>): Finding {
  const { file = '', line, message = '' } = found;
  const place = { path: path.relative(root, path.resolve(root, file)), message };
  return line === undefined ? place : { ...place, line: Number(line) };
}
