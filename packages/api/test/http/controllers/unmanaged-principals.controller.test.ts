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

const foreign = 'arn:aws:iam::999999999999:role/legacy';
const reason = 'Made by the platform team in 2021';
const path = () => `/v1/endpoint-services/${world.service.serviceId}/unmanaged-principals`;
const adopt = (name: string) =>
  api
    .request('operator')
    .post(`${path()}/${encodeURIComponent(name)}/adopt`)
    .send({ reason });
const adoptMany = (principals: string[]) =>
  api.request('operator').post(`${path()}/adopt`).send({ principals, reason });

describe('the unmanaged entries of an allowlist', () => {
  it('when other hands made what a grant wants, it is among them too', async () => {
    const another = 'arn:aws:iam::999999999996:role/legacy';
    await world.scene.showPrincipals(world.service, [world.globex.arn, another, '*']);
    const { body } = await api.request('support').get(path()).expect(200);
    const told = (body.items as { arn: string; state: string }[]).map(({ arn, state }) => [
      arn,
      state,
    ]);
    expect(told.sort()).toEqual([
      ['*', 'unmanaged'],
      [world.globex.arn, 'allowed'],
      [another, 'unmanaged'],
    ]);
  });

  it('when one is adopted that a grant wants, it is ours, and stays', async () => {
    await world.scene.showPrincipals(world.service, [world.acme.arn]);
    const entries = await api.audited(async () => {
      const { body } = await adopt(world.acme.principalId).expect(200);
      expect(body).toMatchObject({ state: 'allowed', owned: true });
    });
    expect(entries).toMatchObject([
      { action: 'adoptPrincipal', subjectId: world.acme.principalId, reason },
    ]);
  });

  it('when several are adopted, each has an entry, and those that nobody wants go', async () => {
    const other = 'arn:aws:iam::999999999998:root';
    await world.scene.showPrincipals(world.service, [foreign, other]);
    const entries = await api.audited(async () => {
      const { body } = await adoptMany([foreign, other, foreign]).expect(200);
      expect(body.principals).toMatchObject([
        { owned: true, state: 'removing' },
        { owned: true, state: 'removing' },
      ]);
    });
    expect(entries).toHaveLength(2);
    expect(await api.audited(() => adoptMany([foreign, other]).expect(200))).toEqual([]);
  });

  it('when one of several cannot be adopted, none is', async () => {
    const fine = 'arn:aws:iam::999999999997:root';
    await world.scene.showPrincipals(world.service, [fine, '*']);
    const before = await api.written();
    const { body } = await adoptMany([fine, '*', 'prn_none']).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/principals/1' }, { pointer: '/principals/2' }]);
    expect(await api.written()).toBe(before);
  });

  it('when it is open to everybody, or not there, it is refused', async () => {
    await world.scene.showPrincipals(world.service, ['*']);
    expect((await adopt('*').expect(422)).body.code).toBe('invalid_principal');
    expect((await adopt(world.globex.arn).expect(409)).body.code).toBe('invalid_state_transition');
    await adopt('arn:aws:iam::999999999990:root').expect(404);
  });
});
