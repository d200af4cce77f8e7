import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const list = (query: Record<string, string>) =>
  api.request('support').get('/v1/principals').query(query);

describe('listPrincipals', () => {
  it('when the allowlist was read, each entry has its state and who wants it', async () => {
    const foreign = 'arn:aws:iam::999999999999:role/legacy';
    await world.scene.showPrincipals(world.service, [world.acme.arn, foreign]);
    const { body } = await list({ endpoint_service_id: world.service.id }).expect(200);
    const told = (body.items as Record<string, unknown>[]).map(({ arn, state, grant_ids }) => {
      return { arn, state, grant_ids };
    });
    expect(told).toEqual([
      { arn: world.acme.arn, state: 'allowed', grant_ids: [world.acme.grantId] },
      { arn: world.globex.arn, state: 'pending', grant_ids: [world.globex.grantId] },
      { arn: foreign, state: 'unmanaged', grant_ids: [] },
    ]);
  });

  it('when it is filtered by state and by the name of the service in AWS, both count', async () => {
    await world.scene.showPrincipals(world.service, [world.acme.arn]);
    const query = { endpoint_service_id: world.service.serviceId!, state: 'allowed' };
    const { body } = await list(query).expect(200);
    expect(body.items).toMatchObject([{ arn: world.acme.arn, observed: true, owned: false }]);
  });

  it('when the state is none that there is, it is told which there are', async () => {
    const { body } = await list({ state: 'present' }).expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'state' }]);
    expect(body.detail).toContain('`pending`, `allowed`, `removing`');
  });
});

describe('getPrincipal', () => {
  it('when a customer looks at its own, it sees when AWS was last asked', async () => {
    await world.scene.showPrincipals(world.service, [world.acme.arn]);
    const path = `/v1/principals/${world.acme.principalId}`;
    const { body } = await api.request('customer').get(path).expect(200);
    expect(body).toMatchObject({ arn: world.acme.arn, state: 'allowed' });
    expect(body.observed_at).toBe(api.clock.now().toISOString());
  });

  it('when it does not exist, that is said', async () => {
    const { body } = await api.request('support').get('/v1/principals/prn_none').expect(404);
    expect(body.detail).toBe('There is no principal "prn_none".');
  });
});
