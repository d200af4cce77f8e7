// The data directory of the embedded server: made once, checked and given its access rules at each
// start. No server runs while this code does.
import {
  chmod,
  chown,
  lstat,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { customerRole } from '../tenancy.ts';
import type { ServerBinaries } from './binaries.ts';
import { runProgram } from './programs.ts';
import type { ServerUser } from './server-user.ts';

export interface ClusterOptions {
  /** The data directory of PostgreSQL itself. */
  directory: string;
  binaries: ServerBinaries;
  user: ServerUser;
  /** Lets the service's role create databases; for tests. */
  mayCreateDatabases: boolean;
}

/** The role the service connects as: it owns the database of this name, and is no superuser. */
export const serviceRole = 'sallyport';

/**
 * Makes the cluster when there is none, and writes who may connect.
 * @throws Error when the directory holds something else, another major version or another's files.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  await removeDrafts(options.directory);
  const entries = await readdir(options.directory).catch(() => []);
  if (entries.length === 0) await createCluster(options);
  await checkVersion(options);
  await checkOwner(options);
  await ensureCustomerRole(options);
  await writeAccessRules(options);
}

/**
 * Works in a draft directory and renames it at the end, so that a crash on the way leaves nothing
 * that looks like a database. initdb and the single-user server both end with everything on disk.
 */
async function createCluster(options: ClusterOptions): Promise<void> {
  const { binaries, user } = options;
  const draft = await mkdtemp(draftPrefix(options.directory));
  if (user.spawnAs) await chown(draft, user.spawnAs.uid, user.spawnAs.gid);
  const place = { directory: draft, user };
  await runProgram(binaries.initdb, initdbArguments, place);
  // No superuser ever connects: the role and its database are made before there is a socket.
  const input = [
    `create role ${serviceRole} ${options.mayCreateDatabases ? 'login createdb' : 'login'};`,
    `create database ${serviceRole} owner ${serviceRole};`,
    ...customerRoleStatements,
  ].join('\n\n');
  await runProgram(binaries.postgres, singleUserArguments, { ...place, input });
  await markCustomerRole(draft, user);
  await rename(draft, options.directory);
  await syncDirectory(dirname(options.directory));
}

/**
 * The role of customers' requests, which the service may take but not make. One server program for
 * a moment, and a file that says that it was there: a cluster made by an earlier version has
 * neither.
 */
async function ensureCustomerRole({ directory, binaries, user }: ClusterOptions): Promise<void> {
  const marker = join(directory, markerFile);
  if ((await readFile(marker, 'utf8').catch(() => '')) === `${customerRole}\n`) return;
  const input = customerRoleStatements.join('\n\n');
  await runProgram(binaries.postgres, singleUserArguments, { directory, user, input });
  await markCustomerRole(directory, user);
}

async function markCustomerRole(directory: string, user: ServerUser): Promise<void> {
  const marker = join(directory, markerFile);
  await writeFile(marker, `${customerRole}\n`, { mode: 0o600 });
  if (user.spawnAs) await chown(marker, user.spawnAs.uid, user.spawnAs.gid);
}

const markerFile = 'sallyport.roles';
const customerRoleStatements = [
  `do $$ begin if to_regrole('${customerRole}') is null then ` +
    `create role ${customerRole} nologin; end if; end $$;`,
  `grant ${customerRole} to ${serviceRole};`,
];

/** The builtin locale sorts the same on every machine and with every version of its C library. */
const initdbArguments = [
  '--username=postgres',
  '--auth=reject',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
];

/** `-j`: a statement ends at a semicolon and an empty line, not at every line. */
const singleUserArguments = ['--single', '-j', '-c', 'exit_on_error=on', 'postgres'];

async function checkVersion({ directory, binaries }: ClusterOptions): Promise<void> {
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    throw new Error(`${directory} has files, but no PostgreSQL database: move it out of the way.`);
  }
  if (version.trim() === binaries.majorVersion) return;
  throw new Error(
    `${directory} was made by PostgreSQL ${version.trim()}, this Sallyport brings ` +
      `${binaries.majorVersion}: dump it with the version that made it and restore the dump.`,
  );
}

/** A backup put back by root belongs to root: it is handed to the server's user, itself last. */
async function checkOwner({ directory, user }: ClusterOptions): Promise<void> {
  const { uid } = await lstat(directory);
  const wanted = user.spawnAs?.uid ?? process.getuid?.();
  if (uid === wanted) return;
  if (!user.spawnAs) {
    throw new Error(
      `${directory} belongs to user ${uid}: start as that user, or change its owner.`,
    );
  }
  const files = await readdir(directory, { recursive: true });
  for (const file of [...files, '.']) {
    // Links stay as they are: what they point to is not ours to give away.
    const path = join(directory, file);
    if (!(await lstat(path)).isSymbolicLink()) {
      await chown(path, user.spawnAs.uid, user.spawnAs.gid);
    }
  }
  await chmod(directory, 0o700);
}

/** Only the service's user, known from the socket by the kernel, gets in, and only as its role. */
async function writeAccessRules({ directory, user }: ClusterOptions): Promise<void> {
  const name = user.serviceName.replaceAll('"', '""');
  const rules = {
    'pg_hba.conf': `local all ${serviceRole} peer map=service\n`,
    'pg_ident.conf': `service "${name}" ${serviceRole}\n`,
  };
  for (const [file, text] of Object.entries(rules)) {
    const path = join(directory, file);
    await writeFile(path, `# Written by Sallyport at every start.\n${text}`, { mode: 0o600 });
    if (user.spawnAs) await chown(path, user.spawnAs.uid, user.spawnAs.gid);
  }
}

function draftPrefix(directory: string): string {
  return `${directory}.new-`;
}

async function removeDrafts(directory: string): Promise<void> {
  const prefix = basename(draftPrefix(directory));
  const parent = dirname(directory);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  await handle.sync();
  await handle.close();
}
