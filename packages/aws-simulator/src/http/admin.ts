// The simulator's own paths under /_simulator/, unsigned, read-only. AWS has nothing like them.

import type { WireRequest, WireResponse } from '../protocols/wire.ts';
import type { World } from '../world/world.ts';
import type { CallLog } from './call-log.ts';

export interface AdminFacts {
  readonly calls: CallLog;
  readonly world: World;
  readonly profile: string;
  now(): Date;
}

export const ADMIN_PREFIX = '/_simulator/';

/**
 * Answers `calls[?since=N]` ({ calls, last }: pass `last` as the next `since`), `calls/summary`,
 * `load-balancers`, which no simulated service describes, and `health`.
 */
export function answerAdmin(facts: AdminFacts, request: WireRequest): WireResponse {
  if (request.method !== 'GET') return json(405, { error: 'Admin paths are read with GET.' });
  switch (request.path.slice(ADMIN_PREFIX.length)) {
    case 'health':
      return json(200, { status: 'ok', profile: facts.profile, now: facts.now().toISOString() });
    case 'calls/summary':
      return json(200, facts.calls.summary());
    case 'calls':
      return answerCalls(facts.calls, request.query);
    case 'load-balancers':
      return json(200, { load_balancers: loadBalancers(facts.world) });
    default:
      return json(404, {
        error: 'There are /_simulator/health, /calls, /calls/summary and /load-balancers.',
      });
  }
}

function answerCalls(calls: CallLog, query: string): WireResponse {
  const since = new URLSearchParams(query).get('since') ?? '0';
  if (!/^\d{1,15}$/.test(since)) {
    return json(400, { error: `since must be the number of a call, not '${since}'` });
  }
  return json(200, { calls: calls.since(Number(since)), last: calls.last() });
}

function loadBalancers(world: World) {
  return [...world.loadBalancers.values()].map(({ id: arn, account, region, name }) => {
    return { arn, account, region, name };
  });
}

function json(status: number, value: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
