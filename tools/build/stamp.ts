// Knows whether a build step has anything to do: what went in, by content, and what came out, by
// size and time. It does not build.

import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

export type Stamp = {
  /** A hash over the paths and the contents of everything that goes in. */
  inputs: string;
  /** A line for each file that came out: path, size, time of change. Empty: not built. */
  outputs: string;
};

/** What to look at, as files or directories relative to the root. Absent ones count as empty. */
export type Watched = { root: string; inputs: readonly string[]; outputs: readonly string[] };

export async function currentStamp({ root, inputs, outputs }: Watched): Promise<Stamp> {
  const [inputFiles, outputFiles] = await Promise.all([
    listFiles(root, inputs),
    listFiles(root, outputs),
  ]);
  return {
    inputs: await contentHash(root, inputFiles),
    outputs: await describeFiles(root, outputFiles),
  };
}

/** Reads the stamp that the last good build left; undefined when there is none to be trusted. */
export async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    const stamp = JSON.parse(await fs.readFile(file, 'utf8')) as Partial<Stamp>;
    if (typeof stamp.inputs !== 'string' || typeof stamp.outputs !== 'string') return undefined;
    return { inputs: stamp.inputs, outputs: stamp.outputs };
  } catch {
    // No stamp, or half a stamp, is the same: the step runs.
    return undefined;
  }
}

export async function writeStamp(file: string, stamp: Stamp): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, JSON.stringify(stamp));
}

/** All files below the given files and directories, sorted, without `node_modules`. */
export async function listFiles(root: string, places: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(places.map((place) => filesBelow(root, place)));
  return lists.flat().sort();
}

async function filesBelow(root: string, place: string): Promise<string[]> {
  const entries = await readDirectory(path.join(root, place));
  if (entries === 'absent') return [];
  if (entries === 'file') return [place];
  const lists = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'node_modules')
      .map(async (entry) => {
        const below = `${place}/${entry.name}`;
        return entry.isDirectory() ? filesBelow(root, below) : [below];
      }),
  );
  return lists.flat();
}

async function readDirectory(directory: string): Promise<Dirent[] | 'absent' | 'file'> {
  try {
    return await fs.readdir(directory, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return 'absent';
    if (code === 'ENOTDIR') return 'file';
    throw error;
  }
}

async function contentHash(root: string, files: readonly string[]): Promise<string> {
  const contents = await Promise.all(files.map((file) => fs.readFile(path.join(root, file))));
  const hash = createHash('sha256');
  for (const [index, content] of contents.entries()) {
    hash.update(`${files[index]}\n${content.byteLength}\n`).update(content);
  }
  return hash.digest('hex');
}

async function describeFiles(root: string, files: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await fs.stat(path.join(root, file));
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
  return lines.join('\n');
}
