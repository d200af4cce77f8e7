// The other way to run: a PostgreSQL server of the oldest supported version, in a container.
//
// The storage tests, which ran against the embedded server, run once more against this one. Without
// a container engine and image they are skipped, and the reason is printed; with
// SALLYPORT_REQUIRE_DOCKER=1, as in CI, that is a failure. `.ci/postgres-image/build` makes the
// image.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import type { Database } from '../../../src/storage/postgres/database.ts';
import { migrate } from '../../../src/storage/postgres/migrations.ts';
import { findServerImage, startServerContainer } from './server-container.ts';
import type { ServerContainer } from './server-container.ts';

const repository = join(import.meta.dirname, '../../../../..');
const { image, reason } = await findServerImage();
if (image === undefined) process.stderr.write(`PostgreSQL 15 tests: ${reason}\n`);

test('when CI requires a container engine, there is one', () => {
  const isRequired = process.env['SALLYPORT_REQUIRE_DOCKER'] === '1';
  expect(isRequired ? reason : undefined).toBeUndefined();
});

describe.skipIf(image === undefined)(`PostgreSQL 15 (${image ?? reason})`, () => {
  let container: ServerContainer;
  let admin: Database;

  beforeAll(async () => {
    container = await startServerContainer(image ?? '');
    admin = openDatabase({ connectionString: container.connectionString });
    await admin.query('create role sallyport_customer nologin');
  });
  afterAll(async () => {
    await admin?.close();
    await container?.stop();
  });

  test('when asked, it is version 15', async () => {
    const [row] = await admin.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    );
    expect(row?.version).toBe(15);
  });

  test('when a role without any power owns the database, all migrations apply', async () => {
    const db = openDatabase({ connectionString: await makeOwner('plain', 'login') });
    const { applied } = await migrate(db, {
      directory: join(repository, 'packages/api/migrations'),
    });
    await db.close();

    expect(applied.length).toBeGreaterThan(0);
  });

  test('when the storage tests run against it, they pass', { timeout: 180_000 }, async () => {
    const connectionString = await makeOwner('tester', 'login createdb');
    const { stdout } = await runStorageTests(connectionString);

    expect(stdout).toMatch(/Tests .*[1-9]\d* passed/);
  });

  /** As an administrator would for DATABASE_URL: a role that is no superuser, and its database. */
  async function makeOwner(name: string, attributes: string): Promise<string> {
    const password = randomBytes(16).toString('hex');
    await admin.query(`create role ${name} ${attributes} password '${password}'`);
    await admin.query(`grant sallyport_customer to ${name}`);
    await admin.query(`create database ${name} owner ${name}`);
    const url = new URL(container.connectionString);
    url.username = name;
    url.password = password;
    url.pathname = `/${name}`;
    return url.href;
  }
});

/** What is about the embedded server itself, and the exact text of PostgreSQL 18, stays out. */
const excluded = ['embedded-*.test.ts', 'server.test.ts', 'schema.test.ts'];

/** Throws with the output when a test fails. */
async function runStorageTests(connectionString: string): Promise<{ stdout: string }> {
  const vitest = join(
    dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
    'vitest.mjs',
  );
  const exclusions = excluded.flatMap((name) => ['--exclude', `**/storage/postgres/${name}`]);
  const argv = [vitest, 'run', 'packages/api/test/storage', ...exclusions];
  // This run's own variables would make the inner one believe that it is a worker.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const env = {
    ...Object.fromEntries(inherited),
    SALLYPORT_TEST_DATABASE_URL: connectionString,
    NO_COLOR: '1',
  };
  return promisify(execFile)(process.execPath, argv, { cwd: repository, env });
}
