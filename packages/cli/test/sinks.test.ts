// What is written into pipes: all of it, however slow and however impatient the other end is.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { page, startFakeApi } from './fake-api.ts';
import { bundleBuilt, environment, folderWith } from './harness.ts';
import { resources } from './resources.ts';

const many = Array.from({ length: 2_000 }, (_, index) => {
  return { ...resources.Customer, external_id: `customer-${index}`, name: 'é'.repeat(100) };
});
const args = ['customers', 'list', '-o', 'ndjson', '--all'];

test('when a pipe is full and nobody waits for it, all is written all the same', async () => {
  const api = await startFakeApi({ listCustomers: page(many) });
  const { end, other } = await impatientPipe();
  // Behind a shell, as Node has its own children wait.
  const command = 'exec "$0" "$@" >&3';
  const child = spawn('sh', ['-c', command, process.execPath, await bundleBuilt(), ...args], {
    env: environment({ api }),
    stdio: ['ignore', 'ignore', 'pipe', end],
  });
  end.destroy();
  const chunks: Buffer[] = [];
  for await (const chunk of other) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(many);
});

test('when whoever reads has read enough, that is no failure', async () => {
  const api = await startFakeApi({ listCustomers: page(many) });
  const command = '"$0" "$@" | head -n 1; echo "${PIPESTATUS[0]}"';
  const child = spawn('bash', ['-c', command, process.execPath, await bundleBuilt(), ...args], {
    env: environment({ api }),
  });
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (told[name] += chunk));
  }
  await once(child, 'close');
  expect(told.stdout).toMatch(/^\{.*\}\n0\n$/);
  expect(told.stderr).toBe('');
});

test('when the disk is full, it says so in a line, and that is a failure', async () => {
  const api = await startFakeApi({ listCustomers: page(many) });
  const file = path.join(await folderWith({}), 'answer');
  // A file that may not grow beyond a block, for want of a full disk that every system has.
  const command = 'trap "" XFSZ; ulimit -f 1; exec "$0" "$@" >"$FILE"';
  const child = spawn('sh', ['-c', command, process.execPath, await bundleBuilt(), ...args], {
    env: { ...environment({ api }), FILE: file },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  expect(stderr).toBe('error: The answer could not be written (EFBIG: file too large).\n');
});

/** Two ends of one; who writes into the one when it is full is told to come again. */
async function impatientPipe(): Promise<{ end: Socket; other: Socket }> {
  const server = createServer().listen(path.join(await folderWith({}), 'pipe'));
  await once(server, 'listening');
  const end = connect(server.address() as string);
  const [other] = (await once(server, 'connection')) as [Socket];
  server.close();
  return { end, other };
}
