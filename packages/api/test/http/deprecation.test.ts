// What an operation says that will go one day. None of the contract does yet.

import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { deprecationHeaders } from '../../src/http/deprecation.ts';
import type { Spec } from '../../src/http/spec.ts';
import { contractOperations } from './contract-server.ts';
import { fixtureSpec } from './fixture-spec.ts';
import { as, startFixture } from './fixture-server.ts';

const deprecation = { since: '2027-01-01', sunset: '2027-07-01', link: '/docs#things' };
const told = {
  deprecation: '@1798761600',
  sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
  link: '</docs#things>; rel="deprecation"; type="text/html"',
};

function withDeprecation(): Spec {
  const spec = structuredClone(fixtureSpec);
  spec.paths['/v1/things/{id}']!.get!['x-deprecation'] = deprecation;
  return spec;
}

describe('an operation that is deprecated', () => {
  it('when it is answered or refused, the answer says since when, until when and why', async () => {
    const { app } = await startFixture({ spec: withDeprecation() });
    for (const headers of [as('operator'), {}]) {
      const answer = await request(app.server).get('/v1/things/a').set(headers);
      expect(answer.headers).toMatchObject(told);
    }
  });

  it('when another one is answered, it says nothing', async () => {
    const { app } = await startFixture({ spec: withDeprecation() });
    const { headers } = await request(app.server).get('/v1/things').set(as('operator'));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['deprecation']));
  });

  it('when a day is none, the service does not start', () => {
    expect(() => deprecationHeaders({ since: '2027-1-1' })).toThrow('is no day');
    expect(() => deprecationHeaders({ since: '2027-13-01' })).toThrow('is no day');
  });

  it('when the contract is looked through, none is', () => {
    expect(contractOperations.filter((one) => one['x-deprecation'])).toEqual([]);
  });
});
