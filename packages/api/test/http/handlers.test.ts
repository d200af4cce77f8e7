import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { thing } from './fixture-world.ts';
import { as, startFixture } from './fixture-server.ts';

describe('a change', () => {
  it('when something is made, the answer says where it is', async () => {
    const { app, world } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things?change_ref=CHG-7')
      .set({ ...as('operator'), 'x-request-id': 'trace-1' })
      .send({ name: 'x' });
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers.location).toBe('/v1/things/thg_1');
    expect(answer.body).toEqual(world.things.get('thg_1'));
    expect(world.calls[0]?.call.context).toMatchObject({
      requestId: 'trace-1',
      changeRef: 'CHG-7',
      caller: { id: 'key_operator' },
    });
  });

  it('when what is made cannot be read by itself, there is no Location', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server).post('/v1/things/a/parts').set(as('operator'));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: 'prt_1' });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('when it goes on for long, the answer says where and when to ask', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server).post('/v1/things/a/start').set(as('support'));
    expect(answer.status).toBe(202);
    expect(answer.headers).toMatchObject({ location: '/v1/operations/op_1', 'retry-after': '1' });
  });

  it('when there is nothing to say, the answer has neither a body nor a type', async () => {
    const { app, world } = await startFixture();
    world.things.set('a', thing('a'));
    const answer = await request(app.server).delete('/v1/things/a').set(as('operator'));
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer.headers).not.toHaveProperty('content-type');
    expect(world.things.size).toBe(0);
  });

  it('when it only validates, the status stays and nothing points to what is gone', async () => {
    const { app, requests } = await startFixture();
    const send = (path: string) =>
      request(app.server)
        .post(`${path}?validate_only=true`)
        .set({ ...as('operator'), 'idempotency-key': 'k' });
    const made = await send('/v1/things').send({ name: 'x' });
    const started = await send('/v1/things/a/start');
    expect(made.status).toBe(201);
    expect(started.status).toBe(202);
    for (const { headers } of [made, started]) {
      expect(headers).not.toHaveProperty('location');
      expect(headers).not.toHaveProperty('retry-after');
    }
    expect(requests.changes).toMatchObject([
      { validateOnly: true, idempotencyKey: null },
      { validateOnly: true, idempotencyKey: null },
    ]);
  });
});

