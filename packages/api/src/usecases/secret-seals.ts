// Seals secrets with AES-256-GCM. A sealed text has the name of its key, so that keys can change.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import {
  SealError,
  sealingKeyOf,
  sealingMark,
  sealingNonceBytes,
  type SecretSeals,
} from '../domain/sealed-secret.ts';

/** @param keys the first one seals, each of them opens; not empty */
export function createSecretSeals(keys: readonly Uint8Array[]): SecretSeals {
  const named = new Map(keys.map((key) => [nameOf(key), key]));
  const [current, key] = [...named][0]!;
  return {
    seal: (secret, boundTo, nonce) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
      const text = [cipher.update(secret, 'utf8'), cipher.final()];
      const bytes = Buffer.concat([nonce, ...text, cipher.getAuthTag()]);
      return [sealingMark, current, bytes.toString('base64url')].join('.');
    },
    open: (sealed, boundTo) => {
      const name = sealingKeyOf(sealed);
      const opening = name === null ? undefined : named.get(name);
      if (!opening) throw new SealError(`There is no key ${name} to open this secret.`);
      return open(sealed, boundTo, opening);
    },
    isCurrent: (sealed) => sealingKeyOf(sealed) === current,
  };
}

const tagBytes = 16;

/** Tells keys apart, and nothing of the key. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update('sealing key\n').update(key).digest('hex').slice(0, 8);
}

function open(sealed: string, boundTo: string, key: Uint8Array): string {
  const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
  const nonce = bytes.subarray(0, sealingNonceBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(-tagBytes));
    const text = decipher.update(bytes.subarray(sealingNonceBytes, -tagBytes));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new SealError(`What is sealed for ${boundTo} was changed, or is of something else.`);
  }
}
