// Runs the built command line as a person or a script would: arguments in, text and a code out.

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { buildAll } from '../../../tools/build/builder.ts';
import { steps } from '../../../tools/build/steps.ts';
import { type FakeApi, KEY } from './fake-api.ts';

const root = path.resolve(import.meta.dirname, '../../..');
export const bundle = path.join(root, 'packages/cli/dist/sallyport.cjs');

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Surroundings {
  /** Given, its URL and key go into the environment. */
  api?: FakeApi;
  env?: Record<string, string | undefined>;
  stdin?: string;
  cwd?: string;
}

/** A run that is under way. */
export interface Run {
  child: ChildProcess;
  outcome: Promise<Outcome>;
}

const folders = new Set<string>();

afterAll(async () => {
  for (const folder of folders) await fs.rm(folder, { recursive: true });
});

/** Builds the bundle when it is missing or old. A failed build fails every test that needs it. */
const built = buildAll(
  root,
  steps.filter(({ name }) => name === 'sdk' || name === 'cli'),
).then((results) => {
  const failed = results.find(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  if (failed) throw new Error(`packages/${failed.name} does not build: ${failed.detail}`);
});

export async function sallyport(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  return (await startSallyport(args, surroundings)).outcome;
}

export async function startSallyport(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Run> {
  await built;
  const { stdin, cwd = os.tmpdir() } = surroundings;
  const child = spawn(process.execPath, [bundle, ...args], { cwd, env: environment(surroundings) });
  if (stdin !== undefined) child.stdin.write(stdin);
  child.stdin.end();
  return { child, outcome: outcomeOf(child) };
}

/** Only what a test names, so that whoever runs the tests cannot change their outcome. */
export function environment({ api, env }: Surroundings): Record<string, string> {
  const own = {
    PATH: process.env.PATH,
    HOME: os.tmpdir(),
    ...(api ? { SALLYPORT_URL: api.url, SALLYPORT_API_KEY: KEY } : {}),
    ...env,
  };
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}

/** What the pseudo-terminal needs: the bundle there, and this Node. */
export async function commandLine(args: readonly string[]): Promise<string[]> {
  return [process.execPath, await bundleBuilt(), ...args];
}

export async function bundleBuilt(): Promise<string> {
  await built;
  return bundle;
}

/** A directory of its own for a test, with these files in it. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sallyport-cli-'));
  folders.add(folder);
  for (const [name, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await fs.writeFile(path.join(folder, name), text, { mode: 0o600 });
  }
  return folder;
}

function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  }
  child.stdin?.on('error', () => undefined);
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? -1, ...texts }));
  });
}
