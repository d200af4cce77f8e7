import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owns, standings } from '../../src/domain/account.ts';
import { connectionStates, decisions, isSettled } from '../../src/domain/connection.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as connections from '../../src/storage/connections.ts';
import { listUnsettled } from '../../src/storage/unsettled-connections.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
let service: EndpointService;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
  service = await scene.service();
});
afterAll(() => db.close());

const page = { limit: 50, after: null };

/** Shows one endpoint in these states, a second apart. */
async function shownIn(...awsStates: string[]) {
  const vpcEndpointId = scene.vpcEndpointId();
  const ownerAccountId = scene.accountNumber();
  for (const awsState of awsStates) {
    clock.advance(1_000);
    await scene.showConnection(service, { ownerAccountId, vpcEndpointId, awsState });
  }
  const connection = (await connections.find(db, vpcEndpointId, null))!;
  return { connection, transitions: await connections.transitions(db, connection.id) };
}

describe('recordSeen', () => {
  it('when a connection is seen for the first time, that is its first transition', async () => {
    const { connection, transitions } = await shownIn('pendingAcceptance');
    expect(transitions).toEqual([{ at: clock.now(), from: null, to: 'pendingAcceptance' }]);
    expect(connection).toMatchObject({ decision: 'undecided', firstSeenAt: clock.now() });
  });

  it('when a connection is read, it names the service as the customer knows it', async () => {
    const { connection } = await shownIn('available');
    expect(connection.serviceName).toBe(service.serviceName);
  });

  it('when the state changes, each change is one transition', async () => {
    const { transitions } = await shownIn('pendingAcceptance', 'pending', 'available', 'pending');
    const steps = transitions.map(({ from, to }) => [from, to]);
    expect(steps).toEqual([
      [null, 'pendingAcceptance'],
      ['pendingAcceptance', 'pending'],
      ['pending', 'available'],
      ['available', 'pending'],
    ]);
  });

  it('when it has changed more often than is told, the newest changes are', async () => {
    const { connection } = await shownIn('available');
    await db.query(
      `INSERT INTO connection_transitions (connection_id, at, from_state, to_state)
       SELECT $1, $2::timestamptz + n * interval '1 second', 'available', 'pending'
       FROM generate_series(1, 600) n`,
      [connection.id, clock.now()],
    );
    const told = await connections.transitions(db, connection.id);
    const at = (seconds: number) => new Date(clock.now().getTime() + seconds * 1_000);
    expect([told.length, told[0]!.at, told.at(-1)!.at]).toEqual([500, at(101), at(600)]);
  });

  it('when the state stays, there is no transition and only the look is newer', async () => {
    const { connection, transitions } = await shownIn('available', 'available');
    expect(transitions).toHaveLength(1);
    expect(connection.observedAt).toEqual(clock.now());
    expect(connection.stateSince).toEqual(new Date(clock.now().getTime() - 1_000));
  });

  it('when only the spelling changes, there is no transition', async () => {
    const { connection, transitions } = await shownIn('Available', 'available');
    expect(transitions).toHaveLength(1);
    expect(connection.awsState).toBe('available');
  });

  it('when it is seen again, neither the id nor the decision changes', async () => {
    const { connection } = await shownIn('pendingAcceptance');
    const decision = { decision: 'accept', decidedBy: 'policy', reason: null } as const;
    await connections.decide(db, connection.id, decision);
    await scene.showConnection(service, { ...connection, awsState: 'pending' });
    const after = await connections.find(db, connection.vpcEndpointId, null);
    expect(after).toMatchObject({ id: connection.id, decision: 'accept', state: 'pending' });
  });

  it('when several workers see a new one at once, it is there once', async () => {
    const shown = { ownerAccountId: scene.accountNumber(), vpcEndpointId: scene.vpcEndpointId() };
    await Promise.all([1, 2, 3, 4, 5].map(() => scene.showConnection(service, shown)));
    const { id } = (await connections.find(db, shown.vpcEndpointId, null))!;
    expect(await connections.transitions(db, id)).toHaveLength(1);
  });

  it('when several workers see it change at once, that is one transition', async () => {
    const { connection } = await shownIn('pendingAcceptance');
    const changed = { ...connection, awsState: 'available' };
    await Promise.all([1, 2, 3, 4, 5].map(() => scene.showConnection(service, changed)));
    expect(await connections.transitions(db, connection.id)).toHaveLength(2);
  });
});

