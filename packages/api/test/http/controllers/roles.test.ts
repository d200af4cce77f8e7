// Who may do what: the ledger, written by hand, against the contract and against the service.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatKey } from '../../../src/domain/api-key.ts';
import { spec, startApi, type Api, type Who } from '../../harness.ts';
import { sample, send } from './requests.ts';
import ledger from './roles.ledger.json' with { type: 'json' };
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
const entries = Object.entries(ledger as Record<string, string[]>);
const callers: Who[] = ['operator', 'support', 'customer', 'nobody'];

describe('the ledger of roles', () => {
  it('when the contract gives roles, they are those of the ledger', () => {
    const given = operations.map((item) => [item.operationId, item['x-roles']]);
    expect(Object.fromEntries(given)).toEqual(ledger);
  });

  it.each(entries)('when %s is sent with each role, %j pass and no others', async (id, roles) => {
    const { responses } = operations.find(({ operationId }) => operationId === id)!;
    // A PUT has two, and the samples make what was not there.
    const success = Number(Object.keys(responses).findLast((status) => status.startsWith('2')));
    for (const who of callers) {
      const { status } = await send(api, who, await sample(world, id));
      const passes = roles.includes('anyone') || roles.includes(who);
      expect([who, status]).toEqual([who, passes ? success : who === 'nobody' ? 401 : 403]);
    }
  });

  it('when a key is of no use, it is told in the same words as no such key', async () => {
    const unknown = formatKey('operator', new Uint8Array(32));
    const details = await refusals([await revokedKey(), unknown]);
    expect(new Set(details).size).toBe(1);
  });

  it('when a key is mistyped, that is told in words of its own', async () => {
    const swapped = api.keys.support.replace(/^sallyport_support/, 'sallyport_operator');
    const details = await refusals(['x', `${api.keys.operator}x`, swapped]);
    expect(new Set(details)).toEqual(new Set([expect.stringContaining('mistyped')]));
  });

  async function refusals(secrets: string[]): Promise<string[]> {
    const answers = secrets.map((secret) =>
      api.request({ secret }).get('/v1/customers').expect(401),
    );
    return (await Promise.all(answers)).map(({ body }) => body.detail as string);
  }

  async function revokedKey(): Promise<string> {
    const made = { name: 'short-lived', role: 'operator' };
    const { body } = await api.request('operator').post('/v1/api-keys').send(made).expect(201);
    await api.request({ secret: body.secret }).get('/v1/customers').expect(200);
    await api.request('operator').delete(`/v1/api-keys/${body.id}`).expect(204);
    return body.secret as string;
  }
});
