// What customers report of their connections: kept as said, dated, harmless, and theirs alone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observationsKept } from '../../../src/domain/observation.ts';
import { startApi, type Api } from '../../harness.ts';
import { wellSeen } from './observation-requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const pathOf = () => `/v1/connections/${world.acme.connection.id}`;
const report = (body: object) =>
  api.request('customer').post(`${pathOf()}/observations`).send(body);
const list = async () =>
  (await api.request('support').get(`${pathOf()}/observations`).expect(200)).body.items;
const tokenFor = async (who: 'customer' | 'operator' = 'customer') =>
  (await api.request(who).post(`${pathOf()}/observation-tokens`).expect(201)).body;
const upload = (token: string, observation: object = wellSeen) =>
  api.request('nobody').post('/v1/observations').send({ token, observation });

describe('createObservation', () => {
  it('when all is reported, all is there, and where the addresses are', async () => {
    const { body } = await report(wellSeen).expect(201);
    const { dns, ...others } = wellSeen;
    expect(body).toMatchObject({ ...others, source: 'customer' });
    expect(body.dns).toEqual({ ...dns, scope: 'private' });
    expect(body.observed_at).toBe(api.clock.now().toISOString());
    expect((await list())[0]).toEqual(body);
  });

  it('when nothing but a part is reported, the others are not there', async () => {
    const { body } = await report({ tcp: wellSeen.tcp }).expect(201);
    expect(body).toMatchObject({ dns: null, tls: null, certificate: null, network: null });
  });

  it('when staff reports it, it is told as of the vendor', async () => {
    const { body } = await api.request('support').post(`${pathOf()}/observations`).send({});
    expect(body).toMatchObject({ source: 'vendor' });
  });

  it('when several are reported, the newest comes first', async () => {
    await report({ vantage: 'one' }).expect(201);
    await report({ vantage: 'two' }).expect(201);
    const [first, second] = await list();
    expect([first.vantage, second.vantage]).toEqual(['two', 'one']);
  });

  it('when words would steer a terminal, they do not any more', async () => {
    const { body } = await report({ vantage: 'a\u001b[2Jb\u202ec\u0085d\ud83d\ude00' }).expect(201);
    expect(body.vantage).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ud83d\ude00');
  });

  it.each([
    ['a name that is none', { dns: { ...wellSeen.dns, name: 'api\u001b[2J' } }, '/dns/name'],
    ['an address that is none', { tcp: [{ ...wellSeen.tcp[0], address: '$(id)' }] }, '/tcp/0'],
    ['a port that is none', { tcp: [{ ...wellSeen.tcp[0], port: 70_000 }] }, '/tcp/0/port'],
    ['too many addresses', { tcp: Array(21).fill(wellSeen.tcp[0]) }, '/tcp'],
    ['a part that is not known', { icmp: {} }, '/icmp'],
  ])('when it has %s, it is refused', async (_, body, pointer) => {
    const answer = await report(body).expect(400);
    expect(answer.body.errors[0].pointer).toContain(pointer);
  });

  it.each([
    ['of the future', 600_000],
    ['too old', -31 * 86_400_000],
  ])('when it is %s, it is refused', async (_, awayMs) => {
    const observed_at = new Date(api.clock.now().getTime() + awayMs).toISOString();
    const { body } = await report({ observed_at }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/observed_at' }]);
  });

  it('when there are too many of a connection, the oldest goes', async () => {
    for (let n = 0; n < observationsKept; n++) {
      await api.db.query(
        `INSERT INTO observations SELECT $1, connection_id, customer_id, source, observed_at,
           received_at, report FROM observations LIMIT 1`,
        [api.makeId('observation')],
      );
    }
    const { body } = await report({ vantage: 'the newest' }).expect(201);
    const left = await api.db.query<{ id: string }>(
      'SELECT id FROM observations WHERE connection_id = $1 ORDER BY id DESC',
      [world.acme.connection.id],
    );
    expect([left.length, left[0]!.id]).toEqual([observationsKept, body.id]);
  });
});

describe('uploadObservation', () => {
  it('when a token is sent along, it is kept as of a script, and the token is spent', async () => {
    const { token } = await tokenFor();
    const { body } = await upload(token).expect(201);
    expect(body).toMatchObject({ source: 'script', connection_id: world.acme.connection.id });
    const again = await upload(token).expect(409);
    expect(again.body.code).toBe('observation_token_not_usable');
  });

  it('when it is kept, the audit log tells by which token', async () => {
    const { id, token } = await tokenFor();
    const { body } = await upload(token).expect(201);
    const entries = await api.db.query<{ after: object }>(
      `SELECT after FROM audit_entries WHERE action = 'uploadObservation'
         AND after ->> 'observationId' = $1`,
      [body.id],
    );
    expect(entries).toMatchObject([{ after: { tokenId: id } }]);
  });

  it('when the report is refused, the token stays good', async () => {
    const { token } = await tokenFor();
    const observed_at = '2001-01-01T00:00:00Z';
    await upload(token, { observed_at }).expect(400);
    await upload(token).expect(201);
  });

  it('when two send the same token at once, one of them is heard', async () => {
    const { token } = await tokenFor();
    const answers = await Promise.all([upload(token), upload(token), upload(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('when it has expired, it is refused', async () => {
    const { token, expires_at } = await tokenFor();
    api.clock.advance(Date.parse(expires_at as string) - api.clock.now().getTime());
    await upload(token as string).expect(409);
  });

  it('when the account has another owner since, it is refused', async () => {
    const { token } = await tokenFor('operator');
    const { accountId } = world.acme.account;
    const change = (standing: string) =>
      api.db.query(`UPDATE accounts SET standing = $2 WHERE account_id = $1`, [
        accountId,
        standing,
      ]);
    await change('released');
    await upload(token as string).expect(409);
    await change('proven');
  });

  it('when it is stored, only its hash is', async () => {
    const { token } = await tokenFor();
    expect(await api.dump()).not.toContain(token);
    await upload(token as string, { vantage: 'once' }).expect(201);
    expect(await api.dump()).not.toContain(token);
  });
});

describe('updateConnection', () => {
  it('when a customer says how its clients resolve, the connection shows it', async () => {
    const patch = (body: object) => api.request('customer').patch(pathOf()).send(body);
    const { body } = await patch({ dns: 'profile' }).expect(200);
    expect(body).toMatchObject({ dns: 'profile' });
    const { body: back } = await patch({ dns: null }).expect(200);
    expect(back.dns).toBeNull();
    await patch({ dns: 'magic' }).expect(400);
  });
});
