// The built package in the runtimes that it is for: in this Node, and in those that .ci/run has
// brought into the folder SALLYPORT_RUNTIMES. Elsewhere they are skipped: they are 500 MB.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type Reply, type Seen, startService } from './harness.ts';

const dist = path.resolve(import.meta.dirname, '../dist');
const tour = path.resolve(import.meta.dirname, 'runtimes/tour.mjs');
const folder = process.env['SALLYPORT_RUNTIMES'] ?? '';
const isRequired = process.env['SALLYPORT_REQUIRE_RUNTIMES'] === '1';

/** By its name, the program in the folder and what it takes before the script. */
const runtimes: [name: string, program: string, flags: string[], module: string][] = [
  ['Node 20', 'node20/bin/node', [], 'index.js'],
  ['Node 20 as CommonJS', 'node20/bin/node', [], 'index.cjs'],
  ['Node 22', 'node22/bin/node', [], 'index.js'],
  ['Bun', 'bun/bin/bun', [], 'index.js'],
  ['Deno', 'deno/deno', ['run', '--no-lock', '--allow-net=127.0.0.1', '--allow-read'], 'index.js'],
];

test(`when it is Node ${process.versions.node}, all of it works`, async () => {
  expect(await toured(process.execPath, [], 'index.js')).toEqual(expected);
});

test.for(runtimes)('when it is %s, all of it works', async (runtime, { skip }) => {
  const [name, program, flags, module] = runtime;
  const file = path.join(folder, 'node_modules', program);
  if (!existsSync(file)) {
    const reason = `SALLYPORT_RUNTIMES has no ${program}`;
    if (isRequired) throw new Error(reason);
    process.stderr.write(`skipped: the SDK in ${name}, as ${reason}\n`);
    skip(reason);
  }
  expect(await toured(file, flags, module)).toEqual(expected);
});

const expected = {
  items: [{ id: 'con_1' }, { id: 'con_2' }, { id: 'con_3' }],
  created: { id: 'acct_1' },
  missing: { isOurs: true, code: 'not_found', turn: 'customer' },
  late: true,
  dead: [true, 'rejected'],
  webhook: 'a.b',
};

async function toured(program: string, flags: string[], module: string): Promise<unknown> {
  const service = await startService();
  let failed = false;
  service.replyWith((request) => {
    // The first attempt to change something fails, and the second one has the same key.
    if (request.method === 'POST' && !failed) {
      failed = true;
      return { status: 503, headers: { 'retry-after': '0' }, json: {} };
    }
    return replyTo(request);
  });
  const argv = [...flags, tour, pathToFileURL(path.join(dist, module)).href, service.origin];
  const { stdout } = await promisify(execFile)(program, argv, { env: {}, timeout: 25_000 });
  const keys = service.seen
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  return JSON.parse(stdout);
}

function replyTo({ method, path: target, query }: Seen): Reply {
  if (method === 'POST') return { status: 201, json: { id: 'acct_1' } };
  if (target.endsWith('/slow')) return { fault: 'hang' };
  if (target.endsWith('/vpce-0dead')) return { json: { id: 'con_0', state: 'rejected' } };
  if (target === '/v1/connections') {
    const page = Number(query.get('cursor') ?? 1);
    return { json: { items: [{ id: `con_${page}` }], next_cursor: String(page + 1) } };
  }
  const problem = { code: 'not_found', title: 'None.', remediation: { actor: 'customer' } };
  return { status: 404, headers: { 'content-type': 'application/problem+json' }, json: problem };
}
