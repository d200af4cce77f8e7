// Keys that tokens are signed with, of the victim's issuer and of somebody else's. Made once.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const made = new Map<string, Pair>();

function once(name: string, make: () => Pair): Pair {
  const pair = made.get(name) ?? make();
  made.set(name, pair);
  return pair;
}

export const rsaOf = (owner: string, modulusLength = 2048): Pair =>
  once(`${owner} ${modulusLength}`, () => generateKeyPairSync('rsa', { modulusLength }));
export const curveOf = (owner: string, namedCurve: string): Pair =>
  once(`${owner} ${namedCurve}`, () => generateKeyPairSync('ec', { namedCurve }));

/** The set that an issuer publishes: keys of AWS's names, and some that AWS would not have. */
export function published(owner: string): object[] {
  const jwk = (kid: unknown, { publicKey }: Pair) => ({
    ...publicKey.export({ format: 'jwk' }),
    ...(kid !== undefined && { kid }),
    use: 'sig',
  });
  return [
    jwk('RSA_0', rsaOf(owner)),
    jwk('EC384_0', curveOf(owner, 'P-384')),
    jwk('WEAK_0', rsaOf(owner, 1024)),
    jwk('EC256_0', curveOf(owner, 'P-256')),
    jwk(undefined, rsaOf(owner)),
    jwk(7, rsaOf(owner)),
  ];
}
