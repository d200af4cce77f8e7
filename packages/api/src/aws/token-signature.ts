// Whether a JWT is signed with one key (RFC 7515, 7518), for the two algorithms that STS has. What
// the token says of keys is not looked at.

import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** A member of a JSON Web Key Set, as somebody has published it. */
export type PublicKey = Record<string, unknown> & { kid?: unknown };

interface Algorithm {
  hash: string;
  /** Of the key: an RSA key of some bits, or one on a curve. */
  fits: (key: KeyObject) => boolean;
}

const algorithms: Record<string, Algorithm> = {
  RS256: { hash: 'sha256', fits: isRsa },
  ES384: { hash: 'sha384', fits: isOnCurve },
};

/** False, too, for a key that is none, or is not of the algorithm. */
export function isSignedBy(token: string, algorithm: string, published: PublicKey): boolean {
  const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  const key = keyOf(published);
  if (!known || !key?.asymmetricKeyType || !known.fits(key)) return false;
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  const text = Buffer.from(token.slice(0, end));
  return verify(known.hash, text, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function keyOf(published: PublicKey): KeyObject | null {
  try {
    return createPublicKey({ key: published, format: 'jwk' });
  } catch {
    return null;
  }
}

const bitsMin = 2048;

function isRsa({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= bitsMin;
}

function isOnCurve({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'secp384r1';
}
