// Ids, secrets and tokens in the shapes AWS gives them, all drawn from one source of randomness,
// so that a seeded run gives the same ids again.

/** A number in [0, 1), like Math.random. */
export type Random = () => number;

export interface Ids {
  /** An EC2 resource id: the prefix and 17 hex digits, the first of them 0. */
  ec2(prefix: string): string;
  uuid(): string;
  text(alphabet: string, length: number): string;
}

export const LOWER_ALNUM = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const UPPER_ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export const ALNUM = `${UPPER_ALNUM}abcdefghijklmnopqrstuvwxyz`;
/** IAM's unique ids and access key ids use base 32. */
export const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';

export function createIds(random: Random): Ids {
  const text = (alphabet: string, length: number) => {
    let value = '';
    for (let i = 0; i < length; i += 1) value += alphabet[Math.floor(random() * alphabet.length)];
    return value;
  };
  return {
    text,
    ec2: (prefix) => `${prefix}-0${text(HEX, 16)}`,
    uuid: () => {
      const h = text(HEX, 32);
      const variant = '89ab'[Math.floor(random() * 4)];
      const groups = [h.slice(0, 8), h.slice(8, 12), `4${h.slice(13, 16)}`];
      return [...groups, `${variant}${h.slice(17, 20)}`, h.slice(20)].join('-');
    },
  };
}

/** The same numbers for the same seed, everywhere (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
