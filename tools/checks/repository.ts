// The files a check looks at, and what it answers. It reads files; it judges nothing.

import fs from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../command.ts';

export type SourceFile = {
  /** From the root of the repository, with `/`. */
  path: string;
  text: string;
};

/** One thing that is wrong. */
export type Finding = {
  /** The file; undefined when the finding is about no single file. */
  path?: string;
  /** Counted from 1. */
  line?: number;
  /** What is wrong and, where that is not obvious, what to do. May have several lines. */
  message: string;
};

/** Every text file of the working tree: tracked, or new and not ignored. Sorted by path. */
export async function readRepository(root: string): Promise<SourceFile[]> {
  const argv = ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'] as const;
  const { code, output } = await runCommand({ argv, cwd: root });
  if (code !== 0) {
    throw new Error(`the checks need a git working tree to know which files count:\n${output}`);
  }
  const paths = [...new Set(output.split('\0').filter(Boolean))].sort();
  const files = await Promise.all(paths.map((file) => readText(root, file)));
  return files.filter((file) => file !== undefined);
}

/** Whether a file is TypeScript or JavaScript that somebody wrote by hand. */
export function isHandWritten({ path: file }: SourceFile): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !isGenerated(file);
}

export function isGenerated(file: string): boolean {
  return /(^|\/)generated\//.test(file);
}

/** Whether a file is a test, or only there for tests. */
export function isTest(file: string): boolean {
  return /\.test\.ts$|^packages\/[^/]+\/test\//.test(file);
}

async function readText(root: string, file: string): Promise<SourceFile | undefined> {
  try {
    const bytes = await fs.readFile(path.join(root, file));
    // A zero byte is what git, too, takes as the sign that a file is not text.
    return bytes.includes(0) ? undefined : { path: file, text: bytes.toString('utf8') };
  } catch (error) {
    // Tracked, but removed from the working tree or replaced by a directory.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code)) return undefined;
    throw error;
  }
}
