// The packages as npm would publish them: publint says whether a manifest fits its files, and
// arethetypeswrong whether types are found by every way to import them.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkPackage, Package } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Finding } from './repository.ts';

interface Manifest {
  name: string;
  version: string;
  files: string[];
  types?: string;
  exports?: object;
}

/** What is packed into the tarball, by its name in it. */
type Files = Record<string, Uint8Array<ArrayBuffer>>;

/** Looks at what is built: `checkBuild` comes first. */
export async function checkPublished(root: string, folders: string[]): Promise<Finding[]> {
  const found = folders.map(async (folder) => {
    const manifestPath = `${folder}/package.json`;
    const manifest = JSON.parse(await readFile(path.join(root, manifestPath), 'utf8')) as Manifest;
    const files = await packed(path.join(root, folder), manifest.files);
    const messages = [...(await lint(files)), ...(await checkWaysToImport(manifest, files))];
    return messages.map((message) => ({ path: manifestPath, message }));
  });
  return (await Promise.all(found)).flat();
}

/** npm takes these two along whatever `files` says. */
const always = ['package.json', 'README.md'];

async function packed(folder: string, parts: string[]): Promise<Files> {
  const names = [...always];
  for (const part of parts) {
    const entries = await readdir(path.join(folder, part), {
      recursive: true,
      withFileTypes: true,
    });
    const inside = entries.filter((entry) => entry.isFile());
    names.push(...inside.map(({ parentPath, name }) => path.join(parentPath, name)));
  }
  const relative = names.map((name) => path.relative(folder, path.resolve(folder, name)));
  const read = relative.map(async (name) => {
    return [name, new Uint8Array(await readFile(path.join(folder, name)))] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

async function lint(files: Files): Promise<string[]> {
  const pack = {
    files: Object.entries(files).map(([name, data]) => ({ name: `package/${name}`, data })),
  };
  const { messages, pkg } = await publint({ pkgDir: 'package', pack, level: 'warning' });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** A package of programs alone has nothing to import. */
async function checkWaysToImport(manifest: Manifest, files: Files): Promise<string[]> {
  const { name, version, types } = manifest;
  if (types === undefined) return [];
  const paths = Object.entries(files).map(([file, data]) => [
    `/node_modules/${name}/${file}`,
    data,
  ]);
  const tarball = new Package(Object.fromEntries(paths) as Files, name, version);
  const result = await checkPackage(tarball);
  if (!result.types) return [`${name} has no types.`];
  // One that is made for `import` alone says so, and Node 20.19 and newer can `require` it.
  const isForBoth = JSON.stringify(manifest.exports).includes('"require"');
  const isHere = ({ kind }: { kind: string }) => isForBoth || kind !== 'CJSResolvesToESM';
  return result.problems.filter(isHere).map((problem) => JSON.stringify(problem));
}
