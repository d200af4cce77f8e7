// Refuses what comes too often, and tells everybody how they stand, in the fields of the IETF's
// draft `draft-ietf-httpapi-ratelimit-headers`.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse, Refusal } from '../domain/errors.ts';
import type { Standing } from '../domain/rate-limit.ts';
import type { RateLimiter } from '../usecases/rate-limiter.ts';
import { anyone, secretOf } from './authentication.ts';

type Admit = (request: FastifyRequest) => Promise<void>;
type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * The same admission, within limits. Who is known to have had enough is refused before anything is
 * looked up, so that those who go on asking cost next to nothing.
 * @throws Refusal `rate_limited`, or what `admit` throws
 */
export function withinLimits(limiter: RateLimiter, admit: Admit): Hook {
  return async (request, reply) => {
    const secret = secretOf(request.headers.authorization) ?? null;
    const spent = limiter.exhausted(secret, request.ip);
    if (spent) throw tooMany(reply, [spent]);
    try {
      await admit(request);
    } catch (error) {
      // What fails for our sake, as when the database is away, is no attempt of theirs.
      const isTheirs = error instanceof Refusal && error.code !== 'unavailable';
      if (isTheirs) count(request, reply, secret);
      throw error;
    }
    const { passes, standings } = count(request, reply, secret);
    if (!passes) throw tooMany(reply, standings);
  };

  /** What the role may not counts too; without a caller it counts for the address. */
  function count(request: FastifyRequest, reply: FastifyReply, secret: string | null) {
    const { caller, ip } = request;
    const isKnown = caller !== null && caller !== anyone && secret !== null;
    const taken = isKnown ? limiter.take(secret, caller) : limiter.takeOpen(ip, secret);
    tell(reply, taken.standings);
    return taken;
  }
}

function tooMany(reply: FastifyReply, standings: Standing[]): Refusal {
  const spent = standings.filter(({ remaining }) => remaining === 0);
  const seconds = Math.max(...spent.map(({ nextSeconds }) => nextSeconds));
  const [{ policy, limit }] = spent as [Standing];
  tell(reply, standings);
  reply.header('retry-after', String(seconds));
  const detail =
    `${subject[policy] ?? policy} may send ${limit.requests} requests in ${limit.seconds} s; ` +
    `go on in ${seconds} s.`;
  return refuse('rate_limited', detail);
}

const subject: Record<string, string> = {
  key: 'This key',
  customer: 'This customer, with all its keys,',
  address: 'This address, without a valid key,',
};

function tell(reply: FastifyReply, standings: Standing[]): void {
  if (standings.length === 0) return;
  const policies = standings.map(
    ({ policy, limit }) => `"${policy}";q=${limit.requests};w=${limit.seconds}`,
  );
  const now = standings.map(
    ({ policy, remaining, wholeSeconds }) => `"${policy}";r=${remaining};t=${wholeSeconds}`,
  );
  reply.header('ratelimit-policy', policies.join(', ')).header('ratelimit', now.join(', '));
}
