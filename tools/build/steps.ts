// The build, step by step: what each package needs, what it leaves, and how. It decides neither
// when a step runs nor in which order; `after` says what has to be there first.

import fs from 'node:fs/promises';
import path from 'node:path';
import { installedCommand, runCommand } from '../command.ts';
import { listFiles } from './stamp.ts';

export type Step = {
  name: string;
  /** The steps whose output this one reads. */
  after: readonly string[];
  /** Files and directories, relative to the root. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** Builds. Throws an error whose message is what the failing program printed. */
  run(root: string): Promise<void>;
};

// What changes every output: the compilers' versions, their settings, and the build itself.
const everywhere = ['pnpm-lock.yaml', 'tsconfig.base.json', 'tools/build.ts', 'tools/build'];

export const steps: readonly Step[] = [
  {
    name: 'api',
    after: [],
    inputs: [...compiledInputs('packages/api'), 'openapi.json'],
    outputs: ['packages/api/dist', 'packages/api/openapi.json'],
    async run(root) {
      await compile(root, 'packages/api');
      await copyIfThere(root, 'openapi.json', 'packages/api/openapi.json');
    },
  },
  {
    name: 'aws-simulator',
    after: [],
    inputs: compiledInputs('packages/aws-simulator'),
    outputs: ['packages/aws-simulator/dist'],
    run: async (root) => compile(root, 'packages/aws-simulator'),
  },
  {
    name: 'sdk',
    after: [],
    inputs: bundledInputs('packages/sdk'),
    outputs: ['packages/sdk/dist'],
    run: async (root) => bundle(root, 'packages/sdk'),
  },
  {
    name: 'cli',
    after: ['sdk'],
    inputs: [...bundledInputs('packages/cli'), ...bundledInputs('packages/sdk')],
    outputs: ['packages/cli/dist'],
    run: async (root) => bundle(root, 'packages/cli'),
  },
];

function compiledInputs(folder: string): string[] {
  return [...everywhere, `${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`];
}

function bundledInputs(folder: string): string[] {
  return [...compiledInputs(folder), `${folder}/tsdown.config.ts`];
}

async function compile(root: string, folder: string): Promise<void> {
  // Files in `dist` may have gone without the compiler's notes knowing it. Without notes it looks.
  await removeCompilerNotes(root, folder);
  await runOrThrow(root, [...installedCommand(root, 'typescript', 'tsc'), '-b', folder]);
  await removeCompilerNotes(root, folder);
  await removeLeftovers(root, folder);
}

async function bundle(root: string, folder: string): Promise<void> {
  const cwd = path.join(root, folder);
  await runOrThrow(cwd, [...installedCommand(root, 'tsdown', 'tsdown'), '--logLevel', 'warn']);
  await removeCompilerNotes(root, folder);
}

/** What the compiler notes for its next run is no part of a package, and our stamps do its work. */
async function removeCompilerNotes(root: string, folder: string): Promise<void> {
  await fs.rm(path.join(root, folder, 'dist/.tsbuildinfo'), { force: true });
}

async function runOrThrow(cwd: string, argv: [string, ...string[]]): Promise<void> {
  const { code, output } = await runCommand({ argv, cwd });
  if (code !== 0) throw new Error(output.trim());
}

/** The compiler leaves the output of a source file that is gone; a package would ship it. */
async function removeLeftovers(root: string, folder: string): Promise<void> {
  const sources = new Set(await listFiles(root, [`${folder}/src`]));
  for (const file of await listFiles(root, [`${folder}/dist`])) {
    const source = sourceOf(file, folder);
    if (source !== undefined && !sources.has(source)) await fs.rm(path.join(root, file));
  }
}

function sourceOf(file: string, folder: string): string | undefined {
  const output = /^dist\/(.*?)(\.js|\.d\.ts)$/.exec(file.slice(folder.length + 1));
  return output === null ? undefined : `${folder}/src/${output[1]}.ts`;
}

async function copyIfThere(root: string, from: string, to: string): Promise<void> {
  try {
    await fs.copyFile(path.join(root, from), path.join(root, to));
  } catch (error) {
    // Before the first `pnpm generate` there is no contract to copy.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
