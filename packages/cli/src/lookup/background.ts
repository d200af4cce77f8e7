// What stands behind a connection that is diagnosed: what changed of late, who else is on the
// service, and whom to write to.

import type { CallOptions, Connection, Customer, Event, Sallyport } from '@sallyport/sdk';
import { type Causes, causesOf } from './causes.ts';
import { all, unlessHidden } from './search.ts';
import { type Zones, zonesOf } from './zones.ts';

export interface Background {
  connection: Connection;
  customer: Customer | null;
  /** Of the last 24 hours, oldest first: of the customer, its service, and what both have. */
  events: Event[];
  causes: Causes;
  /** The other connections of the service, as far as the key may see them. */
  others: Connection[];
  /** Those of them that left `available`, or did not get there, in the last 24 hours. */
  troubled: Connection[];
  /** Of these all, as far as it is known; nothing is asked where nobody is in trouble. */
  zones: Zones;
}

export interface Asking extends Pick<CallOptions, 'signal'> {
  nowMs: number;
}

export const RECENT_MS = 24 * 60 * 60 * 1000;

/** States in which a connection is as somebody wants it. */
const SETTLED = new Set(['available', 'deleted', 'rejected', 'deleting']);

export async function backgroundOf(
  client: Sallyport,
  id: string,
  { nowMs, ...call }: Asking,
): Promise<Background> {
  const connection = await client.connections.get(id, call);
  const { customer_id: customerId, endpoint_service_id: service } = connection;
  const since = new Date(nowMs - RECENT_MS).toISOString();
  const eventsOf = async (query: object) =>
    (await unlessHidden(all(client.events.list({ ...call, ...query, since, limit: 200 })))) ?? [];
  const [customer, own, ofService, ofConnection, onService = []] = await Promise.all([
    customerId === null ? undefined : unlessHidden(client.customers.get(customerId, call)),
    customerId === null ? [] : eventsOf({ customer_id: customerId }),
    eventsOf({ subject_id: service }),
    eventsOf({ subject_id: connection.id }),
    unlessHidden(
      all(client.connections.list({ ...call, endpoint_service_id: service, limit: 200 })),
    ),
  ]);
  const others = onService.filter((other) => other.id !== connection.id);
  const troubled = others.filter(({ state, state_since: at }) => {
    return !SETTLED.has(state) && Date.parse(at) >= nowMs - RECENT_MS;
  });
  const live = others.filter((other) => other.state === 'available');
  const asked = troubled.length === 0 ? [] : [connection, ...troubled, ...live];
  const events = merged([...own, ...ofService, ...ofConnection]);
  const whose = customerId === null ? { subject_id: connection.id } : { customer_id: customerId };
  return {
    connection,
    customer: customer ?? null,
    events,
    causes: await causesOf(client, events, [whose, { subject_id: service }], call),
    others,
    troubled,
    zones: await zonesOf(client, asked, call),
  };
}

/** Each once, by when they came about; those of one moment as the feed has them. */
function merged(events: readonly Event[]): Event[] {
  const unique = new Map(events.map((event) => [event.id, event]));
  return [...unique.values()].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
