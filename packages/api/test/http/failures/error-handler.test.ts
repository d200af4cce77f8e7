import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { errorCatalogue, refuse } from '../../../src/domain/errors.ts';
import type { ErrorCode } from '../../../src/domain/errors.ts';
import { DatabaseUnavailableError } from '../../../src/storage/postgres/errors.ts';
import { as, startFixture } from '../fixture-server.ts';

const coded = (code: string) => Object.assign(new Error('canary'), { code });

describe('a refusal', () => {
  it.each(Object.keys(errorCatalogue) as ErrorCode[])(
    'when its code is %s, the problem is that of the catalogue',
    async (code) => {
      const { app, world, logs } = await startFixture();
      world.answer = () => {
        throw refuse(code, 'What is wrong.', { fields: [{ pointer: '/a', detail: 'b' }] });
      };
      const answer = await request(app.server)
        .get('/v1/things/a?')
        .set({ ...as('operator'), 'x-request-id': 'trace-1' });
      const { status, title, remediation } = errorCatalogue[code];
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.body).toEqual({
        type: `/errors/${code}`,
        title,
        status,
        detail: 'What is wrong.',
        instance: '/v1/things/a',
        code,
        request_id: 'trace-1',
        errors: [{ pointer: '/a', detail: 'b' }],
        remediation,
      });
      expect(logs.filter(({ level }) => level !== 'info')).toEqual([]);
    },
  );

  it('when it has a command, it goes before that of the catalogue', async () => {
    const { app, world } = await startFixture();
    world.answer = () => {
      throw refuse('account_without_standing', 'x', { command: 'sallyport accounts get acct_1' });
    };
    const answer = await request(app.server).get('/v1/things/a').set(as('operator'));
    expect(answer.body.remediation.command).toBe('sallyport accounts get acct_1');
    expect(answer.body).not.toHaveProperty('errors');
  });

  it.each([
    ['idempotency_in_progress', '1'],
    ['unavailable', '2'],
    ['already_exists', undefined],
  ] as const)('when its code is %s, Retry-After is %s', async (code, retryAfter) => {
    const { app, world } = await startFixture();
    world.answer = () => {
      throw refuse(code, 'x');
    };
    const answer = await request(app.server).get('/v1/things/a').set(as('operator'));
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });
});

describe('an outage', () => {
  const outages: [string, unknown][] = [
    ['the error of storage', new DatabaseUnavailableError(new Error('canary'))],
    ['an error around it', new Error('x', { cause: new DatabaseUnavailableError('canary') })],
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', '57P01', '57P03', '57014', '08006', '53300']
      .concat(['40001', '40P01', '55P03', '25006'])
      .map((code): [string, unknown] => [code, coded(code)]),
  ];
  it.each(outages)('when it is %s, the answer is to try again', async (_, error) => {
    const { app, world, logs } = await startFixture();
    world.answer = () => {
      throw error;
    };
    const answer = await request(app.server).get('/v1/things/a').set(as('operator'));
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.body).toMatchObject({ code: 'unavailable' });
    expect(answer.text).not.toContain('canary');
    expect(logs.filter(({ level }) => level === 'warn')).toMatchObject([
      { err: { stack: expect.any(String) } },
    ]);
  });

  it('when it hits the check of the key, the answer is no 401', async () => {
    const { app, requests } = await startFixture();
    requests.authenticate = () => Promise.reject(coded('ECONNREFUSED'));
    const answer = await request(app.server).get('/v1/things').set(as('operator'));
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' });
  });
});

describe('a defect', () => {
  const defects: [string, unknown, object][] = [
    ['an error', new TypeError('canary of undefined'), { err: { name: 'TypeError' } }],
    ['a failing statement', coded('42703'), { err: { code: '42703' } }],
    ['an error that claims a status', Object.assign(new Error('canary'), { statusCode: 404 }), {}],
    ['no error at all', 'canary', { err: { message: 'canary' } }],
    ['nothing', undefined, {}],
  ];
  it.each(defects)(
    'when %s is thrown, it is logged once and told to nobody',
    async (_, thrown, line) => {
      const { app, world, logs } = await startFixture();
      world.answer = () => {
        throw thrown;
      };
      const answer = await request(app.server).get('/v1/things/a').set(as('operator'));
      expect(answer.status).toBe(500);
      expect(answer.body).toMatchObject({ code: 'internal_error' });
      expect(answer.text).not.toContain('canary');
      const errors = logs.filter(({ level }) => level === 'error');
      expect(errors).toMatchObject([{ request_id: answer.headers['x-request-id'], ...line }]);
    },
  );

  it('when it is logged, the log has the stack and not the row', async () => {
    const { app, world, logs } = await startFixture();
    world.answer = () => {
      throw Object.assign(coded('23505'), { detail: 'Key (secret)=(row-canary) exists' });
    };
    await request(app.server).get('/v1/things/a').set(as('operator'));
    expect(logs[0]).toMatchObject({
      err: { stack: expect.stringContaining('error-handler.test') },
    });
    expect(JSON.stringify(logs)).not.toContain('row-canary');
  });
});
