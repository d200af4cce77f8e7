// What a client weighs and takes to load: installed from npm into a directory of its own.

import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.ts';
import type { ComparedClient } from './clients.ts';

export interface Measurement {
  packages: number;
  /** Of all files that are installed. */
  installedKb: number;
  minifiedKb: number;
  gzipKb: number;
  /** CPU time of importing it in a fresh process, which other work does not add to; the median. */
  importMs: number;
}

const rounds = 15;
const run = promisify(execFile);

/** @param sdk the folder of our package, built */
export async function installClient(
  directory: string,
  { packages }: ComparedClient,
  sdk: string,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'package.json'), '{ "type": "module", "private": true }');
  if (packages.length === 0) {
    const own = path.join(directory, 'node_modules/@sallyport/sdk');
    await cp(path.join(sdk, 'dist'), path.join(own, 'dist'), { recursive: true });
    await cp(path.join(sdk, 'package.json'), path.join(own, 'package.json'));
    return;
  }
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...flags, ...packages], { cwd: directory });
}

export async function measureSize(
  directory: string,
  { program }: ComparedClient,
): Promise<Omit<Measurement, 'importMs'>> {
  const entries = await readdir(path.join(directory, 'node_modules'), {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(async ({ parentPath, name }) => stat(path.join(parentPath, name)));
  const bytes = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
  const code = await bundle(directory, program);
  return {
    packages: files.filter(isManifestOfPackage).length,
    installedKb: bytes / 1024,
    minifiedKb: code.length / 1024,
    gzipKb: gzipSync(code, { level: 9 }).length / 1024,
  };
}

/** One of each in every round, so that what else the machine does falls on all of them. */
export async function measureImports(
  clients: { directory: string; module: string }[],
): Promise<number[]> {
  const times = clients.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { directory, module }] of clients.entries()) {
      times[index]!.push(await importTime(directory, module));
    }
  }
  return times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!);
}

async function importTime(cwd: string, module: string): Promise<number> {
  const code = `
    const before = process.cpuUsage();
    await import('${module}');
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd });
  return Number(stdout);
}

/** Not those that only say of a folder which kind of modules it has. */
function isManifestOfPackage({ parentPath, name }: { parentPath: string; name: string }): boolean {
  return name === 'package.json' && /node_modules\/(?:@[^/]+\/)?[^/]+$/.test(parentPath);
}
