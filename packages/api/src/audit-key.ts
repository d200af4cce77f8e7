// The key that seals of the audit log are signed with, from a file outside the database: whoever
// can write to the database alone cannot make seals that pass for ours.

import { createPrivateKey, sign } from 'node:crypto';
import { readKeyFile } from './key-files.ts';

/**
 * @param file an Ed25519 private key in PEM
 * @returns what signs the hash of a seal, in base64
 * @throws Error that says what to do, when the file has no such key
 */
export async function openAuditKey(file: string): Promise<(hash: string) => string> {
  const pem = await readKeyFile('SALLYPORT_AUDIT_KEY_FILE', file);
  const key = keyIn(pem);
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `SALLYPORT_AUDIT_KEY_FILE: ${file} has no Ed25519 key. ` +
        `Make one with: openssl genpkey -algorithm ed25519 -out ${file}`,
    );
  }
  return (hash) => sign(null, Buffer.from(hash, 'hex'), key).toString('base64');
}

function keyIn(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
