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
  const paths = new Map<string, KnownPath>();
  app.addHook('onRoute', ({ url, method }: RouteOptions) => {
    const known = paths.get(url) ?? knownPath(url);
    for (const name of [method].flat()) known.methods.add(name);
    paths.set(url, known);
  });
  return (request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0]!;
    const known = [...paths.values()].filter(({ pattern }) => pattern.test(path));
    const methods = new Set(known.flatMap((route) => [...route.methods]));
    // A route of many paths, such as that of files, may be there and have nothing to give.
    if (methods.size === 0 || methods.has(request.method)) {
      return refuse('route_not_found', `No operation has this path${meant(path, paths)}`);
    }
    const allow = [...methods].sort().join(', ');
    reply.header('allow', allow);
    return refuse('method_not_allowed', `This path takes ${allow}, not ${request.method}.`);
  };
}

/** Taken apart once, as anybody may send paths that are none, as often as they like. */
interface KnownPath {
  url: string;
  pattern: RegExp;
  /** Null for a path of many, which nobody can have meant. */
  parts: string[] | null;
  methods: Set<string>;
}

function knownPath(url: string): KnownPath {
  const parts = url.includes('*') ? null : partsOf(url);
  return { url, pattern: patternOf(url), parts, methods: new Set() };
}

/** How the sentence ends: with the path that differs least, if one part or slash is wrong. */
function meant(path: string, paths: Map<string, KnownPath>): string {
  const given = partsOf(path);
  if (given.length === 0 || given.length > partsMax) return '.';
  const near = [...paths.values()]
    .map(({ url, parts }) => ({ url, differing: parts ? differingParts(given, parts) : Infinity }))
    .filter(({ differing }) => differing < given.length)
    .sort((a, b) => a.differing - b.differing)[0];
  return near ? `, did you mean \`${near.url.replaceAll(/:(\w+)/g, '{$1}')}\`?` : '.';
}

/** How many parts are spelt otherwise; infinitely many where one is not even near. */
function differingParts(given: string[], known: string[]): number {
  if (given.length !== known.length) return Infinity;
  let differing = 0;
  for (const [index, part] of given.entries()) {
    const name = known[index]!;
    if (name === part || name.startsWith(':')) continue;
    if (nearestName(part, [name]) === undefined) return Infinity;
    differing += 1;
  }
  return differing;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** `/v1/customers/:id` and `/docs/*` as patterns of the path before it is decoded. */
function patternOf(url: string): RegExp {
  const escaped = url.replaceAll(/[.\\+^$()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
