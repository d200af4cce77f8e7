// Every dependency that would run a script at install is named in `allowBuilds`, with yes or no.
// pnpm ends an install with an error when one is not, on that platform only: so an omission is
// seen by the first contributor with another machine.
//
// The lockfile does not say which packages have scripts. What is installed here says it for this
// platform; for the others, a package whose sibling of this platform is named must be named too.
// That no other package has scripts was verified by installing this lockfile, scripts off, with
// `supportedArchitectures` set to os linux and darwin, cpu x64 and arm64, libc glibc and musl, and
// reading `scripts` and `binding.gyp` of all 533 packages: those in `allowBuilds` were the only
// ones. Do that again when a dependency with platform packages comes or changes its major version.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Finding, SourceFile } from './repository.ts';

export type InstalledPackage = {
  name: string;
  version: string;
  /** Whether it would run a script, or be compiled, at install. */
  hasInstallScript: boolean;
};

const workspaceFile = 'pnpm-workspace.yaml';

export function checkInstallScripts(
  files: readonly SourceFile[],
  installed: readonly InstalledPackage[],
): Finding[] {
  const decided = decidedPackages(textOf(files, workspaceFile));
  const locked = lockedPackages(textOf(files, 'pnpm-lock.yaml'));
  const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript);
  const families = new Set([...scripted.map(({ name }) => name), ...decided].map(familyOf));
  const needed = new Set([
    ...scripted.map(({ name }) => name),
    ...locked.filter((name) => isPlatformPackage(name) && families.has(familyOf(name))),
  ]);
  const missing = [...needed].filter((name) => !decided.has(name));
  const unknown = [...decided].filter((name) => !locked.includes(name));
  return [
    ...missing.map((name) => finding(`${name} has an install script: add it to allowBuilds`)),
    ...unknown.map((name) => finding(`${name} is in allowBuilds, but no dependency is`)),
  ];
}

/** Reads what pnpm installed here, each package once. */
export async function readInstalledPackages(root: string): Promise<InstalledPackage[]> {
  const store = path.join(root, 'node_modules/.pnpm');
  const entries = await fs.readdir(store, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => path.join(store, entry.name, 'node_modules'));
  const lists = await Promise.all(folders.map(packagesIn));
  return lists.flat();
}

function finding(message: string): Finding {
  return { path: workspaceFile, message };
}

function textOf(files: readonly SourceFile[], file: string): string {
  return files.find((candidate) => candidate.path === file)?.text ?? '';
}

/** The keys below `allowBuilds:`. */
function decidedPackages(workspace: string): Set<string> {
  const block = /^allowBuilds:\n((?:[ #].*\n|\n)*)/m.exec(`${workspace}\n`)?.[1] ?? '';
  const keys = [...block.matchAll(/^ +["']?([^"':#\s]+)["']?: *(?:true|false)/gm)];
  return new Set(keys.map((match) => match[1] ?? ''));
}

/** The names of all packages in the lockfile, for every platform. */
function lockedPackages(lockfile: string): string[] {
  const block = /^packages:\n([\s\S]*?)^snapshots:/m.exec(lockfile)?.[1] ?? '';
  return [...block.matchAll(/^ {2}'?(@?[^@'\s]+)@[^:]*:$/gm)].map((match) => match[1] ?? '');
}

const platformWord = /(?<=[-/])(linux|darwin|win32|windows|x64|arm64|gnu|musl)(?=-|$)/g;

function isPlatformPackage(name: string): boolean {
  return /(?<=[-/])(linux|darwin)(?=-|$)/.test(name);
}

/** `@scope/darwin-arm64` and `@scope/linux-x64` are one family. */
function familyOf(name: string): string {
  return name.replace(platformWord, '*');
}

async function packagesIn(folder: string): Promise<InstalledPackage[]> {
  const names = await namesIn(folder);
  const found = await Promise.all(names.map((name) => readPackage(path.join(folder, name))));
  return found.filter((one) => one !== undefined);
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readFolder(folder);
  const lists = await Promise.all(
    entries.map(async (name) => {
      if (!name.startsWith('@')) return [name];
      return (await readFolder(path.join(folder, name))).map((inner) => `${name}/${inner}`);
    }),
  );
  return lists.flat();
}

/** The names of real folders: links lead to packages that are read in their own place. */
async function readFolder(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function readPackage(folder: string): Promise<InstalledPackage | undefined> {
  const text = await fs.readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const {
    name = '',
    version = '',
    scripts = {},
  } = JSON.parse(text) as {
    name?: string;
    version?: string;
    scripts?: Record<string, string>;
  };
  const hasScript = ['preinstall', 'install', 'postinstall'].some((script) => script in scripts);
  // Without a script, a package with this file is compiled by node-gyp.
  const gyp = await fs.stat(path.join(folder, 'binding.gyp')).catch(() => undefined);
  return { name, version, hasInstallScript: hasScript || gyp !== undefined };
}
