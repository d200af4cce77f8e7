// The keys that secrets are sealed with, from their file.

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SealError } from '../src/domain/sealed-secret.ts';
import { ensureSecretsKey, openSecretsKey } from '../src/secrets-key.ts';
import { createSecretSeals } from '../src/usecases/secret-seals.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sallyport-secrets-key-'));
});
afterAll(() => rm(folder, { recursive: true }));

const nonce = Buffer.alloc(12, 1);
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');

it('when the file has two keys, the first one seals, and both open', async () => {
  const file = path.join(folder, 'two.key');
  await writeFile(file, `${keyOf(1)}\n${keyOf(2)}\n`);
  const seals = await openSecretsKey(file);
  const old = createSecretSeals([Buffer.alloc(32, 2)]).seal('whsec_old', 'whk_1', nonce);
  const fresh = seals.seal('whsec_fresh', 'whk_1', nonce);
  expect([seals.open(old, 'whk_1'), seals.open(fresh, 'whk_1')]).toEqual([
    'whsec_old',
    'whsec_fresh',
  ]);
  expect([seals.isCurrent(old), seals.isCurrent(fresh)]).toEqual([false, true]);
});

it('when what is sealed was changed, or is of another row, it does not open', () => {
  const seals = createSecretSeals([Buffer.alloc(32, 1)]);
  const sealed = seals.seal('whsec_a', 'whk_1', nonce);
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
  expect(() => seals.open(sealed, 'whk_2')).toThrow(SealError);
  expect(() => seals.open(changed, 'whk_1')).toThrow(SealError);
  expect(seals.open(sealed, 'whk_1')).toBe('whsec_a');
});

it('when local mode has no key, it makes one that only this user reads, and keeps it', async () => {
  const sealed = (await ensureSecretsKey(folder)).seal('whsec_a', 'whk_1', nonce);
  const file = path.join(folder, 'secrets.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const text = await readFile(file, 'utf8');
  expect((await ensureSecretsKey(folder)).open(sealed, 'whk_1')).toBe('whsec_a');
  expect(await readFile(file, 'utf8')).toBe(text);
});

it('when the file is not there, or has no such key, the error says what to do', async () => {
  const file = path.join(folder, 'bad.key');
  await expect(openSecretsKey(file)).rejects.toThrow('cannot be read (ENOENT)');
  for (const text of ['', 'short', `${keyOf(1)}\nAAAA`]) {
    await writeFile(file, text);
    await expect(openSecretsKey(file)).rejects.toThrow('openssl rand -base64 32');
  }
});
