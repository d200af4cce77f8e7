// Brings a database to the schema of this version, forward only. The SQL itself is in migrations/.
//
// Every migration takes the advisory lock in its own transaction and looks again at what is
// applied, so any number of replicas may start at once: each migration runs in exactly one of them.
import { DatabaseError } from 'pg';
import type { Database, Queryable } from './database.ts';
import { MigrationError, readMigrations } from './migration-files.ts';
import type { MigrationFile } from './migration-files.ts';

export interface MigrationOptions {
  /** Where the `NNNN_name.sql` files are. */
  directory: string;
}

interface AppliedMigration {
  name: string;
  checksum: string;
}

/**
 * Applies what is missing and returns the names this call applied, in order.
 * @throws MigrationError when the database is newer than the files, an applied file was edited, a
 * file was added behind an applied one, or its SQL fails; the failed one leaves no trace.
 */
export async function migrate(
  db: Database,
  options: MigrationOptions,
): Promise<{ applied: string[] }> {
  const files = await readMigrations(options.directory);
  const applied: string[] = [];
  for (;;) {
    const name = await db.transaction((tx) => applyNext(tx, files));
    if (name === undefined) return { applied };
    applied.push(name);
  }
}

/**
 * The names of the migrations this database lacks; it changes nothing.
 * @throws MigrationError like `migrate` when the database does not match the files.
 */
export async function pendingMigrations(
  db: Queryable,
  options: MigrationOptions,
): Promise<string[]> {
  const files = await readMigrations(options.directory);
  return pendingOf(files, await readApplied(db)).map((file) => file.name);
}

/** An arbitrary number that nothing else locks on: `sallypor` in ASCII. */
const lockKey = '8314045600252325746';
/** A migration, and the wait for one that runs elsewhere, may take long: a day, in milliseconds. */
const patience = { timeoutMs: 24 * 60 * 60 * 1000 };

async function applyNext(
  tx: Queryable,
  files: readonly MigrationFile[],
): Promise<string | undefined> {
  await tx.query('set local statement_timeout = 0');
  await tx.query('select pg_advisory_xact_lock($1)', [lockKey], patience);
  await tx.query(`create table if not exists schema_migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`);
  const [next] = pendingOf(files, await readApplied(tx));
  if (next === undefined) return undefined;
  await applyMigration(tx, next);
  return next.name;
}

async function applyMigration(tx: Queryable, file: MigrationFile): Promise<void> {
  try {
    await tx.query(file.sql, undefined, patience);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new MigrationError(`${file.name}${lineOf(file, error)}: ${error.message}`, {
      cause: error,
    });
  }
  await tx.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
    file.name,
    file.checksum,
  ]);
}

function lineOf(file: MigrationFile, error: DatabaseError): string {
  const position = Number(error.position);
  return position > 0 ? `:${file.sql.slice(0, position).split('\n').length}` : '';
}

async function readApplied(db: Queryable): Promise<AppliedMigration[]> {
  const [table] = await db.query<{ present: boolean }>(
    `select to_regclass('schema_migrations') is not null as present`,
  );
  if (!table?.present) return [];
  return db.query<AppliedMigration>(
    'select name, checksum from schema_migrations order by name collate "C"',
  );
}

function pendingOf(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): MigrationFile[] {
  for (const migration of applied) checkApplied(files, migration);
  const last = applied.at(-1)?.name ?? '';
  const names = new Set(applied.map((migration) => migration.name));
  const pending = files.filter((file) => !names.has(file.name));
  const behind = pending.find((file) => file.name < last);
  if (behind === undefined) return pending;
  throw new MigrationError(
    `${behind.name} comes before ${last}, which is applied already: give it a higher number.`,
  );
}

function checkApplied(files: readonly MigrationFile[], applied: AppliedMigration): void {
  const file = files.find((candidate) => candidate.name === applied.name);
  if (file === undefined) {
    throw new MigrationError(
      `The database is newer than this version of Sallyport: it has ${applied.name}. ` +
        'Start the version that applied it, or restore a backup from before it.',
    );
  }
  if (file.checksum !== applied.checksum) {
    throw new MigrationError(
      `${applied.name} was edited after this database applied it. ` +
        'Put the file back as it was and make the change in a new migration.',
    );
  }
}
