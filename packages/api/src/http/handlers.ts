// The ways to serve an operation: a read, a question, and a change that can be sent again.

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageRequest } from '../domain/page.ts';
import type { Context } from '../usecases/context.ts';
import type { Answer, RequestFacts } from '../usecases/request-facts.ts';
import type { Requests } from '../usecases/requests.ts';
import type { Waits } from '../usecases/waits.ts';
import { decodeCursor, encodeCursor } from './input/cursor.ts';
import type { CursorScope } from './input/cursor.ts';
import { isShown } from './entity-tags.ts';
import { fingerprint } from './input/fingerprint.ts';
import type { Input } from './input/input.ts';
import { lookUntil } from './long-poll.ts';
import { planHeader } from './planned-changes.ts';
import { underPreconditions } from './preconditions.ts';
import { linesMediaType, type RoutePlan } from './route-plan.ts';

export interface HandlerOptions {
  requests: Pick<Requests, 'read' | 'change'>;
  /** Who waits for changes; without it every read answers at once. */
  waits?: Waits | undefined;
  /** Looks at the key again, and throws when it may not any more. */
  admit: (request: FastifyRequest) => Promise<void>;
  /** Told of an answer that differs from the contract; when it throws, the request fails. */
  onDeviation: (request: FastifyRequest, plan: RoutePlan, deviation: string) => void;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Of operations that are no lists. The contract has the default of those that are. */
const noPage: PageRequest = { limit: 0, after: null };

/** Serves a GET. */
export function readHandler(plan: RoutePlan, options: HandlerOptions): Handler {
  const { requests, onDeviation, waits, admit } = options;
  return async (request, reply) => {
    const input = plan.readInput(request);
    const page = plan.isList ? pageOf(plan, input) : noPage;
    const look = async () => {
      const body = await requests.read(facts(request, null), (context) =>
        plan.invoke({ context, page }, input),
      );
      if (plan.isList) sealCursor(plan, input, body);
      inspect(request, plan, body, onDeviation);
      return body;
    };
    const again = () => admit(request);
    const { waitRule: rule } = plan;
    const tagOf = plan.tagOf!;
    const body = await (rule && waits
      ? lookUntil({ rule, input, caller: request.caller!, reply, waits, look, tagOf, again })
      : look());
    if (isRunning(plan, body)) reply.header('retry-after', '1');
    if (plan.isList) setNextLink(request, reply, body);
    const tag = tagOf(body);
    reply.header('etag', tag);
    if (input.ifNoneMatch && isShown(input.ifNoneMatch, tag)) return reply.code(304).send();
    return send(reply, plan.status, body);
  };
}

/** Serves a POST that only asks, as what it asks with does not fit into a query. */
export function questionHandler(plan: RoutePlan, options: HandlerOptions): Handler {
  return async (request, reply) => {
    const input = plan.readInput(request);
    const body = await options.requests.read(facts(request, null), (context) =>
      plan.invoke({ context, page: noPage }, input),
    );
    inspect(request, plan, body, options.onDeviation);
    return send(reply, plan.status, body);
  };
}

/**
 * Serves a GET whose answer is a stream of lines. A failure on the way breaks the connection off,
 * as the status has been sent by then.
 */
export function streamHandler(plan: RoutePlan, { requests, admit }: HandlerOptions): Handler {
  return async (request, reply) => {
    const input = plan.readInput(request);
    const lines = await requests.read(facts(request, null), (context) =>
      plan.invoke({ context, page: noPage }, input),
    );
    reply.code(plan.status).header('content-type', linesMediaType);
    const again = () => admit(request);
    return reply.send(Readable.from(whileAdmitted(lines as AsyncIterable<string>, again)));
  };
}

/**
 * Serves every other method. With `validate_only` the answer has the status and the body of the
 * real one, but no Location, and its Idempotency-Key is not looked at: nothing is kept that it
 * could name.
 */
export function changeHandler(plan: RoutePlan, { requests, onDeviation }: HandlerOptions): Handler {
  const work = async (request: FastifyRequest, input: Input, context: Context) => {
    let { status } = plan;
    const made = () => void (status = 201);
    const answer: Answer = {
      status,
      body: await plan.invoke({ context, page: noPage, made }, input),
    };
    answer.status = status;
    // Before the transaction ends, so that in strict mode a wrong answer changes nothing.
    inspect(request, plan, answer.body, onDeviation);
    return answer;
  };
  return async (request, reply) => {
    const input = plan.readInput(request);
    const answer = await requests.change(changeFacts(plan, request, input), (context) =>
      underPreconditions(plan, { input, context, reply }, (guarded) =>
        work(request, input, guarded),
      ),
    );
    if (answer.planned) reply.header('sallyport-plan', planHeader(answer.planned));
    if (answer.replayed) reply.header('idempotent-replayed', 'true');
    reply.removeHeader('etag');
    if (input.query.validate_only !== true) setFollowUp(plan, input, answer, reply);
    return send(reply, answer.status, answer.body);
  };
}

function facts(request: FastifyRequest, changeRef: string | null): RequestFacts {
  const { caller, id: requestId, traceId } = request;
  return { caller: caller!, requestId, traceId, changeRef };
}

function changeFacts(plan: RoutePlan, request: FastifyRequest, input: Input) {
  const { validate_only, ...query } = input.query;
  const validateOnly = validate_only === true;
  const idempotencyKey = validateOnly ? null : ownKey(plan, input);
  const { method, path } = plan;
  const { params, body, ifMatch, ifNoneMatch } = input;
  const identity = { method, path, params, query, body, ifMatch, ifNoneMatch };
  return {
    ...facts(request, (query.change_ref as string | undefined) ?? null),
    validateOnly,
    idempotencyKey,
    isUpsert: method === 'PUT',
    fingerprint: idempotencyKey === null ? '' : fingerprint(identity),
  };
}

/** Lines that go out between two looks at the key of who reads them, however slowly. */
const linesOfALook = 200;

async function* whileAdmitted(lines: AsyncIterable<string>, again: () => Promise<void>) {
  let count = 0;
  for await (const line of lines) {
    yield line;
    count += 1;
    if (count % linesOfALook === 0) await again();
  }
}

/**
 * Who has no key is known by the token that it presents: two strangers never meet, whatever they
 * call their requests. A key of its own cannot look like this, as it has no line end.
 */
function ownKey({ roles }: RoutePlan, { idempotencyKey, body }: Input): string | null {
  if (roles !== null || idempotencyKey === null) return idempotencyKey;
  const { token } = body as { token: string };
  return `${idempotencyKey}\n${token}`;
}

function pageOf(plan: RoutePlan, input: Input): PageRequest {
  const { limit, cursor } = input.query as { limit: number; cursor?: string };
  return { limit, after: cursor === undefined ? null : decodeCursor(cursor, scopeOf(plan, input)) };
}

/** The same list from its cursor on (RFC 8288), relative to where it was asked for. */
function setNextLink(request: FastifyRequest, reply: FastifyReply, body: unknown): void {
  const { next_cursor: cursor } = body as { next_cursor: string | null };
  if (cursor === null) return;
  const [path, query] = request.raw.url!.split('?', 2) as [string, string | undefined];
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  const next = `<${path}?${parameters.toString()}>; rel="next"`;
  const others = reply.getHeader('link');
  reply.header('link', others === undefined ? next : `${String(others)}, ${next}`);
}

/** Use cases know the last id of a page; callers get a text that fits this list only. */
function sealCursor(plan: RoutePlan, input: Input, body: unknown): void {
  const page = body as { next_cursor: string | null };
  if (page.next_cursor === null) return;
  page.next_cursor = encodeCursor(page.next_cursor, scopeOf(plan, input));
}

function scopeOf({ operationId }: RoutePlan, { params, query }: Input): CursorScope {
  const { limit: _limit, cursor: _cursor, ...filters } = query;
  return { operationId, params, filters };
}

function inspect(
  request: FastifyRequest,
  plan: RoutePlan,
  body: unknown,
  onDeviation: HandlerOptions['onDeviation'],
): void {
  const deviation = plan.checkAnswer(body);
  if (deviation !== null) onDeviation(request, plan, deviation);
}

/** Which state it is in now, and where to look next: at what was made, or at the long change. */
function setFollowUp(plan: RoutePlan, input: Input, { status, body }: Answer, reply: FastifyReply) {
  if (plan.tagOf) reply.header('etag', plan.tagOf(body));
  if (status === 202) reply.header('retry-after', '1');
  const id = (body as { id?: unknown } | undefined)?.id;
  if ((status !== 201 && status !== 202) || typeof id !== 'string') return;
  const location = plan.locate(input, id);
  if (location !== null) reply.header('location', location);
}

function isRunning({ answersOperation }: RoutePlan, body: unknown): boolean {
  return answersOperation && (body as { done?: unknown }).done === false;
}

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  reply.code(status);
  if (body === undefined) return reply.send();
  return reply.header('content-type', jsonMediaType).send(JSON.stringify(body));
}

const jsonMediaType = 'application/json; charset=utf-8';
