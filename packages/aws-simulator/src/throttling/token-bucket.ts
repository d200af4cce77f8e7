// A token bucket: it starts full, every call takes one token, and it fills at a steady rate.

export interface Limit {
  /** Tokens when full, which is the burst. */
  readonly bucket: number;
  /** Tokens per second. */
  readonly refill: number;
}

export interface TokenBucket {
  /** Tokens there are at a moment (milliseconds since 1970), rounded down. */
  left(now: number): number;
  /** Whether there was a token; if so, it is taken. */
  take(now: number): boolean;
  /** Empties the bucket, as a burst of other clients would. */
  drain(now: number): void;
}

export function createTokenBucket({ bucket, refill }: Limit, start: number): TokenBucket {
  let tokens = bucket;
  let at = start;
  const fill = (now: number) => {
    if (now <= at) return;
    tokens = Math.min(bucket, tokens + ((now - at) / 1000) * refill);
    at = now;
  };
  return {
    left: (now) => {
      fill(now);
      return Math.floor(tokens);
    },
    take: (now) => {
      fill(now);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    drain: (now) => {
      fill(now);
      tokens = 0;
    },
  };
}
