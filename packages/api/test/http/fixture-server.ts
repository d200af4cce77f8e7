// A server on the fixture's contract, with requests that are kept in memory instead of a database.

import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { refuse } from '../../src/domain/errors.ts';
import { logOptions } from '../../src/http/log-options.ts';
import { createServer } from '../../src/http/server.ts';
import type { ServerOptions } from '../../src/http/server.ts';
import type { Caller, Context } from '../../src/usecases/context.ts';
import type { Answer, ChangeFacts, RequestFacts } from '../../src/usecases/request-facts.ts';
import type { Requests } from '../../src/usecases/requests.ts';
import { fixtureSpec } from './fixture-spec.ts';
import { bindWorld, createWorld } from './fixture-world.ts';
import type { World } from './fixture-world.ts';

export const keys = { operator: 'sk_operator', support: 'sk_support', customer: 'sk_customer' };

/** Headers of a caller with this role. */
export function as(role: keyof typeof keys): { authorization: string } {
  return { authorization: `Bearer ${keys[role]}` };
}

export interface FakeRequests extends Requests {
  changes: ChangeFacts[];
  reads: RequestFacts[];
  /** Answers under an idempotency key, as a database would keep them. */
  kept: Map<string, { fingerprint: string; answer: Answer }>;
  ready: () => Promise<void>;
}

const callers: Record<string, Caller> = {
  [keys.operator]: { id: 'key_operator', role: 'operator', customerId: null },
  [keys.support]: { id: 'key_support', role: 'support', customerId: null },
  [keys.customer]: { id: 'key_customer', role: 'customer', customerId: 'cus_1' },
};

export function createFakeRequests(): FakeRequests {
  const fake: FakeRequests = {
    changes: [],
    reads: [],
    kept: new Map(),
    ready: async () => {},
    authenticate: async (secret) => callers[secret] ?? null,
    read: (facts, work) => {
      fake.reads.push(facts);
      return work(contextOf(facts));
    },
    change: async (facts, work) => {
      fake.changes.push(facts);
      const kept = facts.idempotencyKey === null ? undefined : fake.kept.get(facts.idempotencyKey);
      if (kept && kept.fingerprint !== facts.fingerprint) {
        throw refuse('idempotency_mismatch', 'The key was used for another request.');
      }
      if (kept) return { ...kept.answer, replayed: true };
      const answer = await work(contextOf(facts));
      const { idempotencyKey: key, fingerprint } = facts;
      if (key !== null) fake.kept.set(key, { fingerprint, answer });
      return { ...answer, replayed: false };
    },
  };
  return fake;
}

function contextOf({ caller, requestId, changeRef }: RequestFacts): Context {
  return {
    db: { query: () => Promise.reject(new Error('The fixture has no database.')) },
    caller,
    now: new Date(0),
    makeId: () => 'id',
    random: (bytes) => new Uint8Array(bytes),
    requestId,
    changeRef,
    audience: 'https://sallyport.test',
  };
}

export interface Fixture {
  app: FastifyInstance;
  world: World;
  requests: FakeRequests;
  /** Every log line so far, parsed. */
  logs: Record<string, unknown>[];
}

/** A ready server, closed when the test is over. */
export async function startFixture(options: Partial<ServerOptions> = {}): Promise<Fixture> {
  const world = createWorld();
  const requests = createFakeRequests();
  const logs: Record<string, unknown>[] = [];
  let made = 0;
  const app = createServer({
    requests,
    spec: fixtureSpec,
    bindings: bindWorld(world),
    logger: pino(logOptions, { write: (line: string) => logs.push(JSON.parse(line)) }),
    makeRequestId: () => `req_${++made}`,
    docs: false,
    strictAnswers: true,
    ...options,
  });
  onTestFinished(() => app.close());
  await app.ready();
  return { app, world, requests, logs };
}
