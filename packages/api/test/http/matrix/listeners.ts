// Further listeners beside that of the harness: on the same database, with one of its guards alone.

import { pino } from 'pino';
import { bindings } from '../../../src/http/generated/bindings.ts';
import { createServer } from '../../../src/http/server.ts';
import type { Bindings, Spec } from '../../../src/http/spec.ts';
import type { Caller, Context } from '../../../src/usecases/context.ts';
import type { ChangeFacts, RequestFacts } from '../../../src/usecases/request-facts.ts';
import type { Requests } from '../../../src/usecases/requests.ts';
import type { Waits } from '../../../src/usecases/waits.ts';
import { spec, type Api } from '../../harness.ts';

export interface Listener {
  origin: string;
  close: () => Promise<void>;
}

export async function startListener(
  { makeId }: Pick<Api, 'makeId'>,
  requests: Requests,
  options: { spec?: Spec; bindings?: Bindings; waits?: Waits } = {},
): Promise<Listener> {
  const app = createServer({
    requests,
    spec,
    bindings,
    ...options,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => makeId('request'),
    docs: false,
    strictAnswers: true,
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
}

/** The database takes every caller for staff: only the queries know whose request it is. */
export function byFiltersAlone(requests: Requests): Requests {
  const asStaff = <Facts extends RequestFacts>(facts: Facts): Facts => {
    return { ...facts, caller: { ...facts.caller, role: 'operator', customerId: null } };
  };
  const inside = (context: Context, caller: Caller): Context => ({ ...context, caller });
  return {
    ...requests,
    read: (facts, work) =>
      requests.read(asStaff(facts), (context) => work(inside(context, facts.caller))),
    change: (facts, work) =>
      requests.change(asStaff(facts), (context) => work(inside(context, facts.caller))),
  };
}

/** The queries take every caller for this customer: only the database knows whose request it is. */
export function byPoliciesAlone(requests: Requests, customerId: string): Requests {
  const mistaken = (context: Context): Context => {
    return { ...context, caller: { ...context.caller, customerId } };
  };
  return {
    ...requests,
    read: (facts: RequestFacts, work) => requests.read(facts, (context) => work(mistaken(context))),
    change: (facts: ChangeFacts, work) =>
      requests.change(facts, (context) => work(mistaken(context))),
  };
}
