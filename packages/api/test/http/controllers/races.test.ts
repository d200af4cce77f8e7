// Several requests at one moment, and a request beside a worker: one effect, one audit entry, and
// nobody waits for ever.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TargetName } from '../../../src/domain/target.ts';
import {
  connectionsTarget,
  principalsTarget,
  privateDnsTarget,
} from '../../../src/domain/target.ts';
import type { Queryable } from '../../../src/storage/postgres/database.ts';
import * as targets from '../../../src/storage/targets.ts';
import { startApi, type Api, type Who } from '../../harness.ts';
import { untilSomebodyWaits } from '../../storage/lock-wait.ts';
import { changeSamples, send, type Sending } from './requests.ts';
import { createWorld, hold, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

/** What became of requests that were sent at once. */
async function atOnce(sendings: Sending[], who: Who = 'operator') {
  const results: string[] = [];
  const entries = await api.audited(async () => {
    const answers = await Promise.all(sendings.map((sending) => send(api, who, sending)));
    results.push(...answers.map(({ status, body }) => (status < 300 ? 'fine' : `${body.code}`)));
  });
  return { results: results.sort(), entries };
}

const five = (sending: Sending) => Array.from({ length: 5 }, () => sending);

const repeatable = Object.entries(changeSamples).filter(([, { again }]) => again === 'nothing');
const once = Object.entries(changeSamples).filter(([, { again }]) => again.startsWith('refused'));

describe('the same request five times at once', () => {
  it.each(repeatable)(
    'when it is %s, all succeed and one entry tells of it',
    async (_, { make }) => {
      const { results, entries } = await atOnce(five(await make(world)));
      expect(results).toEqual(['fine', 'fine', 'fine', 'fine', 'fine']);
      expect(entries).toHaveLength(1);
    },
  );

  it.each(once)('when it is %s, one succeeds and the others are refused', async (id, sample) => {
    const who = ['redeemInvite', 'uploadObservation'].includes(id) ? 'nobody' : 'operator';
    const { results, entries } = await atOnce(five(await sample.make(world)), who);
    const code = sample.again.replace('refused ', '');
    expect(results).toEqual([code, code, code, code, 'fine'].sort());
    expect(entries).toHaveLength(1);
  });
});

describe('different requests at once', () => {
  it('when two aspects of a service are switched, both are', async () => {
    const service = await world.scene.service();
    const path = `/v1/endpoint-services/${service.id}/modes`;
    const aspects = ['principals', 'acceptance', 'private_dns'];
    await atOnce(
      aspects.map((aspect) => ({ method: 'patch', path, body: { [aspect]: 'observe' } })),
    );
    const { body } = await api.request('operator').get(`/v1/endpoint-services/${service.id}`);
    expect(Object.values(body.modes as object)).toEqual(['observe', 'observe', 'observe']);
  });

  it('when one accepts and one rejects, the entries tell the order in which it went', async () => {
    const { id } = await waiting();
    const both = ['accept', 'reject'].map((verb): Sending => {
      return { method: 'post', path: `/v1/connections/${id}/${verb}` };
    });
    const { entries } = await atOnce(both);
    const { body } = await api.request('operator').get(`/v1/connections/${id}`);
    const told = entries.map(({ before, after }) => [before?.decision, after?.decision]);
    const first = body.decision === 'accept' ? 'reject' : 'accept';
    expect(told.sort()).toEqual(
      [
        ['undecided', first],
        [first, body.decision],
      ].sort(),
    );
  });
});

describe('a request beside a worker that writes', () => {
  it('when a connection is decided while the region is recorded, both come to an end', async () => {
    const { id } = await waiting();
    const path = `/v1/connections/${id}/reject`;
    await beside(connectionsTarget(world.service), { method: 'post', path }, (tx) =>
      tx.query('UPDATE connections SET observed_at = $2 WHERE id = $1', [id, api.clock.now()]),
    );
  });

  it('when modes are set while the allowlist is recorded, both come to an end', async () => {
    const { id } = world.service;
    const path = `/v1/endpoint-services/${id}/modes`;
    const body = { acceptance: 'observe' };
    await beside(principalsTarget(id), { method: 'patch', path, body }, (tx) =>
      tx.query('UPDATE endpoint_services SET principals_read_at = $2 WHERE id = $1', [
        id,
        api.clock.now(),
      ]),
    );
    await api.request('operator').patch(path).send({ acceptance: 'manage' }).expect(200);
  });

  it('when a name is wanted while the old one is recorded, both come to an end', async () => {
    const { id } = world.service;
    const path = `/v1/endpoint-services/${id}/private-dns`;
    const body = { name: 'b.vendor.example' };
    await beside(privateDnsTarget(id), { method: 'put', path, body }, (tx) =>
      tx.query('UPDATE private_dns SET observed_at = $2 WHERE endpoint_service_id = $1', [
        id,
        api.clock.now(),
      ]),
    );
  });

  /** A worker holds the target, the request waits for it, and only then does the worker write. */
  async function beside(
    target: TargetName,
    sending: Sending,
    write: (tx: Queryable) => Promise<unknown>,
  ): Promise<void> {
    await targets.nudge(api.db, [target], api.clock.now());
    const [{ fence } = { fence: 0 }] = await api.db.query<{ fence: number }>(
      'SELECT fence FROM targets WHERE kind = $1 AND key = $2',
      [target.kind, target.key],
    );
    let answer: ReturnType<typeof send> | undefined;
    await api.db.transaction(async (tx) => {
      await targets.holds(tx, { ...target, fence } as targets.Lease);
      answer = send(api, 'operator', sending);
      await untilSomebodyWaits(api.db);
      await write(tx);
    });
    const { status, text } = await answer!;
    expect([status, text]).toEqual([200, expect.any(String)]);
  }
});

/** A connection that waits for a decision, of an account with standing. */
async function waiting() {
  const { account } = await hold(api, world.scene, world.service, await world.scene.customer());
  return world.scene.showConnection(world.service, { ownerAccountId: account.accountId });
}
