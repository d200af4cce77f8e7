// What the fixture's operations work on: things in a map, and the calls that reached controllers.

import type { Call } from '../../src/http/call.ts';
import type { Bindings } from '../../src/http/spec.ts';

export interface Thing {
  id: string;
  name: string;
  note: string | null;
  created_at: string;
}

export interface World {
  things: Map<string, Thing>;
  /** The calls that reached a controller, with their arguments. */
  calls: { method: string; call: Call; values: unknown[] }[];
  /** Set to answer something else, or to fail. */
  answer: ((method: string) => unknown) | null;
  operationDone: boolean;
}

export function createWorld(): World {
  return { things: new Map(), calls: [], answer: null, operationDone: false };
}

export function thing(id: string, name = 'a thing'): Thing {
  return { id, name, note: null, created_at: '2026-01-01T00:00:00.000Z' };
}

/** Bindings whose controllers work on this world. */
export function bindWorld(world: World): Bindings {
  async function run(method: string, call: Call, values: unknown[], usual: () => unknown) {
    world.calls.push({ method, call, values });
    return world.answer ? world.answer(method) : usual();
  }
  class Things {
    create(call: Call, body: { name: string }) {
      return run('create', call, [body], () => {
        const made = thing(`thg_${world.things.size + 1}`, body.name);
        world.things.set(made.id, made);
        return made;
      });
    }
    list(call: Call, state?: string) {
      return run('list', call, [state], () => listPage(world, call));
    }
    get(call: Call, id: string) {
      return run('get', call, [id], () => world.things.get(id) ?? thing(id));
    }
    update(call: Call, id: string, body: object) {
      return run('update', call, [id, body], () => thing(id));
    }
    async remove(call: Call, id: string): Promise<void> {
      await run('remove', call, [id], () => world.things.delete(id));
    }
    part(call: Call, id: string) {
      return run('part', call, [id], () => ({ id: 'prt_1' }));
    }
    parts(call: Call, id: string) {
      return run('parts', call, [id], () => listPage(world, call));
    }
    start(call: Call, id: string) {
      return run('start', call, [id], () => ({ id: 'op_1', state: 'running', done: false }));
    }
    operation(call: Call, id: string) {
      const done = world.operationDone;
      return run('operation', call, [id], () => ({ id, state: 'any', done }));
    }
    redeem(call: Call, body: object) {
      return run('redeem', call, [body], () => ({ id: 'prt_1' }));
    }
  }
  const bind = (method: string, ...places: [string, string][]) => ({
    controller: Things,
    method,
    parameters: [['request', 'call'] as [string, string], ...places],
  });
  return {
    createThing: bind('create', ['body', 'body']),
    listThings: bind('list', ['query', 'state']),
    getThing: bind('get', ['path', 'id']),
    updateThing: bind('update', ['path', 'id'], ['body', 'body']),
    deleteThing: bind('remove', ['path', 'id']),
    createPart: bind('part', ['path', 'id']),
    listParts: bind('parts', ['path', 'id']),
    startThing: bind('start', ['path', 'id']),
    getOperation: bind('operation', ['path', 'id']),
    redeemTicket: bind('redeem', ['body', 'body']),
  };
}

function listPage({ things }: World, { page }: Call) {
  const ids = [...things.keys()].sort().filter((id) => page.after === null || id > page.after);
  const items = ids.slice(0, page.limit).map((id) => things.get(id));
  const more = ids.length > page.limit;
  return { items, next_cursor: more ? ids[page.limit - 1] : null };
}
