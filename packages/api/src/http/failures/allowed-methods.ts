// Tells a path that does not exist from one that exists with other methods.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { refuse } from '../../domain/errors.ts';
import type { Refusal } from '../../domain/errors.ts';
import { nearestName } from '../../usecases/nearest-name.ts';

/** No path has more; a longer one gets no hint, and so costs nothing. */
const partsMax = 10;

/** The refusal of a request that no route takes; it may set `Allow` on the reply. */
export type RefuseRoute = (request: FastifyRequest, reply: FastifyReply) => Refusal;

/** Watches the routes that are registered from now on, and tells what to answer where none is. */
export function watchRoutes(app: FastifyInstance): RefuseRoute {
  const methodsByPath = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }: RouteOptions) => {
    const route = methodsByPath.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) route.methods.add(name);
    methodsByPath.set(url, route);
  });
  return (request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0]!;
    const known = [...methodsByPath.values()].filter(({ pattern }) => pattern.test(path));
    const methods = new Set(known.flatMap((route) => [...route.methods]));
    // A route of many paths, such as that of files, may be there and have nothing to give.
    if (methods.size === 0 || methods.has(request.method)) {
      return refuse('route_not_found', `No operation has this path${meant(path, methodsByPath)}`);
    }
    const allow = [...methods].sort().join(', ');
    reply.header('allow', allow);
    return refuse('method_not_allowed', `This path takes ${allow}, not ${request.method}.`);
  };
}

/** How the sentence ends: with the path that differs least, if one part or slash is wrong. */
function meant(path: string, paths: Map<string, unknown>): string {
  const given = partsOf(path);
  if (given.length === 0 || given.length > partsMax) return '.';
  const near = [...paths.keys()]
    .filter((url) => !url.includes('*'))
    .map((url) => ({ url, differing: differingParts(given, partsOf(url)) }))
    .filter(({ differing }) => differing < given.length)
    .sort((a, b) => a.differing - b.differing)[0];
  return near ? `, did you mean \`${near.url.replaceAll(/:(\w+)/g, '{$1}')}\`?` : '.';
}

/** How many parts are spelt otherwise; infinitely many where one is not even near. */
function differingParts(given: string[], known: string[]): number {
  if (given.length !== known.length) return Infinity;
  return given.reduce((sum, part, index) => {
    const name = known[index]!;
    if (name === part || name.startsWith(':')) return sum;
    return nearestName(part, [name]) === undefined ? Infinity : sum + 1;
  }, 0);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** `/v1/customers/:id` and `/docs/*` as patterns of the path before it is decoded. */
function patternOf(url: string): RegExp {
  const escaped = url.replaceAll(/[.\\+^$()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
