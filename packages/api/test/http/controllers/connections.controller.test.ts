import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/domain/connection.ts';
import { observeAll } from '../../../src/domain/endpoint-service.ts';
import * as customers from '../../../src/storage/customers.ts';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, hold, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const customer = () => api.request('customer');
const decide = ({ id }: Connection, verb: 'accept' | 'reject', body: object = {}) =>
  operator().post(`/v1/connections/${id}/${verb}`).send(body);

/** A connection of a customer with standing, in this state. */
async function connectionIn(awsState: string): Promise<Connection> {
  const owner = await world.scene.customer();
  const { account } = await hold(api, world.scene, world.service, owner);
  return world.scene.showConnection(world.service, { ownerAccountId: account.accountId, awsState });
}

describe('getConnection', () => {
  it('when it is named by its endpoint, it is the same as by its id', async () => {
    const { id, vpcEndpointId } = world.acme.connection;
    const byId = await customer().get(`/v1/connections/${id}`).expect(200);
    const byEndpoint = await customer().get(`/v1/connections/${vpcEndpointId}`).expect(200);
    expect(byEndpoint.body).toEqual(byId.body);
    expect(byId.body).toMatchObject({
      state: 'available',
      aws_state: 'available',
      decision: 'undecided',
      customer_id: api.acme.id,
      service_name: world.service.serviceName,
    });
  });

  it('when it is named by what AWS calls something else, both kinds are named', async () => {
    const path = `/v1/connections/${world.service.serviceId}`;
    const { body } = await customer().get(path).expect(400);
    expect(body.code).toBe('wrong_id_kind');
    expect(body.detail).toContain('the id of an endpoint service; this takes a connection');
  });

  it('when its owner is nobody we know, it is shown to staff all the same', async () => {
    const ownerAccountId = world.scene.accountNumber();
    const { id } = await world.scene.showConnection(world.service, { ownerAccountId });
    const { body } = await api.request('support').get(`/v1/connections/${id}`).expect(200);
    expect(body).toMatchObject({ customer_id: null, owner_account_id: ownerAccountId });
  });
});

describe('listConnections', () => {
  it('when it is filtered, each item has what was asked for', async () => {
    const service = await world.scene.service();
    const { accountId: ownerAccountId } = world.acme.account;
    const shown = { ownerAccountId, awsState: 'pending' };
    const { id } = await world.scene.showConnection(service, shown);
    const ended = { ownerAccountId, awsState: 'deleted' };
    await world.scene.showConnection(service, ended);
    const query = {
      endpoint_service_id: service.serviceId!,
      customer_id: 'acme',
      state: 'pending',
    };
    const { body } = await operator().get('/v1/connections').query(query).expect(200);
    expect(body.items).toMatchObject([{ id }]);
  });

  it('when the state is none that there is, it is refused', async () => {
    const { body } = await operator().get('/v1/connections?state=accepted').expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'state' }]);
  });
});

describe('a connection that AWS is to let through', () => {
  it('when it is pending for ten minutes, it is stuck, and the diagnosis says so', async () => {
    const { ownerAccountId } = world.acme.connection;
    const shown = { ownerAccountId, awsState: 'pending' };
    const { id } = await world.scene.showConnection(world.service, shown);
    const get = async () =>
      (await api.request('customer').get(`/v1/connections/${id}`).expect(200)).body;
    expect(await get()).toMatchObject({ state: 'pending', stuck_since: null });
    api.clock.advance(660_000);
    const since = new Date(api.clock.now().getTime() - 60_000).toISOString();
    expect(await get()).toMatchObject({ state: 'pending', stuck_since: since });
    const path = `/v1/connections/${id}/diagnosis`;
    const { body } = await api.request('support').get(path).expect(200);
    expect(body).toMatchObject({ works: 'unknown', turn: 'vendor' });
    expect(body.summary).toContain(`should have passed by ${since}`);
  });
});

