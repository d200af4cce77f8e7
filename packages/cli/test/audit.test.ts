import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  canonicalText,
  entryHash,
  noSeal,
  rootHash,
  sealHash,
} from '../src/generated/audit-chain.ts';
import { KEY, problem } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';

const servers = new Set<http.Server>();
afterAll(() => {
  for (const server of servers) server.close();
});

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;

const entry = { id: 'aud_1', action: 'createCustomer', reason: 'line\u2028separator' };
const hash = entryHash(entry, sha256);
const content = {
  seq: 1,
  first: 1,
  last: 1,
  root: rootHash([hash], sha256),
  previous: noSeal,
  sealed_at: '2026-03-01T12:00:00.000Z',
};
const last = sealHash(content, sha256);
const signature = sign(null, Buffer.from(last, 'hex'), privateKey).toString('base64');
const text = [
  { kind: 'entry', place: 1, hash, entry },
  { kind: 'seal', ...content, hash: last, signature, removed: false },
  { kind: 'end', seals: 1, hash: last, unsealed: 2 },
]
  .map((line) => `${canonicalText(line)}\n`)
  .join('');

test('when an export is what was sealed, it is said so without a server', async () => {
  const cwd = await folderWith({ 'log.ndjson': text, 'key.pem': publicPem });
  const args = [
    'audit',
    'verify',
    'log.ndjson',
    '--anchor',
    `1:${last}`,
    '--public-key',
    'key.pem',
  ];
  const { code, stdout, stderr } = await sallyport(args, { cwd });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `1 entries under 1 seals are what was sealed.\nlast seal: 1:${last}\n`,
  });
  expect(stderr).toContain('2 entries were not sealed yet');
});

test('when an entry was changed, it is said which, and the exit code is 7', async () => {
  const stdin = text.replace('createCustomer', 'deleteCustomer');
  const { code, stdout } = await sallyport(['audit', 'verify', '-'], { stdin });
  expect(code).toBe(7);
  expect(stdout).toContain('changed: The entry at place 1 was changed.');
});

test('when the seal that was noted is another one, the exit code is 7', async () => {
  const args = ['audit', 'verify', '-', '-o', 'json', '--anchor', `1:${'0'.repeat(64)}`];
  const { code, stdout } = await sallyport(args, { stdin: text });
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toMatchObject({ intact: false, findings: [{ kind: 'anchor' }] });
});

test('when bytes are no text, or the anchor is none, it is told', async () => {
  const cwd = await folderWith({});
  await fs.writeFile(path.join(cwd, 'bytes'), Buffer.from([0x7b, 0xff, 0x0a]));
  const bytes = await sallyport(['audit', 'verify', 'bytes'], { cwd });
  expect([bytes.code, bytes.stdout]).toEqual([7, expect.stringContaining('not UTF-8')]);
  const anchor = await sallyport(['audit', 'verify', 'bytes', '--anchor', '1'], { cwd });
  expect(anchor.code).toBe(2);
  const absent = await sallyport(['audit', 'verify', 'nothing'], { cwd });
  expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('ENOENT')]);
});

test('when the log is exported, it is written as it comes', async () => {
  const api = await serve(200, text);
  const cwd = await folderWith({});
  const args = ['audit', 'export', '--to', 'log.ndjson'];
  expect(await sallyport(args, { ...api, cwd })).toMatchObject({ code: 0, stdout: '' });
  expect(await fs.readFile(path.join(cwd, 'log.ndjson'), 'utf8')).toBe(text);
  expect((await sallyport(args, { ...api, cwd })).stderr).toContain('EEXIST');
  expect((await sallyport(['audit', 'export'], api)).stdout).toBe(text);
});

test('when the export breaks off or is refused, it is told', async () => {
  const broken = await sallyport(['audit', 'export'], await serve(200, text.slice(0, -20)));
  expect([broken.code, broken.stderr]).toEqual([6, expect.stringContaining('broke off')]);
  const refusal = JSON.stringify(problem(403, 'forbidden').body);
  const refused = await sallyport(['audit', 'export'], await serve(403, refusal));
  expect([refused.code, refused.stdout]).toEqual([4, '']);
});

/** A service that has one answer, in lines of JSON: the environment of a run against it. */
async function serve(status: number, body: string) {
  const type = status === 200 ? 'application/x-ndjson' : 'application/problem+json';
  const server = http.createServer((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { env: { SALLYPORT_URL: url, SALLYPORT_API_KEY: KEY } };
}
