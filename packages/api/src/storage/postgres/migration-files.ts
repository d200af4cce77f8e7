// The migrations as they lie on disk: names, order, checksums. No database here.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface MigrationFile {
  /** The file name, `0001_customers.sql`: also its name in the database. */
  name: string;
  sql: string;
  /** SHA-256 of the text with LF line ends, in hex. */
  checksum: string;
}

/** Migrations that cannot be applied as they are: a bad file, or a database that does not match. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const namePattern = /^(\d{4})_[a-z0-9_-]+\.sql$/;
/** In plpgsql `begin` stands without a semicolon, so a function body does not match. */
const transactionControl = /^\s*(begin|start\s+transaction|commit|rollback|end)\s*;/im;

/**
 * Reads `NNNN_name.sql` from the directory, in order of number. Other files than `.sql` are
 * ignored.
 * @throws MigrationError for a misnamed file, a number used twice or transaction control.
 */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
  checkNames(names);
  return Promise.all(names.map((name) => readMigration(directory, name)));
}

function checkNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const number = namePattern.exec(name)?.[1];
    if (number === undefined) {
      throw new MigrationError(`${name}: name a migration NNNN_what_it_does.sql, in lower case.`);
    }
    const other = seen.get(number);
    if (other !== undefined) {
      throw new MigrationError(
        `${other} and ${name} have one number: give the later one the next.`,
      );
    }
    seen.set(number, name);
  }
}

async function readMigration(directory: string, name: string): Promise<MigrationFile> {
  const sql = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n');
  if (transactionControl.test(sql)) {
    throw new MigrationError(`${name}: each migration runs in a transaction; take out its own.`);
  }
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