describe('an idempotency key', () => {
  const post = (app: Parameters<typeof request>[0], key: string, body: object, query = '') =>
    request(app)
      .post(`/v1/things${query}`)
      .set({ ...as('operator'), 'idempotency-key': key })
      .send(body);

  it('when the same request comes again, it gets the same answer and is done once', async () => {
    const { app, world } = await startFixture();
    const first = await post(app.server, 'k', { name: 'x', metadata: { a: '1', b: '2' } });
    const second = await post(app.server, 'k', { metadata: { b: '2', a: '1' }, name: 'x' });
    expect(second.status).toBe(201);
    expect(second.text).toBe(first.text);
    expect(second.headers.location).toBe(first.headers.location);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(world.things.size).toBe(1);
  });

  it('when another request comes with it, it is refused', async () => {
    const { app } = await startFixture();
    await post(app.server, 'k', { name: 'x' });
    const others = [
      post(app.server, 'k', { name: 'y' }),
      post(app.server, 'k', { name: 'x' }, '?change_ref=CHG-7'),
      request(app.server)
        .post('/v1/things/x/parts')
        .set({ ...as('operator'), 'idempotency-key': 'k' }),
    ];
    for (const answer of await Promise.all(others)) {
      expect(answer.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    }
  });

  it('when the same request was tried with validate_only, the key is still free', async () => {
    const { app, world } = await startFixture();
    await post(app.server, 'k', { name: 'x' }, '?validate_only=true');
    const answer = await post(app.server, 'k', { name: 'x' });
    expect(answer.status).toBe(201);
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
    expect(world.calls).toHaveLength(2);
  });

  it('when the body has a secret, the fingerprint does not show it', async () => {
    const { app, requests } = await startFixture();
    await request(app.server)
      .post('/v1/tickets/redeem')
      .set('idempotency-key', 'k')
      .send({ token: 'canary-0123456789' });
    expect(requests.changes[0]?.fingerprint).toMatch(/^[\w-]{43}$/);
  });

  it('when the operation is no POST, the header is not looked at', async () => {
    const { app, requests } = await startFixture();
    const answer = await request(app.server)
      .delete('/v1/things/a')
      .set({ ...as('operator'), 'idempotency-key': 'not valid' });
    expect(answer.status).toBe(204);
    expect(requests.changes[0]?.idempotencyKey).toBeNull();
  });
});

describe('a list', () => {
  const fill = (things: Map<string, unknown>, count: number) => {
    for (let n = 100; n < 100 + count; n++) things.set(`thg_${n}`, thing(`thg_${n}`));
  };

  it('when its cursors are followed, each item comes once and the end is null', async () => {
    const { app, world } = await startFixture();
    fill(world.things, 7);
    const pages: { items: { id: string }[]; next_cursor: string | null }[] = [];
    do {
      const cursor = pages.at(-1)?.next_cursor;
      const page = { limit: 3, ...(cursor && { cursor }) };
      const answer = await request(app.server).get('/v1/things').query(page).set(as('support'));
      pages.push(answer.body);
    } while (pages.at(-1)!.next_cursor !== null);
    const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
    expect(JSON.stringify(pages.map(({ next_cursor }) => next_cursor))).not.toContain('thg_');
    expect(seen).toEqual([...world.things.keys()]);
  });

  it('when the page size changes on the way, the cursor still fits', async () => {
    const { app, world } = await startFixture();
    fill(world.things, 7);
    const get = (query: string) =>
      request(app.server).get(`/v1/things?${query}`).set(as('operator'));
    const { next_cursor } = (await get('limit=3&state=x')).body;
    const rest = await get(`limit=100&state=x&cursor=${next_cursor}`);
    expect(rest.body.items).toHaveLength(4);
  });

  it('when a page is not asked for, it has fifty items', async () => {
    const { app, world } = await startFixture();
    fill(world.things, 60);
    const answer = await request(app.server).get('/v1/things').set(as('operator'));
    expect(answer.body.items).toHaveLength(50);
  });

  it.each([
    ['other filters', '/v1/things?state=open', '/v1/things?state=closed'],
    ['a filter left out', '/v1/things?state=open', '/v1/things'],
    ['another filter of the same value', '/v1/things?state=open', '/v1/things?kind=open'],
    ['another list', '/v1/things', '/v1/things/a/parts'],
    ['the same list of another parent', '/v1/things/a/parts', '/v1/things/b/parts'],
  ])('when the cursor comes with %s, it is refused', async (_, from, to) => {
    const { app, world } = await startFixture();
    fill(world.things, 3);
    const get = (target: string, page: object) =>
      request(app.server).get(target).query(page).set(as('operator'));
    const { next_cursor: cursor } = (await get(from, { limit: 1 })).body;
    expect((await get(from, { cursor })).status).toBe(200);
    expect((await get(to, { cursor })).body).toMatchObject({ status: 400, code: 'invalid_cursor' });
  });

  it.each([
    ['no base64url', '%F0%9F%94%91'],
    ['no JSON', 'YWJj'],
    ['no list', Buffer.from('{"a":1}').toString('base64url')],
    ['a bare id', 'thg_101'],
    ['U+0000 inside', Buffer.from('["a\\u0000","x"]').toString('base64url')],
    ['a number inside', Buffer.from('[1,"x"]').toString('base64url')],
  ])('when the cursor is %s, it is refused', async (_, cursor) => {
    const { app, world } = await startFixture();
    const answer = await request(app.server).get(`/v1/things?cursor=${cursor}`).set(as('operator'));
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_cursor' });
    expect(world.calls).toEqual([]);
  });
});

describe('a long-running change that is asked after', () => {
  it.each([
    ['running', false, '1'],
    ['done', true, undefined],
  ])('when it is %s, Retry-After is right', async (_, done, retryAfter) => {
    const { app, world } = await startFixture();
    world.operationDone = done;
    const answer = await request(app.server).get('/v1/operations/op_1').set(as('customer'));
    expect(answer.status).toBe(200);
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });
});

describe('an answer that is not as the contract says', () => {
  const leaky = { ...thing('a'), secret_hash: 'canary' };
  const wrong = { ...thing('a'), name: 7 };

  it('when it has a member that is not declared, the member does not go out', async () => {
    const { app, world } = await startFixture({ strictAnswers: false });
    world.answer = () => ({ ...leaky });
    const get = await request(app.server).get('/v1/things/a').set(as('customer'));
    const list = await (() => {
      world.answer = () => ({ items: [{ ...leaky }], next_cursor: null });
      return request(app.server).get('/v1/things').set(as('customer'));
    })();
    expect(get.body).toEqual(thing('a'));
    expect(list.body.items).toEqual([thing('a')]);
  });

  it('when it has a wrong type, it goes out and is logged', async () => {
    const { app, world, logs } = await startFixture({ strictAnswers: false });
    world.answer = () => ({ ...wrong });
    const answer = await request(app.server).get('/v1/things/a').set(as('customer'));
    expect(answer.body).toEqual(wrong);
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: 'error',
        operationId: 'getThing',
        deviation: 'the answer/name must be string',
      }),
    );
  });

  it.each([
    ['a wrong type', wrong],
    ['a member too many', leaky],
    ['a time that is none', { ...thing('a'), created_at: 'now' }],
  ])('when strict and it has %s, the request fails', async (_, body) => {
    const { app, world, requests } = await startFixture({ strictAnswers: true });
    world.answer = () => ({ ...body });
    const get = await request(app.server).get('/v1/things/a').set(as('customer'));
    const post = await request(app.server)
      .post('/v1/things')
      .set({ ...as('operator'), 'idempotency-key': 'k' })
      .send({ name: 'x' });
    expect([get.body.code, post.body.code]).toEqual(['internal_error', 'internal_error']);
    expect(requests.kept.size).toBe(0);
  });
});
