// Secrets are shown once: nothing that the database, the audit log or a list has, gives one away.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { changeSamples, send } from './requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const headers = () => ({ 'idempotency-key': `k-${api.makeId('request')}` });

/** In every form that a row could hold it in. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
}

async function expectNowhere(secret: string): Promise<void> {
  const dump = await api.dump();
  expect(secret.length).toBeGreaterThan(20);
  expect(formsOf(secret).filter((form) => dump.includes(form))).toEqual([]);
}

describe('the database', () => {
  it('when a key was made, it does not hold the key, not even for the replay', async () => {
    const sending = await changeSamples.createApiKey!.make(world);
    const extra = { headers: headers() };
    const { body } = await send(api, 'operator', sending, extra);
    await expectNowhere(body.secret as string);
    const again = await send(api, 'operator', sending, extra);
    expect(again.body.secret).toBe(body.secret);
    await expectNowhere(body.secret as string);
  });

  it('when an invite was made and redeemed, it holds neither the token nor the key', async () => {
    const path = `/v1/customers/${api.acme.id}/invites`;
    const made = await send(api, 'operator', { method: 'post', path }, { headers: headers() });
    const token = made.body.token as string;
    const redeem = { method: 'post', path: '/v1/invites/redeem', body: { token } } as const;
    const redeemed = await send(api, 'nobody', redeem, { headers: headers() });
    await expectNowhere(token);
    await expectNowhere(redeemed.body.secret as string);
    await api.request({ secret: redeemed.body.secret }).get('/v1/accounts').expect(200);
  });

  it('when a token was made, it does not hold it, not even for the replay', async () => {
    const sending = await changeSamples.createCustomerToken!.make(world);
    const extra = { headers: headers() };
    const { body } = await send(api, 'operator', sending, extra);
    await expectNowhere(body.token as string);
    const again = await send(api, 'operator', sending, extra);
    expect(again.body.token).toBe(body.token);
  });

  it('when a webhook was made and its secret rotated, it holds neither secret', async () => {
    const sending = await changeSamples.createWebhook!.make(world);
    const { body } = await send(api, 'operator', sending, { headers: headers() });
    const path = `/v1/webhooks/${body.id}/rotate-secret`;
    const rotated = await send(api, 'operator', { method: 'post', path }, { headers: headers() });
    for (const made of [body, rotated.body]) {
      await expectNowhere(made.secret as string);
      await expectNowhere((made.secret as string).replace('whsec_', ''));
    }
  });

  it('when keys have been used, it holds none of them', async () => {
    for (const secret of Object.values(api.keys)) await expectNowhere(secret);
  });

  it('when a proof was handed in, its signature is nowhere but with the proof', async () => {
    const { path, body } = await changeSamples.submitProof!.make(world);
    const { signature, session_token } = body as { signature: string; session_token: string };
    await send(api, 'customer', { method: 'post', path, body: body! }, { headers: headers() });
    const elsewhere = (await api.dump()).replace(/# proofs\n[^#]*/, '');
    expect(elsewhere).not.toContain(signature);
    expect(elsewhere).not.toContain(session_token);
    expect(await api.dump()).toContain(signature);
  });
});

describe('what is read', () => {
  it('when keys and invites are listed, no secret comes with them', async () => {
    await send(api, 'operator', await changeSamples.createInvite!.make(world));
    const keys = await api.request('operator').get('/v1/api-keys?limit=200').expect(200);
    const path = `/v1/customers/${api.acme.id}/invites`;
    const invites = await api.request('support').get(path).expect(200);
    const members = [...keys.body.items, ...invites.body.items].flatMap((item) =>
      Object.keys(item),
    );
    expect(members.filter((name) => /secret|token|hash/.test(name))).toEqual([]);
  });

  it('when the audit log is read, no entry has a secret, a hash or a signature', async () => {
    await send(api, 'operator', await changeSamples.createInvite!.make(world));
    const { body } = await api.request('support').get('/v1/audit-entries?limit=200').expect(200);
    const text = JSON.stringify(body);
    expect(body.items.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/"(secret|token|hash|signature|session_token|sessionToken)"/);
    for (const secret of Object.values(api.keys)) expect(text).not.toContain(secret);
  });

  it('when a request with a secret is refused, the answer does not repeat it', async () => {
    const token = 'sallyport_invite_that_nobody_has_made_0123456789';
    const { text } = await api.request('nobody').post('/v1/invites/redeem').send({ token });
    const bad = await api.request('nobody').post('/v1/invites/redeem').send({ tokn: token });
    expect([text, bad.text].join('')).not.toContain(token);
  });
});
