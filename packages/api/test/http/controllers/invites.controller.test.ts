import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createScene } from '../../storage/scene.ts';
import { addInvite } from './world.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const redeem = (body: object) => api.request('nobody').post('/v1/invites/redeem').send(body);

let tokens = 0;
async function invited(customerId = api.acme.id): Promise<string> {
  const token = `token-number-${++tokens}`;
  await addInvite(api, customerId, token);
  return token;
}

describe('redeemInvite', () => {
  it('when it is open, it gives a key that sees this customer', async () => {
    const { body } = await redeem({ token: await invited(), key_name: 'Network team' }).expect(201);
    expect(body).toMatchObject({ role: 'customer', name: 'Network team', expires_at: null });
    const own = api.request({ secret: body.secret }).get('/v1/customers/acme').expect(200);
    expect((await own).body.id).toBe(api.acme.id);
  });

  it('when the operator looks afterwards, the key is there and its secret is not', async () => {
    const { body } = await redeem({ token: await invited() }).expect(201);
    const { secret: _secret, ...shown } = body;
    const read = await api.request('operator').get(`/v1/api-keys/${body.id}`).expect(200);
    expect(read.body).toEqual(shown);
  });

  it('when it has been redeemed, it gives no second key', async () => {
    const token = await invited();
    await redeem({ token }).expect(201);
    const { body } = await redeem({ token }).expect(409);
    expect(body).toMatchObject({ code: 'invite_not_usable', remediation: { actor: 'vendor' } });
  });

  it('when it is unknown, expired, revoked or of one who left, the answer is one', async () => {
    const scene = createScene(api.db, api);
    const left = await invited((await scene.customer({ state: 'offboarded' })).id);
    const revoked = await invited();
    await api.db.query('UPDATE invites SET revoked_at = created_at WHERE customer_id = $1', [
      api.acme.id,
    ]);
    const expired = await invited();
    api.clock.advance(86_400_000);
    const answers = ['no-such-token', left, revoked, expired].map(async (token) => {
      const { body } = await redeem({ token }).expect(409);
      const { request_id: _id, ...told } = body;
      return JSON.stringify(told);
    });
    expect(new Set(await Promise.all(answers)).size).toBe(1);
  });

  it('when a key comes with it, it is not looked at', async () => {
    const token = await invited();
    const request = api.request('support').post('/v1/invites/redeem').send({ token });
    expect((await request.expect(201)).body.customer_id).toBe(api.acme.id);
  });

  it.each([
    ['no token', {}, '/token'],
    ['a short token', { token: 'x' }, '/token'],
    ['a long token', { token: 'x'.repeat(201) }, '/token'],
    ['an empty name', { token: 'long-enough', key_name: '' }, '/key_name'],
  ])('when it has %s, the field is named', async (_, body, pointer) => {
    const answer = await redeem(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });
});
