// The feed of events, to read. Events are told where changes are recorded, and get their places by
// event-feed.ts.

import { refuse, refuseInput } from '../domain/errors.ts';
import { allEventTypes, type EventType } from '../domain/event-types.ts';
import type { Event } from '../domain/event.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { names } from '../domain/webhook.ts';
import * as storage from '../storage/events.ts';
import { asService, tenant, type Context } from './context.ts';
import { existing } from './existing.ts';
import { customerScope, sinceOf } from './filters.ts';
import { asMeant } from './nearest-name.ts';

export interface EventQuery {
  type?: string | undefined;
  subjectId?: string | undefined;
  customerId?: string | undefined;
  since?: string | undefined;
  /** The id of the last event that the caller has. */
  after?: string | undefined;
}

export async function list(
  context: Context,
  query: EventQuery,
  page: PageRequest,
): Promise<Page<Event>> {
  const filter = await filterOf(context, query);
  const after = page.after ?? query.after;
  const position =
    after === undefined ? await beginningOf(context, filter) : await placeOf(context, after);
  const found = await storage.listAfter(context.db, filter, position, page.limit + 1);
  return toPage(found.map(withoutPlace), page.limit);
}

export async function get(context: Context, id: string): Promise<Event> {
  const found = await storage.find(context.db, id, tenant(context));
  return withoutPlace(existing(found, 'event', id));
}

/** What a stream follows, and how far it is. */
export interface Followed {
  filter: storage.EventFilter;
  position: number;
}

/** Where a stream begins: after the named event, at a moment, or with what comes next. */
export async function follow(context: Context, query: EventQuery): Promise<Followed> {
  const filter = await filterOf(context, query);
  if (query.after !== undefined) return { filter, position: await placeOf(context, query.after) };
  const position =
    filter.since === undefined
      ? await storage.lastPosition(context.db)
      : await beginningOf(context, filter);
  return { filter, position };
}

/** The next events, and how far these go; a full look may leave some for the next one. */
export async function next(
  context: Context,
  { filter, position }: Followed,
  limit: number,
): Promise<{ events: Event[]; position: number; isFull: boolean }> {
  const found = await storage.listAfter(context.db, filter, position, limit);
  const last = found.at(-1)?.position ?? position;
  return { events: found.map(withoutPlace), position: last, isFull: found.length === limit };
}

/** What a reader may see of what it asks for. @throws Refusal `invalid_request` */
export async function filterOf(
  context: Context,
  { type, subjectId, customerId, since }: EventQuery,
): Promise<storage.EventFilter> {
  return {
    types: type === undefined ? undefined : typesOf(type, { parameter: 'type' }),
    subjectId,
    customerId: await customerScope(context, customerId),
    since: sinceOf(since, 'since'),
  };
}

/**
 * The place of an event that the reader knows.
 * @throws Refusal `invalid_cursor` for one that is not kept any more: something may be missed
 */
export async function placeOf(context: Context, id: string): Promise<number> {
  const found = await storage.find(context.db, id, tenant(context));
  if (found) return found.position;
  const detail =
    'There is no such event, or it is not kept any more: what came after it may be missing, so ' +
    'read the resources, and then the feed from its beginning.';
  throw refuse('invalid_cursor', detail);
}

/**
 * The types that are named, one by its name or all of a resource as `connection.*`.
 * @throws Refusal `invalid_request`
 */
export function typesOf(
  named: string,
  where: { parameter: string } | { pointer: string },
): EventType[] {
  const types = allEventTypes.filter((type) => names(named, type));
  if (types.length > 0) return types;
  const resources = new Set(allEventTypes.map((type) => type.replace(/[^.]*$/, '*')));
  const meant = asMeant(named, [...allEventTypes, ...resources]) || ';';
  const detail = `There is no event type "${named}"${meant} docs/event-types.md has them all.`;
  throw refuseInput(where, detail);
}

/** Where what is asked for can begin. It is found among the events of all, as places are. */
function beginningOf(context: Context, { since }: storage.EventFilter): Promise<number> {
  if (since === undefined) return Promise.resolve(0);
  return asService(context, ({ db }) => storage.placeBefore(db, since));
}

function withoutPlace({ position: _position, ...event }: storage.PlacedEvent): Event {
  return event;
}
