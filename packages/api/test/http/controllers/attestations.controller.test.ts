import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

it('when some accounts cannot be vouched for, the others are, and each is told', async () => {
  const { scene } = world;
  const claimed = await scene.account(api.acme, 'claimed');
  const proven = await scene.account(api.acme, 'proven');
  const owned = await scene.account(api.globex, 'proven');
  const number = owned.accountId;
  const rival = await api
    .request('operator')
    .post('/v1/accounts')
    .send({ customer_id: 'acme', account_id: number })
    .expect(201);
  const accounts = [`acme:${claimed.accountId}`, proven.id, rival.body.id, 'acct_x', number];
  const send = async () =>
    (await api.request('operator').post('/v1/attestations').send({ reason: 'Contract', accounts }))
      .body;
  let first: Awaited<ReturnType<typeof send>>;
  const entries = await api.audited(async () => {
    first = await send();
  });
  expect(first).toMatchObject({ attested: 1, unchanged: 1, refused: 3 });
  expect(first.items).toMatchObject([
    { account: accounts[0], outcome: 'attested', id: claimed.id, error: null },
    { outcome: 'unchanged', id: proven.id },
    { outcome: 'refused', id: null, error: { code: 'account_disputed' } },
    { outcome: 'refused', error: { code: 'not_found' } },
    { outcome: 'refused', error: { code: 'invalid_request' } },
  ]);
  expect(entries).toMatchObject([
    { action: 'attestAccount', subjectId: claimed.id, reason: 'Contract' },
  ]);
  expect(await send()).toMatchObject({ attested: 0, unchanged: 2, refused: 3 });
});
