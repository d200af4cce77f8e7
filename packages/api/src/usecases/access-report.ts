// Who could reach a service at a moment: from what was recorded then, with what is not known said.

import { refuse } from '../domain/errors.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import * as storage from '../storage/access-history.ts';
import type { Context } from './context.ts';
import * as services from './endpoint-services.ts';
import { momentOf } from './moments.ts';

export interface AccessReport {
  at: Date;
  endpointServiceId: string;
  /** From when on the report can be complete. */
  knownSince: Date;
  complete: boolean;
  /** What is not known, in words; empty for a report that is complete. */
  limits: string[];
  principals: storage.PastPrincipal[];
  connections: (storage.PastConnection & { couldReach: boolean | null })[];
}

/** States in which traffic may flow (EC2 API reference, State of VpcEndpoint). */
const flowing = ['available', 'partial', 'deleting'];
const notFlowing = ['pendingAcceptance', 'pending'];

export async function report(context: Context, key: string, moment: string): Promise<AccessReport> {
  const { db, now } = context;
  const at = momentOf(moment, { parameter: 'at' });
  if (at > now) {
    const fields = [{ parameter: 'at', detail: 'It is in the future.' }];
    throw refuse('invalid_request', '`at` is in the future.', { fields });
  }
  const service = await services.get(context, key);
  const began = await storage.beganAt(db);
  const knownSince = began && began > service.createdAt ? began : service.createdAt;
  const principals = await storage.principalsAt(db, service.id, at);
  const found = await storage.connectionsAt(db, service.id, at);
  const connections = found.map((one) => ({ ...one, couldReach: couldReach(one.state) }));
  const limits = [
    ...(at < service.createdAt
      ? [`Nothing is known before it was registered at ${service.createdAt.toISOString()}.`]
      : []),
    ...(began && at < began ? [`Who was allowed is on record since ${began.toISOString()}.`] : []),
    ...unread(service, at),
    ...(connections.some(({ state }) => state === null)
      ? ['The states that some connections were in then are no longer kept.']
      : []),
    ...(connections.some(({ state, couldReach: known }) => state !== null && known === null)
      ? ['Some connections were in a state that is not known here.']
      : []),
  ];
  const complete = limits.length === 0;
  const about = { at, endpointServiceId: service.id, knownSince, complete, limits };
  return { ...about, principals, connections };
}

/** What AWS has not shown up to the moment, for twice as long as it usually takes. */
function unread({ reads, createdAt, retiredAt }: EndpointService, at: Date): string[] {
  if (at < createdAt || (retiredAt !== null && at >= retiredAt)) return [];
  const tiers = { allowlist: reads.principals, connections: reads.connections };
  return Object.entries(tiers).flatMap(([what, { readAt, maxAgeSeconds }]) => {
    if (readAt === null) return [`AWS has not shown the ${what} yet.`];
    if (at.getTime() - readAt.getTime() <= maxAgeSeconds * 2_000) return [];
    return [`AWS has not shown the ${what} since ${readAt.toISOString()}.`];
  });
}

/** Null for what is not known, a state of AWS that nobody knows included. */
function couldReach(state: string | null): boolean | null {
  if (state === null) return null;
  if (flowing.includes(state)) return true;
  return notFlowing.includes(state) ? false : null;
}
