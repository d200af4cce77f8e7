// The keys that secrets in the database are sealed with, from a file outside the database.

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { sealingKeyBytes, type SecretSeals } from './domain/sealed-secret.ts';
import { readKeyFile, writeKeyFile } from './key-files.ts';
import { createSecretSeals } from './usecases/secret-seals.ts';
import { startResealing, type ResealingOptions } from './usecases/webhook-secrets.ts';

/** Local mode makes itself a key; for a server, all processes have to be given the same. */
export async function secretSealsOf(config: Config): Promise<SecretSeals | null> {
  if (config.secretsKeyFile !== null) return openSecretsKey(config.secretsKeyFile);
  return config.databaseUrl === null ? ensureSecretsKey(config.dataDirectory) : null;
}

/** Seals anew what earlier keys have sealed, and logs it. @returns what stops it */
export function keepSealed(options: ResealingOptions, log: Logger): () => Promise<void> {
  return startResealing({
    ...options,
    onResealed: ({ resealed, unsealed, lost }) => {
      if (resealed > 0) log.info({ resealed }, 'sealed secrets of webhooks with the present key');
      if (unsealed.length > 0) log.warn({ webhooks: unsealed }, `not sealed: set ${setting}`);
      if (lost.length > 0)
        log.warn({ webhooks: lost }, `${setting} lacks the key of their secrets`);
    },
    onError: (error) => log.warn({ err: error }, 'secrets of webhooks were not sealed anew'),
  });
}

const setting = 'SALLYPORT_SECRETS_KEY_FILE';

/**
 * @param file a key a line, each 32 bytes in base64; the first one seals, the others open what they
 * have sealed
 * @throws Error that says what to do, when the file has no such keys
 */
export async function openSecretsKey(file: string): Promise<SecretSeals> {
  const text = await readKeyFile(setting, file);
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'base64'));
  if (keys.length > 0 && keys.every(({ length }) => length === sealingKeyBytes)) {
    return createSecretSeals(keys);
  }
  throw new Error(
    `${setting}: ${file} has no keys of ${sealingKeyBytes} bytes in base64, one ` +
      `a line. Make one with: openssl rand -base64 ${sealingKeyBytes} > ${file}`,
  );
}

/** Local mode's: `secrets.key` in the data directory, made when it is not there. */
export async function ensureSecretsKey(dataDirectory: string): Promise<SecretSeals> {
  const file = path.join(dataDirectory, 'secrets.key');
  const key = randomBytes(sealingKeyBytes).toString('base64');
  await writeKeyFile(file, key, 'wx').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  return openSecretsKey(file);
}