describe('the customer of a connection', () => {
  it.each(standings)('when its account is %s, it is known as the domain says', async (standing) => {
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, standing);
    const { customerId } = await scene.showConnection(service, { ownerAccountId: accountId });
    expect(customerId).toBe(owns(standing) ? customer.id : null);
  });

  it('when the same number is proven in another partition, it is not the owner', async () => {
    const accountId = scene.accountNumber();
    const stranger = await scene.customer();
    await scene.account(stranger, 'proven', { accountId, partition: 'aws-cn' });
    const shown = await scene.showConnection(service, { ownerAccountId: accountId });
    expect(shown.customerId).toBeNull();
    expect(await connections.find(db, shown.id, stranger.id)).toBeNull();
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eu-central-1', 'aws'],
  ] as const)(
    'when the endpoint is in %s, its owner is of %s',
    async (endpointRegion, partition) => {
      const customer = await scene.customer();
      const { accountId } = await scene.account(customer, 'proven', { partition });
      const shown = { ownerAccountId: accountId, endpointRegion };
      expect((await scene.showConnection(service, shown)).customerId).toBe(customer.id);
    },
  );
});

describe('find and list', () => {
  it('when a tenant looks, it sees the connections of its own accounts only', async () => {
    const mine = await scene.account(await scene.customer(), 'proven');
    const theirs = await scene.account(await scene.customer(), 'proven');
    const { id } = await scene.showConnection(service, { ownerAccountId: mine.accountId });
    const other = await scene.showConnection(service, { ownerAccountId: theirs.accountId });
    const listed = await connections.list(db, { customerId: mine.customerId }, page);
    expect(listed.map((connection) => connection.id)).toEqual([id]);
    expect(await connections.find(db, other.vpcEndpointId, mine.customerId)).toBeNull();
  });

  it('when it is filtered, every item has what was asked for', async () => {
    const other = await scene.service();
    const ownerAccountId = scene.accountNumber();
    await scene.showConnection(other, { ownerAccountId, awsState: 'available' });
    await scene.showConnection(other, { ownerAccountId, awsState: 'deleted' });
    const filter = { endpointServiceId: other.id, state: 'available' };
    expect(await connections.list(db, filter, page)).toMatchObject([{ state: 'available' }]);
    expect(await connections.listPresent(db, [other.id])).toHaveLength(1);
  });
});

describe('listUnsettled', () => {
  it('when connections are in all states, it has those neither settled nor gone', async () => {
    const other = await scene.service();
    const cells = decisions.flatMap((decision) =>
      connectionStates.map((state) => ({ decision, state })),
    );
    for (const { decision, state } of cells) {
      const { id } = await scene.showConnection(other, { ownerAccountId: scene.accountNumber() });
      const text = 'UPDATE connections SET decision = $2, state = $3 WHERE id = $1';
      await db.query(text, [id, decision, state]);
    }
    const found = await listUnsettled(db, other.id);
    const wanted = cells.filter((cell) => cell.state !== 'deleted' && !isSettled(cell));
    expect(found.map(({ decision, state }) => ({ decision, state }))).toEqual(wanted);
  });
});

describe('hold and decide', () => {
  it('when a connection was held and is decided, the reason for holding goes', async () => {
    const { connection } = await shownIn('pendingAcceptance');
    await connections.hold(db, [{ connectionId: connection.id, reason: 'no_grant' }]);
    const held = await connections.find(db, connection.id, null);
    const decision = { decision: 'reject', decidedBy: 'key_1', reason: 'unpaid' } as const;
    await connections.decide(db, connection.id, decision);
    const decided = await connections.find(db, connection.id, null);
    expect(held).toMatchObject({ decision: 'undecided', holdReason: 'no_grant' });
    expect(decided).toMatchObject({ decisionReason: 'unpaid', holdReason: null });
  });

  it('when it is decided, it is not held any more', async () => {
    const { connection } = await shownIn('pendingAcceptance');
    const decision = { decision: 'accept', decidedBy: 'policy', reason: null } as const;
    await connections.decide(db, connection.id, decision);
    await connections.hold(db, [{ connectionId: connection.id, reason: 'no_grant' }]);
    expect((await connections.find(db, connection.id, null))?.holdReason).toBeNull();
  });
});
