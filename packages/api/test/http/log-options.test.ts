import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logOptions } from '../../src/http/log-options.ts';

function logged(write: (logger: ReturnType<typeof pino>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(pino(logOptions, { write: (line: string) => lines.push(line) }) as never);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

it.each([
  [{ authorization: 'canary' }],
  [{ headers: { authorization: 'canary', cookie: 'canary' } }],
  [{ req: { headers: { authorization: 'canary' } } }],
  [{ body: { session_token: 'canary', signature: 'canary', secret: 'canary', token: 'canary' } }],
  [{ proof: { sessionToken: 'canary' } }],
  [{ Authorization: 'canary' }],
  [{ list: [{ a: [{ b: { token: 'canary' } }] }] }],
  [Object.assign(Object.create(null), { deep: { secret: ['canary'] } })],
])('when %j is logged, its secrets are not', (object) => {
  const line = logged((logger) => logger.info(object, 'x'));
  expect(JSON.stringify(line)).not.toContain('canary');
  expect(JSON.stringify(line)).toContain('[redacted]');
});

it('when an error is logged, its causes are and its other members are not', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'canary' });
  const line = logged((logger) => logger.error({ err: new TypeError('outer', { cause }) }, 'x'));
  expect(line).toMatchObject({
    level: 'error',
    message: 'x',
    err: {
      name: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('log-options.test.ts'),
      cause: { message: 'duplicate key', code: '23505' },
    },
  });
  expect(JSON.stringify(line)).not.toContain('canary');
});

it('when an error is its own cause, it is logged all the same', () => {
  const error = new Error('round');
  error.cause = error;
  expect(logged((logger) => logger.error({ err: error }, 'x'))).toMatchObject({
    err: { message: 'round', cause: { message: 'round' } },
  });
});

it('when something is logged, its time is RFC 3339', () => {
  const { time } = logged((logger) => logger.info('x'));
  expect(new Date(time as string).toISOString()).toBe(time);
});

it('when an object has nothing to hide, it is logged as it is', () => {
  const object = { a: [1, { b: null }], at: new Date(0), list: [], tokens: 3 };
  expect(logged((logger) => logger.info(object, 'x'))).toMatchObject({
    ...object,
    at: '1970-01-01T00:00:00.000Z',
  });
});

it('when an object is its own member, it is logged all the same', () => {
  const object: Record<string, unknown> = { a: 1 };
  object.self = object;
  expect(JSON.stringify(logged((logger) => logger.info(object, 'x')))).toContain('too deep');
});
