// The embedded server as the service lives with it: real processes, killed for real.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openScene, serverProcesses, usersToTry } from './embedded-scene.ts';
import type { Scene } from './embedded-scene.ts';

let scene: Scene;

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
if (!isLong) process.stderr.write('4 of 20 services start at once: the others are for test:long\n');

describe.each(usersToTry)('as $name', (user) => {
  // Making a database takes a second: the tests share one, and each starts its own services on it.
  beforeAll(async () => {
    scene = await openScene(user);
  });
  afterEach(() => scene.endAll());
  afterAll(() => scene.clear());
  const many = isLong && user === usersToTry[0] ? 20 : 4;

  test('when it starts, the server is private, durable and not a superuser’s', async () => {
    const service = await scene.start();

    expect(service.error).toBeUndefined();
    // As root, the outer directory shuts out the very user that the server runs as.
    expect(await modeOf(scene.dataDirectory)).toBe('700');
    expect(await modeOf(join(scene.dataDirectory, 'postgres'))).toBe('700');
    const pids = await serverProcesses(scene.dataDirectory);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
    expect(await service.query(factsQuery)).toEqual([
      {
        fsync: 'on',
        fullPageWrites: 'on',
        synchronousCommit: 'on',
        dataChecksums: 'on',
        listenAddresses: '',
        role: 'sallyport',
        powers: false,
        owner: 'sallyport',
      },
    ]);
  });

  test('when the service stops, no process of the server is left', async () => {
    const service = await scene.start();
    await service.end('SIGTERM');

    expect(await serverProcesses(scene.dataDirectory)).toEqual([]);
    expect(await readdir(join(scene.dataDirectory, 'postgres'))).not.toContain('postmaster.pid');
  });

  test('when the service is killed, the next one takes over with the data there', async () => {
    const first = await scene.start();
    await first.query('create table if not exists kept as select 1 as n');
    await first.end('SIGKILL');
    const orphans = await serverProcesses(scene.dataDirectory);
    const second = await scene.start();

    expect(orphans.length).toBeGreaterThan(0);
    expect(second.error).toBeUndefined();
    expect(await second.query('select n from kept')).toEqual([{ n: 1 }]);
    const running = await serverProcesses(scene.dataDirectory);
    expect(running.filter((pid) => orphans.includes(pid))).toEqual([]);
  });

  test('when many more start beside a live one, each is refused at once', async () => {
    const owner = await scene.start();
    const others = await Promise.all(Array.from({ length: many }, () => scene.start()));

    for (const other of others) {
      expect(other.error).toContain(`uses the data directory ${scene.dataDirectory}`);
      expect(other.error).toContain('SALLYPORT_DATA_DIR');
      // At once, not after waiting for a lock; most of it is the start of the process.
      expect(other.tookMs).toBeLessThan(5000);
    }
    expect(await owner.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  test('when many start where a killed one left its server, exactly one gets it', async () => {
    const killed = await scene.start();
    await killed.query('create table if not exists kept as select 1 as n');
    await killed.end('SIGKILL');
    const services = await Promise.all(Array.from({ length: 8 }, () => scene.start()));

    const owners = services.filter((service) => service.error === undefined);
    expect(owners).toHaveLength(1);
    expect(await owners[0]?.query('select n from kept')).toEqual([{ n: 1 }]);
  });

  test('when a first start was interrupted, the next one begins anew', async () => {
    const first = await scene.start();
    await first.end('SIGTERM');
    const draft = join(scene.dataDirectory, 'postgres.new-abc123');
    await writeFile(draft, 'half a database');
    const second = await scene.start();

    expect(second.error).toBeUndefined();
    expect(await readdir(scene.dataDirectory)).not.toContain('postgres.new-abc123');
  });

  test('when the path is too long for a socket, it lies elsewhere and goes away', async () => {
    const deep = join(scene.root, 'd'.repeat(100), 'data');
    const service = await scene.start(deep);
    const url = new URL(service.connectionString ?? '');
    const socketDirectory = decodeURIComponent(url.hostname);

    expect(await service.query('select 1 as n')).toEqual([{ n: 1 }]);
    expect(socketDirectory.startsWith(deep)).toBe(false);
    expect(await modeOf(socketDirectory)).toBe('700');
    await service.end('SIGTERM');
    await expect(stat(socketDirectory)).rejects.toThrow('ENOENT');
  });

  test('when the process id of a dead server was reused, its new owner is left alone', async () => {
    const first = await scene.start();
    const pidFile = join(scene.dataDirectory, 'postgres/postmaster.pid');
    const text = await readFile(pidFile, 'utf8');
    await first.end('SIGTERM');
    await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
    const second = await scene.start();

    expect(second.error).toBeUndefined();
    expect(await second.query('select 1 as n')).toEqual([{ n: 1 }]);
  });
});

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

const factsQuery = `
  select current_setting('fsync') as fsync,
    current_setting('full_page_writes') as full_page_writes,
    current_setting('synchronous_commit') as synchronous_commit,
    current_setting('data_checksums') as data_checksums,
    current_setting('listen_addresses') as listen_addresses,
    current_user as role,
    rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as powers,
    pg_get_userbyid(datdba) as owner
  from pg_roles, pg_database where rolname = current_user and datname = current_database()`;
