// Every value that a filter of the contract names, asked for by staff and by a customer: what the
// database keeps from customers is nothing that a filter of theirs may need.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonSchema } from '../../../src/http/spec.ts';
import { spec, startApi, type Api } from '../../harness.ts';
import { readSamples } from './requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

function valuesOf(schema: JsonSchema): unknown[] {
  const { $ref, enum: own } = schema as { $ref?: string; enum?: unknown[] };
  const named = $ref && spec.components.schemas[$ref.split('/').at(-1)!];
  return own ?? (named ? valuesOf(named) : []);
}

const filtered = Object.values(spec.paths).flatMap(({ get }) => {
  const values = (get?.parameters ?? []).flatMap(({ in: place, name, schema }) =>
    place === 'query' ? valuesOf(schema).map((value) => `${name}=${String(value)}`) : [],
  );
  return get && values.length > 0 ? [{ get, values }] : [];
});

it.each(filtered)('when $get.operationId is filtered, each value has an answer', async (asked) => {
  const { get, values } = asked;
  const path = await readSamples[get.operationId]!(world);
  for (const value of values) {
    const target = `${path}${path.includes('?') ? '&' : '?'}${value}`;
    for (const who of ['operator', 'customer'] as const) {
      const { status, text } = await api.request(who).get(target);
      const mayAsk = get['x-roles']?.includes(who);
      expect([target, who, status, text]).toEqual([target, who, mayAsk ? 200 : 403, text]);
    }
  }
});
