// The feed of events as a stream (Server-Sent Events, HTML Living Standard 9.2), which goes on
// where a client was. All streams of a process wait for one feed, which alone asks the database.

import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Event } from '../domain/event.ts';
import type { EventFeed } from '../usecases/event-feed.ts';
import * as events from '../usecases/events.ts';
import type { Places } from '../usecases/places.ts';
import type { Requests } from '../usecases/requests.ts';
import type { RoutePlan } from './route-plan.ts';
import { fromWire, toWire } from './wire/names.ts';

export interface EventStreamOptions {
  requests: Pick<Requests, 'read'>;
  feed: EventFeed;
  /** Which the streams of all listeners of the process share. */
  places: Places;
  /** How often a quiet stream shows that it is there, and its key is looked at. */
  heartbeatMs?: number;
}

export interface EventStreams {
  /** Whether the request asks for a stream, and not for a page. */
  isAskedFor(request: FastifyRequest): boolean;
  /**
   * Answers with a stream that ends when its client goes, its key ends, or the server stops.
   * @param admit looks at the key again, and throws when it may not any more
   * @throws Refusal `too_many_open`, `unavailable`, `invalid_cursor`, `invalid_request`
   */
  open(
    plan: RoutePlan,
    request: FastifyRequest,
    reply: FastifyReply,
    admit: (request: FastifyRequest) => Promise<void>,
  ): Promise<FastifyReply>;
}

/** What the feed comes as; the first is for who takes either. */
const mediaTypes = ['application/json; charset=utf-8', 'text/event-stream; charset=utf-8'] as const;
const usualHeartbeatMs = 15_000;
/** What a client waits before it comes again: told once, at the beginning. */
const comeAgainMs = 2_000;
/** Events of one look. */
const eventsMax = 100;

export function createEventStreams(
  app: FastifyInstance,
  options: EventStreamOptions,
): EventStreams {
  const { requests, feed, places } = options;
  const { heartbeatMs = usualHeartbeatMs } = options;
  const stopping = new AbortController();
  app.addHook('preClose', async () => stopping.abort());

  return {
    isAskedFor: ({ method, headers }) =>
      method === 'GET' && new Negotiator({ headers }).mediaType(mediaTypes) === mediaTypes[1],
    open: async (plan, request, reply, admit) => {
      const leave = places.take(request.caller!);
      const gone = new AbortController();
      // Also of one that is refused below, and of a client that goes before it has its first line.
      reply.raw.once('close', () => {
        gone.abort();
        leave();
      });
      // Of one that takes nothing any more, heartbeats included, nobody hears that it is gone. Node
      // waits twice as long while something is under way.
      reply.raw.setTimeout(4 * heartbeatMs, () => reply.raw.destroy());
      const query = queryOf(plan, request);
      const look: Look = (work) =>
        requests.read({ caller: request.caller!, requestId: request.id, changeRef: null }, work);
      const start = await look((context) => events.follow(context, query));
      const signal = AbortSignal.any([gone.signal, stopping.signal]);
      const again = () => admit(request);
      const text = linesOf({ feed, look, again, heartbeatMs, signal }, start);
      reply.code(200).header('content-type', mediaTypes[1]);
      // What is idle when the server stops is closed then; this is not, and ends with its stream.
      reply.header('connection', 'close');
      // Some proxies hold back what they may see as one answer.
      reply.header('x-accel-buffering', 'no');
      return reply.send(Readable.from(text, { objectMode: false }));
    },
  };
}

/** A client that comes again names the last event that it has by a header of the standard. */
function queryOf(plan: RoutePlan, request: FastifyRequest): events.EventQuery {
  const { limit: _limit, cursor: _cursor, ...query } = plan.readInput(request).query;
  const last = request.headers['last-event-id'];
  const given = fromWire(query) as events.EventQuery;
  return typeof last === 'string' && last !== '' ? { ...given, after: last } : given;
}

type Look = <Result>(
  work: (context: Parameters<typeof events.follow>[0]) => Promise<Result>,
) => Promise<Result>;

interface Following {
  feed: EventFeed;
  look: Look;
  again: () => Promise<void>;
  heartbeatMs: number;
  signal: AbortSignal;
}

async function* linesOf(
  { feed, look, again, heartbeatMs, signal }: Following,
  start: events.Followed,
): AsyncGenerator<string> {
  yield `retry: ${comeAgainMs}\n\n`;
  let { position } = start;
  let quietSince = performance.now();
  while (!signal.aborted) {
    if (!(await holds(again))) return;
    // Before the look, so that it has seen everything up to there.
    const upTo = feed.position();
    const found = await look((context) => events.next(context, { ...start, position }, eventsMax));
    for (const event of found.events) yield messageOf(event);
    if (found.events.length > 0) quietSince = performance.now();
    position = Math.max(position, found.position, found.isFull ? 0 : upTo);
    if (found.isFull) continue;
    // What happens to others is not seen here, so that it is quiet all the same.
    if (performance.now() - quietSince >= heartbeatMs) {
      yield ': \n\n';
      quietSince = performance.now();
    }
    await moves(feed, { position, beatAt: quietSince + heartbeatMs, signal });
  }
}

function messageOf(event: Event): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(toWire(event))}\n\n`;
}

/** Whether the key is still good. */
async function holds(again: () => Promise<void>): Promise<boolean> {
  try {
    await again();
    return true;
  } catch {
    return false;
  }
}

/** Waits for the feed, up to the moment of the next heartbeat. */
async function moves(
  feed: EventFeed,
  { position, beatAt, signal }: { position: number; beatAt: number; signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, signal]);
  const restMs = Math.max(0, Math.ceil(beatAt - performance.now())) + 1;
  const beat = pause(restMs, undefined, { signal: either }).catch(() => {});
  await Promise.race([feed.wait(position, either), beat]);
  over.abort();
}
