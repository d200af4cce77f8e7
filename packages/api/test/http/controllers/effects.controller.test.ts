// The changes of AWS over HTTP: which there are, and what became of each.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import * as effects from '../../../src/storage/effects.ts';
import { startApi, type Api } from '../../harness.ts';
import { createScene } from '../../storage/scene.ts';

let api: Api;
let service: EndpointService;
beforeAll(async () => {
  api = await startApi();
  service = await createScene(api.db, api).service();
});
afterAll(() => api.close());
beforeEach(() => api.db.query('DELETE FROM effects'));

async function effect(outcome: 'done' | 'refused' | null, endpointServiceId = service.id) {
  const id = api.makeId('effect');
  const target = { kind: 'connections', key: `${service.providerAccountId}/us-east-1` } as const;
  const request = { serviceId: service.serviceId, vpcEndpointIds: ['vpce-1'] };
  const intent = { id, target, endpointServiceId, action: 'accept_connections', request };
  await effects.intend(api.db, intent, api.clock.now());
  const said = { detail: null, awsRequestId: 'aws-1' };
  if (outcome) await effects.conclude(api.db, id, { outcome, ...said }, api.clock.now());
  return id;
}

const list = (query: Record<string, string> = {}) =>
  api.request('support').get('/v1/effects').query(query).expect(200);
const idsOf = async (query: Record<string, string>) =>
  (await list(query)).body.items.map(({ id }: { id: string }) => id);

it('when AWS was changed, it tells what was intended, what became of it, and when', async () => {
  const id = await effect('done');
  const { body } = await list();
  expect(body.items).toEqual([
    {
      id,
      target_kind: 'connections',
      target_key: `${service.providerAccountId}/us-east-1`,
      endpoint_service_id: service.id,
      action: 'accept_connections',
      request: { service_id: service.serviceId, vpc_endpoint_ids: ['vpce-1'] },
      request_ids: [],
      trace_ids: [],
      intended_at: api.clock.now().toISOString(),
      outcome: 'done',
      detail: null,
      aws_request_id: 'aws-1',
      finished_at: api.clock.now().toISOString(),
    },
  ]);
});

it('when it is filtered by a service or an outcome, the others are left out', async () => {
  const [done, refused, open] = [await effect('done'), await effect('refused'), await effect(null)];
  const other = await effect('done', 'svc_01kaqy0v5ne4rvk3z4m5t6w7x8');
  expect(await idsOf({ endpoint_service_id: service.serviceId! })).toEqual([open, refused, done]);
  expect(await idsOf({ outcome: 'done' })).toEqual([other, done]);
  expect(await idsOf({ outcome: 'open' })).toEqual([open]);
});

it('when there are many, the newest come first and pages follow each other', async () => {
  const ids = [await effect('done'), await effect('done'), await effect('done')];
  const first = await list({ limit: '2' });
  const rest = await list({ limit: '2', cursor: first.body.next_cursor as string });
  const shown = [...first.body.items, ...rest.body.items].map(({ id }) => id);
  expect(shown).toEqual(ids.toReversed());
  expect(rest.body.next_cursor).toBeNull();
});

it('when there is no such outcome, it says which there are', async () => {
  const { body } = await api.request('support').get('/v1/effects?outcome=fine').expect(400);
  expect(body.detail).toContain('`open`, `done`, `partial`, `refused`, `unknown`');
});
