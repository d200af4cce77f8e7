import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as admissions from '../../src/storage/admissions.ts';
import * as connections from '../../src/storage/connections.ts';
import { createAmbience } from '../ambience.ts';
import { untilSomebodyWaits } from './lock-wait.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

interface Asking {
  service: EndpointService;
  customer: Customer;
  ownerAccountId: string;
  grantId: string;
}

const later = new Date('2099-01-01T00:00:00Z');

/** A customer with a proven account and a grant. */
async function asking(): Promise<Asking> {
  const service = await scene.service();
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  const terms = { connectionsMax: 5, endpointRegions: ['us-east-1'], expiresAt: later };
  const grantId = await scene.grant(customer, service, terms);
  return { service, customer, ownerAccountId: accountId, grantId };
}

const candidates = ({ service }: Asking) => admissions.candidates(db, [service.id]);

const decide = (id: string, decision: 'accept' | 'reject') =>
  connections.decide(db, id, { decision, decidedBy: 'key_1', reason: null });

describe('candidates', () => {
  it('when a connection waits, all that policy needs to know comes with it', async () => {
    const it = await asking();
    const { id, vpcEndpointId } = await scene.showConnection(it.service, it);
    expect(await candidates(it)).toEqual([
      {
        connectionId: id,
        vpcEndpointId,
        endpointRegion: 'us-east-1',
        customerId: it.customer.id,
        customerState: 'active',
        standing: 'proven',
        grant: {
          id: it.grantId,
          acceptance: 'automatic',
          connectionsMax: 5,
          endpointRegions: ['us-east-1'],
          expiresAt: later,
        },
        liveConnections: 0,
      },
    ]);
  });

  it('when the owner is nobody we know, all that is known of it is nothing', async () => {
    const it = await asking();
    await scene.showConnection(it.service, { ownerAccountId: scene.accountNumber() });
    expect(await candidates(it)).toMatchObject([
      { customerId: null, customerState: null, standing: null, grant: null, liveConnections: 0 },
    ]);
  });

  it('when the grant covers other accounts only, there is none', async () => {
    const it = await asking();
    await db.query(`UPDATE grants SET account_ids = '{999999999999}' WHERE id = $1`, [it.grantId]);
    await scene.showConnection(it.service, it);
    expect(await candidates(it)).toMatchObject([{ customerId: it.customer.id, grant: null }]);
  });

  it('when the same number is proven in another partition, it is asked for once', async () => {
    const it = await asking();
    const stranger = await scene.customer();
    const accountId = it.ownerAccountId;
    await scene.account(stranger, 'proven', { accountId, partition: 'aws-cn' });
    await scene.grant(stranger, it.service);
    await scene.showConnection(it.service, it);
    expect(await candidates(it)).toMatchObject([{ customerId: it.customer.id }]);
  });

  it('when only a stranger of another partition has the number, it is nobody we know', async () => {
    const it = await asking();
    const stranger = await scene.customer();
    const { accountId } = await scene.account(stranger, 'proven', { partition: 'aws-us-gov' });
    await scene.grant(stranger, it.service);
    await scene.showConnection(it.service, { ownerAccountId: accountId });
    expect(await candidates(it)).toMatchObject([{ customerId: null, grant: null }]);
  });

  it.each([
    ['pending', null, 1],
    ['available', null, 1],
    ['partial', null, 1],
    ['aStateOfTomorrow', null, 1],
    ['pendingAcceptance', 'accept', 1],
    ['pendingAcceptance', 'reject', 0],
    ['rejected', null, 0],
    ['deleted', null, 0],
    ['deleting', null, 0],
    ['failed', null, 0],
    ['expired', null, 0],
  ] as const)(
    'when another one is %s and decided %s, it counts %i',
    async (awsState, decision, count) => {
      const it = await asking();
      const { id } = await scene.showConnection(it.service, { ...it, awsState });
      if (decision) await decide(id, decision);
      await scene.showConnection(it.service, it);
      expect(await candidates(it)).toMatchObject([{ liveConnections: count }]);
    },
  );

  it('when one is decided or not waiting, it is no candidate', async () => {
    const it = await asking();
    const { id } = await scene.showConnection(it.service, it);
    await decide(id, 'reject');
    await scene.showConnection(it.service, { ...it, awsState: 'available' });
    expect(await candidates(it)).toEqual([]);
  });

  it('when several wait, the endpoint that AWS made first comes first', async () => {
    const it = await asking();
    const first = await scene.showConnection(it.service, it);
    clock.advance(1_000);
    const second = await scene.showConnection(it.service, it);
    const ids = (await candidates(it)).map(({ connectionId }) => connectionId);
    expect(ids).toEqual([first.id, second.id]);
  });
});

describe('a look at candidates', () => {
  it('when policy is deciding about them, it does not wait', async () => {
    const it = await asking();
    const { id } = await scene.showConnection(it.service, it);
    const seen = await db.transaction(async (tx) => {
      await admissions.candidates(tx, [it.service.id]);
      return admissions.candidates(db, [it.service.id], 'look');
    });
    expect(seen).toMatchObject([{ connectionId: id }]);
  });
});

describe('a decision of an operator', () => {
  it('when policy decides at the same moment, what the operator decided stays', async () => {
    const it = await asking();
    const { id } = await scene.showConnection(it.service, it);
    let rejected: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      const [candidate] = await admissions.candidates(tx, [it.service.id]);
      rejected = decide(id, 'reject');
      await Promise.race([rejected, untilSomebodyWaits(db)]);
      const decision = { decision: 'accept', decidedBy: 'policy', reason: null } as const;
      await connections.decide(tx, candidate!.connectionId, decision);
    });
    await rejected;
    expect(await connections.find(db, id, null)).toMatchObject({ decision: 'reject' });
  });
});
