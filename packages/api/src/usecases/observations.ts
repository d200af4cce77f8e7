// Observations: what a customer's side reports of its connection, by a key or by a one-time token.

import { formatObservationToken, hashSecret } from '../domain/api-key.ts';
import type { Connection } from '../domain/connection.ts';
import { refuse, refuseInput } from '../domain/errors.ts';
import {
  disarmed,
  isObservable,
  observationTokenLifetimeMs,
  scopeOf,
  type AddressScope,
  type DnsReport,
  type Observation,
  type ObservationReport,
  type ObservationSource,
  type ObservationToken,
} from '../domain/observation.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import type { AuditAction } from '../domain/events-told.ts';
import * as storedConnections from '../storage/connections.ts';
import * as storage from '../storage/observations.ts';
import { audit } from './audit.ts';
import * as connections from './connections.ts';
import { tenant, type Context } from './context.ts';
import { momentOf } from './moments.ts';

export type NewObservation = Partial<ObservationReport> & { observedAt?: string };

/** With what follows from its addresses. */
export type ShownObservation = Omit<Observation, 'report' | 'customerId'> &
  Omit<ObservationReport, 'dns'> & { dns: (DnsReport & { scope: AddressScope }) | null };

/** @throws Refusal `invalid_request` when it is of the future, or too old to tell anything */
export async function create(
  context: Context,
  connectionKey: string,
  input: NewObservation,
): Promise<ShownObservation> {
  const connection = await connections.get(context, connectionKey);
  const source = tenant(context) === null ? 'vendor' : 'customer';
  return keep(context, connection, { input, source, action: 'createObservation' });
}

/** The newest first. */
export async function list(
  context: Context,
  connectionKey: string,
  page: PageRequest,
): Promise<Page<ShownObservation>> {
  const { id } = await connections.get(context, connectionKey);
  const found = await storage.list(context.db, id, tenant(context), page);
  return toPage(found.map(show), page.limit);
}

export async function createToken(
  context: Context,
  connectionKey: string,
): Promise<Omit<ObservationToken, 'madeBy' | 'customerId'> & { token: string }> {
  const connection = await connections.get(context, connectionKey);
  const secret = formatObservationToken(context.random(32));
  const token: ObservationToken = {
    id: context.makeId('observationToken'),
    connectionId: connection.id,
    customerId: connection.customerId,
    madeBy: context.caller.id,
    createdAt: context.now,
    expiresAt: new Date(context.now.getTime() + observationTokenLifetimeMs),
  };
  await storage.insertToken(context.db, { ...token, hash: hashSecret(secret) });
  const { madeBy: _maker, customerId, ...shown } = token;
  await audit(context, {
    action: 'createObservationToken',
    subjectId: connection.id,
    customerId,
    after: { tokenId: token.id, expiresAt: token.expiresAt },
  });
  return { ...shown, token: secret };
}

/**
 * The token is the right to report once, on its connection alone, while that is still whose it was.
 * @throws Refusal `observation_token_not_usable`, `invalid_request`
 */
export async function upload(
  context: Context,
  { token, observation }: { token: string; observation: NewObservation },
): Promise<ShownObservation> {
  const spent = await storage.spendToken(context.db, hashSecret(token), context.now);
  const connection = spent && (await storedConnections.find(context.db, spent.connectionId, null));
  if (!connection || connection.customerId !== spent.customerId) {
    throw refuse('observation_token_not_usable', 'Nothing can be reported with this token.');
  }
  const action = 'uploadObservation';
  const reported = { input: observation, source: 'script', action, tokenId: spent.id } as const;
  return keep(context, connection, reported);
}

interface Reported {
  input: NewObservation;
  source: ObservationSource;
  action: AuditAction;
  /** Of a script, which has no name: the audit log has who made its token. */
  tokenId?: string;
}

async function keep(
  context: Context,
  { id: connectionId, customerId }: Connection,
  { input, source, action, tokenId }: Reported,
): Promise<ShownObservation> {
  const { observedAt: text, ...parts } = input;
  const observation: Observation = {
    id: context.makeId('observation'),
    connectionId,
    customerId,
    source,
    observedAt: text === undefined ? context.now : observedAtOf(context, text),
    receivedAt: context.now,
    report: reportOf(parts),
  };
  await storage.insert(context.db, observation);
  await audit(context, {
    action,
    subjectId: connectionId,
    customerId,
    after: {
      observationId: observation.id,
      observedAt: observation.observedAt,
      source,
      ...(tokenId !== undefined && { tokenId }),
      parts: Object.keys(parts).toSorted(),
    },
  });
  return show(observation);
}

function observedAtOf({ now }: Context, text: string): Date {
  const at = momentOf(text, { pointer: '/observed_at' });
  if (isObservable(at, now)) return at;
  const detail = '`observed_at` must be within the last 30 days, and not in the future.';
  throw refuseInput({ pointer: '/observed_at' }, detail);
}

function reportOf(given: Partial<ObservationReport>): ObservationReport {
  const { network = null, dns = null, tcp = [], tls = null, certificate = null } = given;
  const { vantage = null, securityGroups = null } = given;
  const words = vantage === null ? null : disarmed(vantage);
  return { vantage: words, network, dns, tcp, tls, certificate, securityGroups };
}

function show({ report, customerId: _whose, ...observation }: Observation): ShownObservation {
  const { dns } = report;
  return { ...observation, ...report, dns: dns && { ...dns, scope: scopeOf(dns.addresses) } };
}
