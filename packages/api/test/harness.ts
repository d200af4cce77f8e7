// The real service over HTTP on a database of its own: all of it but AWS and the workers. What AWS
// showed is put into the database by `storage/scene.ts`.
//
//   const api = await startApi();
//   afterAll(() => api.close());
//   await api.request('operator').post('/v1/customers').send({ … }).expect(201);

import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { pino } from 'pino';
import supertest from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { formatKey, hashSecret, type Role } from '../src/domain/api-key.ts';
import type { AuditEntry } from '../src/domain/audit.ts';
import type { Customer } from '../src/domain/customer.ts';
import { errorCatalogue, type ErrorCode } from '../src/domain/errors.ts';
import { bindings } from '../src/http/generated/bindings.ts';
import { createServer } from '../src/http/server.ts';
import type { Spec, SpecOperation, SpecResponse } from '../src/http/spec.ts';
import * as apiKeys from '../src/storage/api-keys.ts';
import * as customers from '../src/storage/customers.ts';
import { createRequests, type Requests } from '../src/usecases/requests.ts';
import { createWaits, type Waits } from '../src/usecases/waits.ts';
import { createAmbience, type Ambience } from './ambience.ts';
import { testSeals } from './secret-seals.ts';
import { dump, written } from './storage/contents.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from './storage/postgres/temporary-database.ts';

export const spec = JSON.parse(
  readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'),
) as Spec;

/** `customer` is of the customer `acme`, `stranger` of another one, `nobody` has no key. */
export type Who = Role | 'stranger' | 'nobody';

export interface Api extends Ambience {
  db: TemporaryDatabase;
  requests: Requests;
  acme: Customer;
  globex: Customer;
  /** Where it listens, as `http://127.0.0.1:…`. */
  origin: string;
  /** Secrets of the keys that are there from the start. */
  keys: Record<Exclude<Who, 'nobody'>, string>;
  /** Sends requests with the key of `who`, or with this secret. */
  request: (who: Who | { secret: string }) => TestAgent;
  /** The audit entries that were written meanwhile, oldest first. */
  audited: (work: () => Promise<unknown>) => Promise<AuditEntry[]>;
  /** Every row of every table, as text; sealed bytes are in hex. */
  dump: () => Promise<string>;
  /**
   * Of each table how many rows it has and which were written last, as text: the same text while
   * nothing is committed, at a tenth of the cost of a dump.
   */
  written: () => Promise<string>;
  /** @throws Error when an answer was not as the contract says */
  close: () => Promise<void>;
}

export const audience = 'https://sallyport.test';

export async function startApi(seed = 1): Promise<Api> {
  const db = await temporaryDatabase();
  const ambience = createAmbience(seed);
  const { clock, makeId, random } = ambience;
  const acme = await addCustomer(db, ambience, 'acme');
  const globex = await addCustomer(db, ambience, 'globex');
  const keys = {
    operator: await addKey(db, ambience, 'operator', null),
    support: await addKey(db, ambience, 'support', null),
    customer: await addKey(db, ambience, 'customer', acme.id),
    stranger: await addKey(db, ambience, 'customer', globex.id),
  };
  const requests = createRequests({
    database: db,
    now: clock.now,
    makeId,
    random,
    audience: () => audience,
    secretSeals: testSeals,
  });
  const waits = createWaits({
    db,
    pause: (ms, signal) => pause(ms, undefined, { signal }),
  });
  const { app, deviations } = createApp({ requests, waits }, makeId);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...ambience,
    db,
    origin,
    requests,
    acme,
    globex,
    keys,
    request: (who) => agent(app, typeof who === 'object' ? who.secret : secretOf(keys, who)),
    audited: (work) => auditedBy(db, work),
    dump: () => dump(db),
    written: () => written(db),
    close: async () => {
      await app.close();
      await db.close();
      if (deviations.length > 0) throw new Error(`Not as the contract says: ${deviations[0]}`);
    },
  };
}

export async function addCustomer(
  db: TemporaryDatabase,
  { clock, makeId }: Ambience,
  externalId: string,
): Promise<Customer> {
  const customer: Customer = {
    id: makeId('customer'),
    externalId,
    name: externalId.charAt(0).toUpperCase() + externalId.slice(1),
    state: 'active',
    metadata: {},
    contacts: [],
    requiredRole: null,
    suspendedSince: null,
    suspensionPolicy: null,
    suspensionReason: null,
    offboardingSince: null,
    offboardingPolicy: null,
    drainUntil: null,
    createdAt: clock.now(),
    updatedAt: clock.now(),
  };
  await customers.insert(db, customer);
  return customer;
}

