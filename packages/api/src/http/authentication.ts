// Who is calling, by the API key, and whether that role may. What a caller may *see* is decided in
// the use cases.

import type { FastifyRequest } from 'fastify';
import { refuse, type ErrorCode } from '../domain/errors.ts';
import type { Scope } from '../domain/scope.ts';
import { hasScope, type Caller } from '../usecases/context.ts';
import type { Requests } from '../usecases/requests.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the body is read; null outside of the operations. */
    caller: Caller | null;
    /** Of the trace that its `traceparent` names; null without one. */
    traceId: string | null;
    /** Whether its end had not come yet when its key was looked at. */
    endsLater: boolean;
    /** The code of the problem that it was answered with. */
    refusedAs: ErrorCode | null;
  }
}

/** The caller of an operation that needs no key. */
export const anyone: Caller = { id: 'anyone', role: 'anyone', customerId: null };

/**
 * What a key is made of (`b64token` of RFC 6750), and no longer than any key of ours; or a JWT.
 */
const bearer = /^Bearer +([A-Za-z0-9._~+/=-]{1,200}|[\w-]+\.[\w-]+\.[\w-]*)$/i;
/** Node ends at 16 KiB for all headers together; a token with many groups has some of them. */
const authorizationMax = 12_000;

/** What an operation takes. */
export interface Demand {
  roles: readonly string[];
  scope: Scope;
}

/**
 * A hook that lets only callers of these roles, with this scope, pass. It runs before the body is
 * read, so that nobody without a key makes us parse one.
 * @throws Refusal `unauthenticated`, `forbidden`, `insufficient_scope`
 */
export function requireRole(requests: Pick<Requests, 'authenticate'>, { roles, scope }: Demand) {
  const allowed = new Set(roles);
  const names = roles.map((role) => `\`${role}\``).join(' or ');
  return async (request: FastifyRequest): Promise<void> => {
    const caller = await identify(requests, request.headers.authorization);
    request.caller = caller;
    // Of a body that came with its headers, all is there after the look-up.
    request.endsLater = !request.raw.complete;
    if (!allowed.has(caller.role)) {
      throw refuse('forbidden', `The role \`${caller.role}\` may not do this; it takes ${names}.`);
    }
    if (hasScope(caller, scope)) return;
    throw refuse('insufficient_scope', `The key lacks the scope \`${scope}\`.`);
  };
}

/**
 * A hook for what changes something, once its body is there: who holds the end of it back would
 * otherwise still have a way in after the key was revoked.
 */
export function admitWhole(admit: (request: FastifyRequest) => Promise<void>) {
  return async (request: FastifyRequest): Promise<void> => {
    if (request.endsLater) await admit(request);
  };
}

/** A hook for operations that need no key; one that is sent all the same is not looked at. */
export async function admitAnyone(request: FastifyRequest): Promise<void> {
  request.caller = anyone;
}

/** The secret of a well-formed Authorization header. */
export function secretOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > authorizationMax) return undefined;
  return bearer.exec(authorization)?.[1];
}

async function identify(
  requests: Pick<Requests, 'authenticate'>,
  authorization: string | undefined,
): Promise<Caller> {
  if (authorization === undefined) {
    throw refuse('unauthenticated', 'The request has no Authorization header.');
  }
  const secret = secretOf(authorization);
  if (secret === undefined) {
    throw refuse('unauthenticated', 'The Authorization header is not `Bearer <key>`.');
  }
  const caller = await requests.authenticate(secret);
  if (caller) return caller;
  throw refuse('unauthenticated', 'The API key is unknown, has expired or was revoked.');
}
