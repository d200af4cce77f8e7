// HEAD tells of what a GET would answer, and sends none of it (RFC 9110, section 9.3.2).

import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { thing } from './fixture-world.ts';
import { as, startFixture } from './fixture-server.ts';

const ofTheMoment = new Set(['date', 'x-request-id']);

describe('a HEAD', () => {
  it.each(['/v1/things/a', '/v1/things', '/openapi.json', '/errors/not_found', '/docs'])(
    'when it is of %s, it has the headers of a GET, and no body',
    async (target) => {
      const { app, world } = await startFixture({ docs: true });
      world.things.set('a', thing('a'));
      const read = await request(app.server).get(target).set(as('operator'));
      const head = await request(app.server).head(target).set(as('operator'));
      expect(head.status).toBe(200);
      expect(stable(head.headers)).toEqual(stable(read.headers));
      expect(head.text ?? '').toBe('');
    },
  );

  it.each([
    ['without a key', {}, '/v1/things/a', 401],
    ['by a role that may not', as('customer'), '/v1/private-things', 404],
  ])('when it is %s, it is refused as a GET is', async (_, headers, target, status) => {
    const { app } = await startFixture();
    const read = await request(app.server).get(target).set(headers);
    const head = await request(app.server).head(target).set(headers);
    expect([read.status, head.status]).toEqual([status, status]);
    expect(head.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

function stable(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheMoment.has(name)));
}