describe('acceptConnection', () => {
  it('when it waits, it is decided by the key, and the region is woken', async () => {
    const connection = await connectionIn('pendingAcceptance');
    await api.db.query('DELETE FROM targets');
    const { body } = await decide(connection, 'accept', { reason: 'They called' }).expect(200);
    expect(body).toMatchObject({ decision: 'accept', decision_reason: 'They called' });
    expect(body.decided_by).toMatch(/^key_/);
    expect(await api.db.query('SELECT kind FROM targets')).toEqual([{ kind: 'connections' }]);
  });

  it.each(['', '/diagnosis'])(
    'when its customer reads it%s, who decided is the vendor',
    async (at) => {
      const { accountId } = world.acme.account;
      const connection = await world.scene.showConnection(world.service, {
        ownerAccountId: accountId,
      });
      const { body } = await decide(connection, 'accept', { reason: 'They called' }).expect(200);
      const { text } = await customer().get(`/v1/connections/${connection.id}${at}`).expect(200);
      expect([text.includes(body.decided_by as string), text.includes('vendor')]).toEqual([
        false,
        true,
      ]);
    },
  );

  it('when no reason is given, none is needed', async () => {
    const connection = await connectionIn('pendingAcceptance');
    const path = `/v1/connections/${connection.id}/accept`;
    const { body } = await operator().post(path).expect(200);
    expect(body).toMatchObject({ decision: 'accept', decision_reason: null });
  });

  it('when nobody has standing for its account, not even an operator lets it in', async () => {
    const ownerAccountId = world.scene.accountNumber();
    const connection = await world.scene.showConnection(world.service, { ownerAccountId });
    const { body } = await decide(connection, 'accept').expect(409);
    expect(body.code).toBe('account_without_standing');
    expect(body.remediation.command).toBe(`sallyport accounts get ${ownerAccountId}`);
  });

  it('when the proof has lapsed, it is refused', async () => {
    const connection = await connectionIn('pendingAcceptance');
    await api.db.query(`UPDATE accounts SET standing = 'lapsed' WHERE account_id = $1`, [
      connection.ownerAccountId,
    ]);
    const { body } = await decide(connection, 'accept').expect(409);
    expect(body.code).toBe('account_without_standing');
  });

  it.each(['suspended', 'offboarding'] as const)(
    'when the customer is %s, nothing new of it is let in',
    async (state) => {
      const connection = await connectionIn('pendingAcceptance');
      await customers.update(api.db, connection.customerId!, { state });
      const { body } = await decide(connection, 'accept').expect(409);
      expect(body.code).toBe('customer_not_active');
    },
  );

  it.each(['rejected', 'deleted', 'deleting', 'failed', 'expired'])(
    'when it is %s, it cannot come back',
    async (awsState) => {
      const { body } = await decide(await connectionIn(awsState), 'accept').expect(409);
      expect(body.code).toBe('invalid_state_transition');
    },
  );

  it('when acceptance is only observed, the command that switches it is told', async () => {
    const service = await world.scene.service({ modes: observeAll });
    const { accountId: ownerAccountId } = world.acme.account;
    const connection = await world.scene.showConnection(service, { ownerAccountId });
    const { body } = await decide(connection, 'accept').expect(409);
    expect(body.code).toBe('aspect_not_managed');
    expect(body.remediation.command).toContain(`${service.id} --acceptance manage`);
  });
});

describe('rejectConnection', () => {
  it.each(['pendingAcceptance', 'pending', 'available'])(
    'when it is %s, the customer can read why',
    async (awsState) => {
      const { accountId: ownerAccountId } = world.acme.account;
      const shown = { ownerAccountId, awsState };
      const connection = await world.scene.showConnection(world.service, shown);
      await decide(connection, 'reject', { reason: 'Unpaid' }).expect(200);
      const { body } = await customer().get(`/v1/connections/${connection.id}`).expect(200);
      expect(body).toMatchObject({ decision: 'reject', decision_reason: 'Unpaid' });
    },
  );

  it('when nobody knows the owner, it can be rejected', async () => {
    const ownerAccountId = world.scene.accountNumber();
    const connection = await world.scene.showConnection(world.service, { ownerAccountId });
    const { body } = await decide(connection, 'reject').expect(200);
    expect(body.decision).toBe('reject');
  });

  it('when it was accepted before, the decision is the new one', async () => {
    const connection = await connectionIn('pendingAcceptance');
    await decide(connection, 'accept').expect(200);
    const { body } = await decide(connection, 'reject', { reason: 'Second thoughts' }).expect(200);
    expect(body).toMatchObject({ decision: 'reject', decision_reason: 'Second thoughts' });
  });

  it('when the reason is empty, it is refused', async () => {
    const connection = await connectionIn('available');
    const { body } = await decide(connection, 'reject', { reason: '' }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/reason' }]);
  });
});

describe('getConnectionHistory', () => {
  it('when it was in several states, each is there with its time', async () => {
    const { id, vpcEndpointId, ownerAccountId } = await connectionIn('pendingAcceptance');
    const first = api.clock.now().toISOString();
    api.clock.advance(1_000);
    const shown = { vpcEndpointId, ownerAccountId, awsState: 'available' };
    await world.scene.showConnection(world.service, shown);
    const { body } = await operator().get(`/v1/connections/${id}/history`).expect(200);
    expect(body).toEqual({
      connection_id: id,
      transitions: [
        { at: first, from: null, to: 'pendingAcceptance' },
        { at: api.clock.now().toISOString(), from: 'pendingAcceptance', to: 'available' },
      ],
    });
  });
});

describe('diagnoseConnection', () => {
  const diagnose = async (id: string) =>
    (await api.request('support').get(`/v1/connections/${id}/diagnosis`).expect(200)).body;

  it('when all is well, it works and it is the turn of nobody', async () => {
    await world.scene.showPrincipals(world.service, [world.acme.arn, world.globex.arn]);
    const { id, vpcEndpointId } = world.acme.connection;
    const answer = await diagnose(id);
    expect(answer).toMatchObject({ works: 'yes', turn: 'nobody', vpc_endpoint_id: vpcEndpointId });
    const names = answer.checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'account',
      'grant',
      'principal',
      'service',
      'acceptance',
      'connection',
      'private_dns',
      'zones',
      'vpc_dns',
      'endpoint_dns',
      'dns',
      'security_groups',
      'listener',
      'targets',
      'tcp',
      'tls',
      'certificate',
      'traffic',
    ]);
  });

  it('when it waits and nobody knows the owner, it is the turn of the customer', async () => {
    const ownerAccountId = world.scene.accountNumber();
    const { id } = await world.scene.showConnection(world.service, { ownerAccountId });
    const answer = await diagnose(id);
    expect(answer).toMatchObject({ works: 'no', turn: 'customer' });
    expect(answer.next.command).toContain(ownerAccountId);
  });

  it('when the customer asks itself, it gets the same answer as staff', async () => {
    const { id } = world.acme.connection;
    const { body } = await customer().get(`/v1/connections/${id}/diagnosis`).expect(200);
    expect(body).toEqual(await diagnose(id));
  });
});
