// Answers the admin paths: finds the route, reads JSON, writes JSON.

import type { WireRequest, WireResponse } from '../protocols/wire.ts';
import { headerValue } from '../protocols/wire.ts';
import { AdminError, type AdminContext, type Route } from './route.ts';
import { routes } from './routes.ts';

const ADMIN_PREFIX = '/_simulator/';

/** Whether a path is the simulator's own; also without the slash at the end, as people type it. */
export function isAdminPath(path: string): boolean {
  return `${path}/`.startsWith(ADMIN_PREFIX);
}

/** It never throws for anything a caller can send. */
export async function answerAdmin(
  context: AdminContext,
  request: WireRequest,
): Promise<WireResponse> {
  try {
    const path = request.path.slice(ADMIN_PREFIX.length).replace(/\/$/, '');
    if (path === '') return json(200, { paths: routes.map(listed) });
    const { route, name } = findRoute(request.method, path);
    // Nobody has asked for a moment since the last call: what is due by now has happened.
    const { world, clock, past } = context.simulation;
    world.schedule.settle(clock.now().getTime(), past.note);
    const query = new URLSearchParams(request.query);
    const asked = { query, name, body: bodyOf(request), request };
    const answer = await route.answer(context, asked);
    if (route.method !== 'GET') past.note(clock.now().getTime());
    return json(200, answer);
  } catch (error) {
    if (error instanceof AdminError) return json(error.status, { error: error.message });
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return json(500, { error: `The simulator has a bug: ${reason}` });
  }
}

function findRoute(method: string, path: string): { route: Route; name: string } {
  const there = routes.flatMap((route) => {
    const name = nameIn(route.path, path);
    return name === undefined ? [] : [{ route, name }];
  });
  const found = there.find(({ route }) => route.method === method);
  if (found) return found;
  if (there.length === 0) {
    throw new AdminError(404, `There is no ${ADMIN_PREFIX}${path}. GET ${ADMIN_PREFIX} lists all.`);
  }
  const methods = there.map(({ route }) => route.method).join(', ');
  throw new AdminError(405, `${ADMIN_PREFIX}${path} takes ${methods}, not ${method}.`);
}

/** What stands for `{name}` in the pattern, '' without one, or undefined when it does not fit. */
function nameIn(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split('{name}');
  if (after === undefined) return pattern === path ? '' : undefined;
  const name = path.slice(before.length, path.length - after.length);
  const fits = path.startsWith(before) && path.endsWith(after) && name !== '';
  return fits && !name.includes('/') ? decoded(name) : undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AdminError(400, `'${segment}' is not valid percent-encoding.`);
  }
}

function bodyOf(request: WireRequest): unknown {
  // A page in a browser can post a form, or nothing at all, across origins, but not JSON without
  // asking first.
  const fromPage = request.method !== 'GET' && headerValue(request, 'origin') !== undefined;
  if (request.body.length === 0 && !fromPage) return undefined;
  if (!/^application\/json\b/i.test(headerValue(request, 'content-type') ?? '')) {
    throw new AdminError(415, 'Send JSON, with the header content-type: application/json.');
  }
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown;
  } catch (error) {
    throw new AdminError(400, `The body is not JSON: ${(error as Error).message}`);
  }
}

function listed({ method, path, about }: Route) {
  return { method, path: `${ADMIN_PREFIX}${path}`, about };
}

function json(status: number, value: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(value)}\n`,
  };
}
