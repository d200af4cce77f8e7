// How many requests may pass in how many seconds. All of them may come at once; then they come back
// one by one, at an even pace, so that who asks without end gets an even share and no bursts.

export interface RateLimit {
  requests: number;
  seconds: number;
}

export interface RateLimits {
  /** Of each key or person of staff. */
  staff: RateLimit | null;
  /** Of each key or token of a customer. */
  key: RateLimit | null;
  /** Of all that one customer has, together. */
  customer: RateLimit | null;
  /** Of each address, of what comes without a key that is valid. */
  address: RateLimit | null;
}

export const usualRateLimits: RateLimits = {
  staff: { requests: 5_000, seconds: 10 },
  key: { requests: 100, seconds: 10 },
  customer: { requests: 200, seconds: 10 },
  address: { requests: 60, seconds: 60 },
};

/** What is counted by itself: `key:key_01…`, `customer:cus_01…`, `address:192.0.2.1`. */
export interface Bucket {
  name: string;
  limit: RateLimit;
}

/** How a bucket stands after a request. */
export interface Standing {
  /** What kind it is: `key`, `customer`, `address`. */
  policy: string;
  limit: RateLimit;
  remaining: number;
  /** After how many seconds the whole limit is there again. */
  wholeSeconds: number;
  /** After how many seconds the next request may come; 0 for at once. */
  nextSeconds: number;
}

/** The milliseconds in which one request comes back. */
export function paceMs({ requests, seconds }: RateLimit): number {
  return (seconds * 1000) / requests;
}

/** When the bucket is whole again after `count` more requests; times in milliseconds. */
export function spend(limit: RateLimit, wholeAt: number, now: number, count = 1): number {
  return Math.max(wholeAt, now) + count * paceMs(limit);
}

/** @param wholeAt when the bucket is whole again, in milliseconds */
export function standingOf({ name, limit }: Bucket, wholeAt: number, now: number): Standing {
  const spentMs = Math.max(0, wholeAt - now);
  const pace = paceMs(limit);
  // A tiny part of a request that floating numbers lose is nobody's.
  const remaining = Math.max(0, Math.floor((limit.seconds * 1000 - spentMs) / pace + 1e-4));
  const nextMs = remaining > 0 ? 0 : spentMs + pace - limit.seconds * 1000;
  return {
    policy: name.split(':')[0]!,
    limit,
    remaining,
    wholeSeconds: Math.ceil(spentMs / 1000),
    nextSeconds: remaining > 0 ? 0 : Math.max(1, Math.ceil(nextMs / 1000 - 1e-4)),
  };
}

/** Some proxies put the port of each connection into `X-Forwarded-For`. */
const withPort = /^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/;

/**
 * The part of an address that one party has: of IPv6 a provider gives out the last 64 bits whole.
 */
export function partyOf(named: string): string {
  if (!named.includes(':')) return named;
  const [, six, four] = withPort.exec(named) ?? [];
  const address = six ?? four ?? named;
  if (!address.includes(':')) return address;
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (plain !== undefined) return plain;
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
