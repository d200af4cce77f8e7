// Counts calls against AWS's request rates: a bucket per account, Region and action, and one that
// the accounts of an organisation share.

import { z } from 'zod';
import type { ServiceName } from '../services/service.ts';
import { isPrivateLink, limitOf, organizationLimit } from './limits.ts';
import { createTokenBucket, type Limit, type TokenBucket } from './token-bucket.ts';

export const throttlingModes = ['off', 'aws'] as const;

/** `aws` are the real rates; `off` lets everything through, and nothing is counted. */
export type Throttling = (typeof throttlingModes)[number];

export interface CountedCall {
  readonly service: ServiceName;
  readonly action: string;
  readonly mutating: boolean;
  readonly account: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const limit = z.strictObject({
  bucket: z.number().min(0).describe('Tokens when full.'),
  refill: z.number().min(0).describe('Tokens per second.'),
});

const actionName = z.string().regex(/^[a-z0-9]+:[A-Za-z0-9]+$/, 'is a service:Action');

export const throttleSettingsSchema = z.strictObject({
  throttling: z.enum(throttlingModes).describe('`aws` counts, `off` does not.'),
  limits: z
    .record(actionName, limit)
    .optional()
    .describe(
      'Rates that differ from AWS\'s: {"ec2:CreateVpcEndpoint": {"bucket": 1, "refill": 0.1}}, ' +
        'for a burst of 1 and one more in 10 seconds.',
    ),
  organization: limit
    .optional()
    .describe('The rate, {bucket, refill}, that the accounts of an organisation share.'),
});

export type ThrottleSettings = Readonly<z.output<typeof throttleSettingsSchema>>;

export interface BucketLevel {
  /** `account/region/action`, or `organization/region`. */
  readonly name: string;
  readonly left: number;
}

export interface Throttle {
  /** @returns whether the call may go on, and the tokens left where fewest are; null when off. */
  take(call: CountedCall, now: number): { readonly allowed: boolean; readonly left: number | null };
  settings(): ThrottleSettings;
  /** Begins again with full buckets. */
  set(settings: ThrottleSettings): void;
  /** Empties the buckets of an organisation, or all, also those that nobody took from yet. */
  drain(now: number, organization?: string): void;
  levels(now: number): BucketLevel[];
}

/** @param organizationOf the organisation an account belongs to; accounts outside any are alone. */
export function createThrottle(
  initial: ThrottleSettings,
  organizationOf: (account: string) => string,
): Throttle {
  let settings = initial;
  const buckets = new Map<string, TokenBucket>();
  // When everything was drained, or all of one name: that holds for buckets still to come, too.
  const drains = new Map<string | undefined, number>();
  const bucketNamed = (name: string, limit: Limit, now: number) => {
    const known = buckets.get(name);
    if (known) return known;
    const [owner] = name.split('/');
    const drained = Math.max(drains.get(undefined) ?? -1, drains.get(owner) ?? -1);
    const bucket = createTokenBucket(limit, drained < 0 ? now : drained);
    if (drained >= 0) bucket.drain(drained);
    buckets.set(name, bucket);
    return bucket;
  };
  const bucketsOf = (call: CountedCall, now: number): TokenBucket[] => {
    const { service, action, account, region } = call;
    const usual = limitOf(service, action, call.input, call.mutating);
    const given = settings.limits?.[`${service}:${action}`];
    const place = service === 'route53' ? 'global' : region;
    // A rate of its own is a bucket of its own, also where others share one.
    const name = given ? action : usual.shared;
    const own = bucketNamed(`${account}/${place}/${name}`, given ?? usual, now);
    if (!isPrivateLink(service, action)) return [own];
    const shared = `${organizationOf(account)}/${region}`;
    return [own, bucketNamed(shared, settings.organization ?? organizationLimit, now)];
  };
  return {
    take: (call, now) => {
      if (settings.throttling === 'off') return { allowed: true, left: null };
      const [own, shared] = bucketsOf(call, now) as [TokenBucket, TokenBucket?];
      const allowed = (!shared || shared.left(now) >= 1) && own.take(now);
      if (allowed) shared?.take(now);
      return { allowed, left: Math.min(own.left(now), shared?.left(now) ?? Infinity) };
    },
    settings: () => settings,
    set: (next) => {
      settings = next;
      buckets.clear();
      drains.clear();
    },
    drain: (now, organization) => {
      drains.set(organization, now);
      for (const [name, bucket] of buckets) {
        if (organization === undefined || name.startsWith(`${organization}/`)) bucket.drain(now);
      }
    },
    levels: (now) => [...buckets].map(([name, bucket]) => ({ name, left: bucket.left(now) })),
  };
}
