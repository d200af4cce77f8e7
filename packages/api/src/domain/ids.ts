// Ids of our own resources: a prefix that names the kind, then a UUIDv7 in base32, so that ids
// sort by age.

export const idPrefixes = {
  providerAccount: 'pacc',
  endpointService: 'svc',
  customer: 'cus',
  grant: 'grt',
  account: 'acct',
  principal: 'prn',
  connection: 'con',
  note: 'note',
  observation: 'obs',
  observationToken: 'obt',
  invite: 'inv',
  operation: 'op',
  auditEntry: 'aud',
  event: 'evt',
  webhook: 'whk',
  delivery: 'dlv',
  apiKey: 'key',
  customerToken: 'tok',
  challenge: 'chl',
  proof: 'prf',
  effect: 'eff',
  run: 'run',
  deployment: 'dep',
  request: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Crockford's base32, lower case, as typeid uses it: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id such as `cus_01jd…` (26 characters after the prefix).
 * @param atMs   milliseconds since the epoch; gives the order
 * @param random ten random bytes
 */
export function makeId(kind: IdKind, atMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(atMs / 0x10000));
  view.setUint16(4, atMs % 0x10000);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  let text = '';
  // From the end, five bits at a time, of which the last byte that was reached has some left.
  let [bits, held] = [0, 0];
  for (let index = 15; index >= 0; index--) {
    bits |= bytes[index]! << held;
    held += 8;
    for (; held >= 5; held -= 5, bits >>= 5) text = alphabet[bits & 31]! + text;
  }
  text = alphabet[bits]! + text;
  return `${idPrefixes[kind]}_${text}`;
}

/** The kind that a well-formed id of ours names, or null for anything else (a natural key, say). */
export function kindOfId(text: string): IdKind | null {
  const match = /^([a-z]+)_[0-9a-hjkmnp-tv-z]{26}$/.exec(text);
  if (!match) return null;
  const kinds = Object.keys(idPrefixes) as IdKind[];
  return kinds.find((kind) => idPrefixes[kind] === match[1]) ?? null;
}

/** The kind whose key AWS would have made like this, or null. */
export function kindOfAwsKey(text: string): IdKind | null {
  if (/^vpce-svc-[0-9a-f]+$/.test(text)) return 'endpointService';
  if (/^vpce-[0-9a-f]+$/.test(text)) return 'connection';
  return /^\d{12}$/.test(text) ? 'account' : null;
}

/** The kind in words, for messages: `endpointService` becomes `endpoint service`. */
export function kindInWords(kind: IdKind): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
