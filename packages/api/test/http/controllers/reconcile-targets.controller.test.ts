// What workers look after over HTTP: due, leased, failing, and what the last run told.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import {
  cleaningTarget,
  connectionsTarget,
  principalsTarget,
  serviceTargets,
  type TargetName,
} from '../../../src/domain/target.ts';
import * as targets from '../../../src/storage/targets.ts';
import { startApi, type Api } from '../../harness.ts';
import { createScene, type Scene } from '../../storage/scene.ts';

let api: Api;
let scene: Scene;
let service: EndpointService;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
  service = await scene.service();
});
afterAll(() => api.close());
beforeEach(() => api.db.query('DELETE FROM targets'));

const list = (query: Record<string, string> = {}) =>
  api.request('support').get('/v1/reconcile-targets').query(query).expect(200);
const idsOf = async (query: Record<string, string>) =>
  (await list(query)).body.items.map(({ id }: { id: string }) => id);
const idOf = ({ kind, key }: TargetName) => `${kind}/${key}`;

/** A worker has run the target and reported. */
async function run(name: TargetName, report: object): Promise<void> {
  const now = api.clock.now();
  await targets.nudge(api.db, [name], now);
  const leaseUntil = new Date(now.getTime() + 60_000);
  const [lease] = await targets.claim(api.db, { owner: 'w', now, leaseUntil, limit: 1 });
  const end = { failures: 2, completed: true, now, dueAt: leaseUntil };
  await targets.release(api.db, lease!, { report, ...end });
}

it('when a run has ended, it tells what it reported, and when the next one is due', async () => {
  const at = api.clock.now().toISOString();
  await run(principalsTarget(service.id), { mode: 'manage', fullReadAt: at, at });
  const { body } = await list();
  expect(body.items).toEqual([
    {
      id: `principals/${service.id}`,
      kind: 'principals',
      key: service.id,
      due_at: new Date(api.clock.now().getTime() + 60_000).toISOString(),
      lease_owner: null,
      lease_until: null,
      wanted: 1,
      done: 1,
      failures: 2,
      max_age_seconds: 60,
      report: { mode: 'manage', full_read_at: at },
      reported_at: at,
    },
  ]);
});

it('when an account has much in a region, what is there gets older, and no other', async () => {
  const busy = await scene.service();
  const elsewhere = await scene.service({
    providerAccountId: busy.providerAccountId,
    region: 'eu-west-1',
  });
  await api.db.query('UPDATE endpoint_services SET principals_listed = 999001 WHERE id = $1', [
    busy.id,
  ]);
  const now = api.clock.now();
  await targets.nudge(api.db, [busy, elsewhere, service].flatMap(serviceTargets), now);
  await targets.nudge(api.db, [cleaningTarget], now);
  const ages = async ({ id }: EndpointService) => {
    const { body } = await list({ endpoint_service_id: id });
    return body.items.map((item: { max_age_seconds: number }) => item.max_age_seconds);
  };
  // Configurations, connections, principals and private DNS.
  expect(await ages(busy)).toEqual([60, 65, 500, 500]);
  expect(await ages(elsewhere)).toEqual([60, 65, 60, 60]);
  expect(await ages(service)).toEqual([60, 65, 60, 60]);
  const cleaning = await list({ kind: 'cleaning' });
  expect(cleaning.body.items).toMatchObject([{ max_age_seconds: null }]);
});

it('when a report is long, its lists are cut short, and say so', async () => {
  const arns = Array.from({ length: 1_000 }, (_, index) => `arn-${index}`);
  await run(principalsTarget(service.id), { plan: { unmanaged: arns } });
  const { unmanaged } = (await list()).body.items[0].report.plan;
  expect(unmanaged).toEqual([...arns.slice(0, 20), '… and 980 more']);
});

it('when a worker has it, it tells which one, and until when', async () => {
  const now = api.clock.now();
  await targets.nudge(api.db, [cleaningTarget], now);
  const leaseUntil = new Date(now.getTime() + 60_000);
  await targets.claim(api.db, { owner: 'host/7', now, leaseUntil, limit: 1 });
  expect((await list()).body.items).toMatchObject([
    { lease_owner: 'host/7', lease_until: leaseUntil.toISOString(), report: null, done: 0 },
  ]);
});

it('when it is filtered by a service, what looks after its region is there too', async () => {
  const other = await scene.service();
  const now = api.clock.now();
  await targets.nudge(api.db, [...serviceTargets(service), ...serviceTargets(other)], now);
  const own = serviceTargets(service).map(idOf).toSorted();
  expect(await idsOf({ endpoint_service_id: service.id })).toEqual(own);
  const both = [connectionsTarget(service), connectionsTarget(other)].map(idOf).toSorted();
  expect(await idsOf({ kind: 'connections' })).toEqual(both);
});

it('when there are many, pages follow each other', async () => {
  await targets.nudge(api.db, serviceTargets(service), api.clock.now());
  const first = await list({ limit: '3' });
  const rest = await list({ limit: '3', cursor: first.body.next_cursor as string });
  const shown = [...first.body.items, ...rest.body.items].map(({ id }) => id);
  expect(shown).toEqual(serviceTargets(service).map(idOf).toSorted());
  expect(rest.body.next_cursor).toBeNull();
});

it('when there is no such kind, it says which there are', async () => {
  const { body } = await api.request('support').get('/v1/reconcile-targets?kind=x').expect(400);
  expect(body.detail).toContain('`configurations`, `principals`');
});
