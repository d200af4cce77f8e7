// The keys that an account signs web identity tokens with: made when they are first needed, read by
// anybody as a JSON Web Key Set, used to sign in the compact form of JWS.

import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** What GetWebIdentityToken can sign with (STS API reference). */
export const SIGNING_ALGORITHMS = ['RS256', 'ES384'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Promises, so that two calls at once make one key. */
export type TokenKeys = Map<SigningAlgorithm, Promise<SigningKey>>;

/** A JSON Web Key. Where the types of Node have one of their own differs by version. */
export type PublicKey = Readonly<Record<string, unknown>>;

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const generate = promisify(generateKeyPair);

// Key ids, and which members a key has, as AWS's own issuers publish them (seen in the field).
const KEY_IDS: Readonly<Record<SigningAlgorithm, string>> = { RS256: 'RSA_0', ES384: 'EC384_0' };

export async function publicKeys(keys: TokenKeys): Promise<PublicKey[]> {
  return Promise.all(
    SIGNING_ALGORITHMS.map(async (algorithm) => {
      const { publicKey } = await keyOf(keys, algorithm);
      const named = { kid: KEY_IDS[algorithm], use: 'sig' };
      const alg = algorithm === 'ES384' ? { alg: algorithm } : {};
      return { ...publicKey.export({ format: 'jwk' }), ...named, ...alg };
    }),
  );
}

/** @param payload the claims, as JSON. */
export async function signedToken(
  keys: TokenKeys,
  algorithm: SigningAlgorithm,
  payload: string,
): Promise<string> {
  const header = JSON.stringify({ kid: KEY_IDS[algorithm], typ: 'JWT', alg: algorithm });
  const text = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  const { privateKey } = await keyOf(keys, algorithm);
  const hash = algorithm === 'RS256' ? 'sha256' : 'sha384';
  const signature = sign(hash, Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function keyOf(keys: TokenKeys, algorithm: SigningAlgorithm): Promise<SigningKey> {
  const known = keys.get(algorithm);
  if (known) return known;
  const made =
    algorithm === 'RS256'
      ? generate('rsa', { modulusLength: 2048 })
      : generate('ec', { namedCurve: 'P-384' });
  keys.set(algorithm, made);
  return made;
}