/** @returns the secret */
export async function addKey(
  db: TemporaryDatabase,
  { clock, makeId, random }: Ambience,
  role: Role,
  customerId: string | null,
  scopes: string[] = [],
): Promise<string> {
  const secret = formatKey(role, random(32));
  await apiKeys.insert(db, {
    id: makeId('apiKey'),
    name: `${role} of the tests`,
    role,
    customerId,
    scopes,
    endpointServiceIds: [],
    rotatedFrom: null,
    hint: secret.slice(0, 20),
    hash: hashSecret(secret),
    createdAt: clock.now(),
    expiresAt: null,
    revokedAt: null,
    // Its use is noted once a minute, so that requests do not change the row.
    lastUsedAt: clock.now(),
  });
  return secret;
}

function createApp(parts: { requests: Requests; waits: Waits }, makeId: Ambience['makeId']) {
  const app = createServer({
    ...parts,
    spec,
    bindings,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => makeId('request'),
    docs: false,
    strictAnswers: true,
  });
  const deviations: string[] = [];
  const check = answerCheck();
  app.addHook('onSend', (request, reply, payload, done) => {
    const deviation =
      check(reply, payload) ??
      undeclaredHeader(request, reply) ??
      undeclaredCode(operationOf(request), payload, reply.statusCode);
    if (deviation !== null) deviations.push(`${request.method} ${request.url}: ${deviation}`);
    done(null, payload);
  });
  return { app, deviations };
}

/** Those that every answer has, whatever it is about, and those of HTTP itself. */
export const commonHeaders: ReadonlySet<string> = new Set([
  'cache-control',
  'connection',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
]);

const { Problem: problemResponse } = (
  spec.components as unknown as { responses: { Problem: SpecResponse } }
).responses;

/** Of any request, as it is not HTTP or JSON enough for the operation to be what refuses it. */
const anybodysCodes: ReadonlySet<string> = new Set(['invalid_json', 'unsupported_media_type']);

/** A code that the contract does not have for this operation. */
export function undeclaredCode(
  operation: SpecOperation | undefined,
  payload: unknown,
  status: number,
): string | null {
  if (status < 400 || !operation) return null;
  const { code } = JSON.parse(String(payload)) as { code: string };
  const declared = operation['x-error-codes'] ?? [];
  if (status >= 500 || anybodysCodes.has(code) || declared.includes(code)) return null;
  return `${operation.operationId} does not declare ${code}`;
}

function operationOf({ routeOptions, method }: FastifyRequest): SpecOperation | undefined {
  const path = routeOptions.url?.replaceAll(/:(\w+)/g, '{$1}') ?? '';
  return spec.paths[path]?.[method.toLowerCase()];
}

/** A header that the contract does not have for this status of this operation. */
function undeclaredHeader(request: FastifyRequest, reply: FastifyReply): string | null {
  const responses = operationOf(request)?.responses;
  if (!responses) return null;
  const { headers = {} } = responses[reply.statusCode] ?? problemResponse;
  const declared = Object.keys(headers).map((name) => name.toLowerCase());
  const extra = Object.keys(reply.getHeaders()).find(
    (name) => !commonHeaders.has(name) && !declared.includes(name),
  );
  return extra ? `${extra} with ${reply.statusCode}` : null;
}

/** `strictAnswers` holds what succeeds to the contract; this does so for what does not. */
function answerCheck(): (reply: FastifyReply, payload: unknown) => string | null {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'contract', components: spec.components });
  const isProblem = ajv.compile({ $ref: 'contract#/components/schemas/Problem' });
  return (reply, payload) => {
    if (reply.statusCode < 400) return null;
    if (reply.statusCode >= 500) return `answered ${reply.statusCode}: ${String(payload)}`;
    const problem = JSON.parse(String(payload)) as { code: ErrorCode };
    if (!isProblem(problem)) return `no problem: ${JSON.stringify(isProblem.errors)}`;
    const { status } = errorCatalogue[problem.code];
    return status === reply.statusCode ? null : `${problem.code} with ${reply.statusCode}`;
  };
}

function secretOf(keys: Api['keys'], who: Who): string | null {
  return who === 'nobody' ? null : keys[who];
}

function agent({ server }: FastifyInstance, secret: string | null): TestAgent {
  const made = supertest.agent(server);
  return secret === null ? made : made.set('authorization', `Bearer ${secret}`);
}

async function auditedBy(db: TemporaryDatabase, work: () => Promise<unknown>) {
  const before = await db.query<{ id: string }>('SELECT id FROM audit_entries', []);
  await work();
  const since = 'SELECT * FROM audit_entries WHERE id <> ALL ($1) ORDER BY id';
  return db.query<AuditEntry>(since, [before.map(({ id }) => id)]);
}
