import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { FieldError } from '../../src/domain/errors.ts';
import { as, startFixture } from './fixture-server.ts';

describe('a body that is not valid', () => {
  const named = (fields: object) => ({ name: 'x', ...fields });
  const bodies: [string, unknown, FieldError[]][] = [
    [
      'a field that is almost known',
      named({ acount_ids: [] }),
      [
        {
          pointer: '/acount_ids',
          detail: 'unknown field `acount_ids`, did you mean `account_ids`?',
        },
      ],
    ],
    [
      'a field like no other',
      named({ zzzzzzzz: 1 }),
      [{ pointer: '/zzzzzzzz', detail: 'unknown field `zzzzzzzz`' }],
    ],
    ['a field missing', {}, [{ pointer: '/name', detail: '`name` is missing' }]],
    ['an empty text', { name: '' }, [{ pointer: '/name', detail: '`name` must not be empty' }]],
    [
      'a long text',
      { name: 'x'.repeat(21) },
      [{ pointer: '/name', detail: '`name` must have at most 20 characters' }],
    ],
    [
      'a number as text',
      named({ connections_max: '2' }),
      [
        {
          pointer: '/connections_max',
          detail: '`connections_max` must be of type integer or null',
        },
      ],
    ],
    [
      'too high a number',
      named({ connections_max: 101 }),
      [{ pointer: '/connections_max', detail: '`connections_max` must be at most 100' }],
    ],
    [
      'a wrong item in a list',
      named({ account_ids: ['111111111111', '12'] }),
      [
        {
          pointer: '/account_ids/1',
          detail: '`account_ids/1` must be an AWS account number: 12 digits',
        },
      ],
    ],
    [
      'too long a list',
      named({ account_ids: Array(4).fill('111111111111') }),
      [{ pointer: '/account_ids', detail: '`account_ids` must have at most 3 items' }],
    ],
    [
      'an unknown choice',
      named({ kind: 'automatik' }),
      [
        {
          pointer: '/kind',
          detail: '`kind` must be one of `automatic`, `manual`, did you mean `automatic`?',
        },
      ],
    ],
    [
      'a choice like no other',
      named({ kind: 'zebra' }),
      [{ pointer: '/kind', detail: '`kind` must be one of `automatic`, `manual`' }],
    ],
    [
      'a wrong format below',
      named({ contact: { email: 'nobody' } }),
      [
        {
          pointer: '/contact/email',
          detail: '`contact/email` must be an email address, such as `ops@bank.example`',
        },
      ],
    ],
    ['a list at the top', [], [{ pointer: '', detail: 'the body must be of type object' }]],
    [
      'U+0000 in a text',
      named({ metadata: { key: 'a\0b' } }),
      [
        {
          pointer: '/metadata/key',
          detail: '`metadata/key` must not hold U+0000 or half of a surrogate pair',
        },
      ],
    ],
    [
      'several mistakes',
      { kind: 'x', extra: 1 },
      [
        { pointer: '/name', detail: '`name` is missing' },
        { pointer: '/extra', detail: 'unknown field `extra`' },
        { pointer: '/kind', detail: '`kind` must be one of `automatic`, `manual`' },
      ],
    ],
  ];
  it.each(bodies)('when it has %s, the answer names it', async (_, body, errors) => {
    const { app, world } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things')
      .set(as('operator'))
      .send(body as object);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid_request');
    expect(answer.body.errors).toEqual(errors);
    expect(world.calls).toEqual([]);
  });

  it('when one thing is wrong, the detail says it', async () => {
    const { app } = await startFixture();
    const send = (body: object) =>
      request(app.server).post('/v1/things').set(as('operator')).send(body);
    expect((await send({ nmae: 'x', name: 'x' })).body.detail).toBe(
      'Unknown field `nmae`, did you mean `name`?',
    );
    expect((await send({})).body.detail).toBe('`name` is missing.');
    expect((await send({ nmae: 'x' })).body.detail).toBe(
      '2 fields or parameters are not valid; `errors` names each of them.',
    );
  });

  it('when fifty thousand fields are unknown, it names fifty', async () => {
    const { app } = await startFixture();
    const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`f${n}`, 0]));
    const answer = await request(app.server).post('/v1/things').set(as('operator')).send(fields);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(50);
  });

  it('when it has a secret in the wrong place, the answer does not repeat it', async () => {
    const { app, logs } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/tickets/redeem')
      .send({ token: 'canary', tokken: 'canary-too' });
    expect(answer.status).toBe(400);
    expect(answer.text + JSON.stringify(logs)).not.toContain('canary');
  });

  it('when the operation takes none, unknown fields are named and `{}` passes', async () => {
    const { app } = await startFixture();
    const start = () => request(app.server).post('/v1/things/x/start').set(as('operator'));
    expect((await start().send({ now: true })).body.errors).toEqual([
      { pointer: '/now', detail: 'unknown field `now`' },
    ]);
    expect((await start().send({})).status).toBe(202);
    expect((await start()).status).toBe(202);
  });

  it('when it is missing, the answer says what to send at least', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things')
      .set(as('operator'))
      .set('content-type', 'application/json');
    expect(answer.body.errors).toEqual([
      { pointer: '', detail: 'the body is missing; send JSON, `{}` at least' },
    ]);
  });
});

