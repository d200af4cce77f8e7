// Secrets that have to be read again, as those that sign messages: sealed with a key that is not in
// the database, so that who has a copy of the database has no secret. What a sealed text looks like
// is here; `usecases/secret-seals.ts` has the ciphers.

export interface SecretSeals {
  /**
   * Seals with the first key.
   * @param boundTo the id of what it is a secret of: moved to another row, it does not open
   * @param nonce 12 random bytes
   */
  seal(secret: string, boundTo: string, nonce: Uint8Array): string;
  /** @throws SealError when none of the keys opens it */
  open(sealed: string, boundTo: string): string;
  /** Whether it is sealed with the first key. */
  isCurrent(sealed: string): boolean;
}

/** What is sealed cannot be opened here. */
export class SealError extends Error {}

/** Of a key and of a nonce, in bytes. */
export const sealingKeyBytes = 32;
export const sealingNonceBytes = 12;
/** What every sealed text begins with: the way in which it is sealed. */
export const sealingMark = 'sealed1';

/** The name of the key that sealed it; null for a text that is not sealed. */
export function sealingKeyOf(text: string): string | null {
  const [start, name] = text.split('.');
  return start === sealingMark && name !== undefined ? name : null;
}
