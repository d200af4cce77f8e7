// The key of the seals, from its file.

import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuditKey } from '../src/audit-key.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sallyport-audit-key-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('when the file has a key, what it signs passes with the public key', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const file = path.join(folder, 'good.pem');
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const hash = 'ab'.repeat(32);
  const signature = Buffer.from((await openAuditKey(file))(hash), 'base64');
  expect(verify(null, Buffer.from(hash, 'hex'), publicKey, signature)).toBe(true);
});

it('when the file is not there, or has no such key, the error says what to do', async () => {
  const file = path.join(folder, 'bad.pem');
  await expect(openAuditKey(file)).rejects.toThrow('cannot be read (ENOENT)');
  await writeFile(file, 'nothing');
  await expect(openAuditKey(file)).rejects.toThrow('openssl genpkey -algorithm ed25519');
});