describe('parameters that are not valid', () => {
  const targets: [string, string, FieldError[]][] = [
    [
      'an unknown one',
      '/v1/things?stat=a',
      [{ parameter: 'stat', detail: 'unknown parameter `stat`, did you mean `state`?' }],
    ],
    [
      'a text for a number',
      '/v1/things?limit=many',
      [{ parameter: 'limit', detail: '`limit` must be of type integer' }],
    ],
    [
      'an empty number',
      '/v1/things?limit=',
      [{ parameter: 'limit', detail: '`limit` must be of type integer' }],
    ],
    [
      'too high a number',
      '/v1/things?limit=201',
      [{ parameter: 'limit', detail: '`limit` must be at most 200' }],
    ],
    [
      'one twice',
      '/v1/things?state=a&state=b',
      [{ parameter: 'state', detail: '`state` is given more than once' }],
    ],
    [
      'a number beyond all limits',
      '/v1/things?limit=99999999999999999999',
      [{ parameter: 'limit', detail: '`limit` must be at most 200' }],
    ],
    [
      'a long id',
      `/v1/things/${'x'.repeat(201)}`,
      [{ parameter: 'id', detail: '`id` must have at most 200 characters' }],
    ],
    [
      'U+0000 in an id',
      '/v1/things/a%00b',
      [{ parameter: 'id', detail: '`id` must not hold U+0000' }],
    ],
    [
      'U+0000 in a filter',
      '/v1/things?state=%00',
      [{ parameter: 'state', detail: '`state` must not hold U+0000' }],
    ],
  ];
  it.each(targets)('when there is %s, the answer names it', async (_, target, errors) => {
    const { app, world } = await startFixture();
    const answer = await request(app.server).get(target).set(as('operator'));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request', errors });
    expect(world.calls).toEqual([]);
  });

  it('when path, query and body are wrong, all three are named', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .patch(`/v1/things/${'x'.repeat(201)}?validate_only=maybe`)
      .set(as('operator'))
      .send({ name: 7 });
    expect(answer.body.errors).toEqual([
      { parameter: 'id', detail: '`id` must have at most 200 characters' },
      { parameter: 'validate_only', detail: '`validate_only` must be of type boolean' },
      { pointer: '/name', detail: '`name` must be of type string' },
    ]);
  });

  it.each([
    ['empty', ''],
    ['in two words', 'a b'],
    ['not in ASCII', 'ü'],
    ['too long', 'x'.repeat(256)],
  ])('when the Idempotency-Key is %s, it is refused by its own code', async (_, key) => {
    const { app, requests } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things')
      .set({ ...as('operator'), 'idempotency-key': key })
      .send({ name: 'x' });
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_idempotency_key' });
    expect(requests.changes).toEqual([]);
  });
});

describe('a request that is valid', () => {
  it('when it has parameters, the controller gets them decoded and typed', async () => {
    const { app, world } = await startFixture();
    await request(app.server).get('/v1/things?limit=7&state=a%20b').set(as('operator'));
    await request(app.server).get('/v1/things/arn:aws:iam::1:role%2Fx').set(as('operator'));
    expect(world.calls[0]).toMatchObject({ values: ['a b'], call: { page: { limit: 7 } } });
    expect(world.calls[1]).toMatchObject({ values: ['arn:aws:iam::1:role/x'] });
  });

  it('when it has a body, the controller gets it as it was sent', async () => {
    const { app, world } = await startFixture();
    const body = { name: 'ünïcödé 🔑', connections_max: null, metadata: { constructor: 'x' } };
    const answer = await request(app.server).post('/v1/things').set(as('operator')).send(body);
    expect(answer.status).toBe(201);
    expect(world.calls[0]?.values).toEqual([body]);
  });
});
