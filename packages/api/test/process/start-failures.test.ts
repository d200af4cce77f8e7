// The built program, started wrongly: it ends at once, and says what to do.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let directory: string;
let database: TemporaryDatabase;
let taken: Server;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sallyport-start-'));
  await writeFile(join(directory, 'file'), '');
  database = await temporaryDatabase();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
});

afterAll(async () => {
  taken.close();
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

it.each([
  ['an unknown flag', ['start', '--rolle', 'front'], "Unknown option '--rolle'."],
  ['an unknown command', ['strat'], 'There is no command "strat".'],
  ['an argument too many', ['migrate', 'now'], 'Unexpected argument "now".'],
])('when the command line has %s, it is 2 and the usage is shown', async (_, args, message) => {
  const { code, stderr } = await start({}, args);
  expect(code).toBe(2);
  expect(stderr).toMatch(`${message}\n\nUsage: sallyport-api`);
});

it('when the port is in use, it says so and names the setting', async () => {
  const port = (taken.address() as AddressInfo).port;
  const settings = { DATABASE_URL: database.connectionString, PORT: String(port) };
  const { code, stderr } = await start(settings);
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} of 127.0.0.1 is in use.`);
  expect(stderr).toContain('set PORT');
});

it('when the host is none of this machine, it names the setting', async () => {
  const settings = { DATABASE_URL: database.connectionString, SALLYPORT_HOST: '192.0.2.1' };
  expect((await start({ ...settings, PORT: '0' })).stderr).toContain('Set SALLYPORT_HOST');
});

it.each(['file', 'file/below'])('when the data directory is %s, it says so', async (name) => {
  const { code, stderr } = await start({ SALLYPORT_DATA_DIR: join(directory, name) });
  expect(code).toBe(1);
  expect(stderr).toContain(`Cannot use the data directory ${join(directory, name)}`);
  expect(stderr).toContain('Set SALLYPORT_DATA_DIR');
});

it('when the URL of the database cannot be read, it shows how one looks', async () => {
  const { code, stderr } = await start({ DATABASE_URL: 'postgresql://a b@' });
  expect(code).toBe(2);
  expect(stderr).toContain('DATABASE_URL looks like postgresql://');
});

interface Ending {
  code: number;
  stderr: string;
}

function start(env: Record<string, string>, args = ['start']): Promise<Ending> {
  const { NODE_COMPILE_CACHE } = process.env;
  const unused = join(directory, 'unused');
  const options = { env: { NODE_COMPILE_CACHE, SALLYPORT_DATA_DIR: unused, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, _, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stderr });
    });
  });
}
