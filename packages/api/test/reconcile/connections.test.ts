// Connections against the simulator: let in by policy and by people, and seen through every state.

import { move } from '@sallyport/aws-simulator';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/domain/connection.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as storage from '../../src/storage/connections.ts';
import * as connections from '../../src/usecases/connections.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import { surviveDeaths } from './deaths.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { lostAnswer } from './hooked-aws.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

/** Long enough for each state to be seen. */
const slowly = { delays: { endpointAvailable: 1_500, endpointDeleted: 1_500 } };

const accept = 'AcceptVpcEndpointConnections ok';
const reject = 'RejectVpcEndpointConnections ok';

async function seen({ db }: Stage, vpcEndpointId: string): Promise<Connection> {
  return (await storage.find(db, vpcEndpointId, null))!;
}

async function history(stage: Stage, vpcEndpointId: string): Promise<string[]> {
  const { id } = await seen(stage, vpcEndpointId);
  return (await storage.transitions(stage.db, id)).map(({ to }) => to);
}

function decide(stage: Stage, vpcEndpointId: string, decision: 'accept' | 'reject') {
  return stage.change((context) => connections.decide(context, vpcEndpointId, decision, 'Asked.'));
}

/** A service that lets Acme make endpoints. */
async function acmeOnStage(stage: Stage) {
  const { account, service } = await serviceOnStage(stage);
  const parties = await letIn(stage, service, acme);
  await stage.pass(3_000);
  return { ...parties, providerAccount: account, service };
}

/** An endpoint of an account that only a hand in AWS has let in. */
async function connectByHand(stage: Stage, { serviceId }: PresentService, accountId: string) {
  await stage.hands.allow(serviceId, [rootArn(accountId)]);
  return stage.hands.connect(accountId, serviceId);
}

describe('an endpoint that policy lets in', () => {
  it('when it is made, it is accepted within seconds by one call, and seen to be up', async () => {
    const stage = await stageOfTest(slowly);
    const { customer, service } = await acmeOnStage(stage);
    const id = await stage.hands.connect(acme, service.serviceId);
    const calls = await changesDuring(stage, () => stage.pass(8_000));
    expect(calls).toEqual([accept]);
    expect(stage.glance.state(id)).toBe('available');
    expect(await seen(stage, id)).toMatchObject({
      state: 'available',
      decision: 'accept',
      decidedBy: 'policy',
      holdReason: null,
      ownerAccountId: acme,
      customerId: customer.id,
    });
    expect(await history(stage, id)).toEqual(['pendingAcceptance', 'pending', 'available']);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
  });

  it('when several are made, they are accepted by one call', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    await letIn(stage, service, globex);
    await stage.pass(3_000);
    for (const account of [acme, acme, globex]) {
      await stage.hands.connect(account, service.serviceId);
    }
    expect(await changesDuring(stage, () => stage.pass(8_000))).toEqual([accept]);
    const rows = await stage.db.query('SELECT state FROM connections');
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ state: 'available' })));
  });

  it('when the answer to the accept is lost, it is not accepted twice', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    let lost = 0;
    stage.hooks.after = ({ name }) => {
      if (name === 'accept' && lost++ === 0) throw lostAnswer();
    };
    const id = await stage.hands.connect(acme, service.serviceId);
    expect(await changesDuring(stage, () => stage.pass(10_000))).toEqual([accept]);
    expect(await seen(stage, id)).toMatchObject({ state: 'available' });
    expect(await outcomes(stage)).toEqual(['unknown']);
  });

  it('when its owner deletes it, it is deleted, and nothing is asked of it', async () => {
    const stage = await stageOfTest(slowly);
    const { service } = await acmeOnStage(stage);
    const id = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    await stage.hands.deleteEndpoint(id);
    expect(await changesDuring(stage, () => readAgain(stage, service, 6))).toEqual([]);
    expect(stage.glance.state(id)).toBeNull();
    expect(await seen(stage, id)).toMatchObject({ state: 'deleted' });
    const states = ['pendingAcceptance', 'pending', 'available', 'deleting', 'deleted'];
    expect(await history(stage, id)).toEqual(states);
  });

  it('when the service asks for no acceptance, it is just seen', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    await stage.hands.vendor().ec2.modifyVpcEndpointServiceConfiguration({
      ServiceId: service.serviceId,
      AcceptanceRequired: false,
    });
    const id = await connectByHand(stage, service, globex);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(await seen(stage, id)).toMatchObject({
      state: 'available',
      decision: 'undecided',
      customerId: null,
    });
    expect((await serviceNow(stage, service.id)).observed).toMatchObject({
      acceptanceRequired: false,
    });
  });

  it('when AWS shows a state that nobody knows, it waits and says what AWS said', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    const id = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    move(stage.simulator.world.endpoints.get(id)!, 'quarantined' as 'failed');
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(await seen(stage, id)).toMatchObject({ state: 'unknown', awsState: 'quarantined' });
    move(stage.simulator.world.endpoints.get(id)!, 'available');
    await stage.pass(2_000);
    expect(await seen(stage, id)).toMatchObject({ state: 'available' });
  });
});

describe('an endpoint that policy holds', () => {
  it.each([
    ['its owner is nobody we know', 'unknown_owner', null],
    ['the grant asks for people', 'manual_acceptance', { acceptance: 'manual' }],
    ['the grant covers another account', 'no_grant', { accountIds: [globex] }],
    ['the limit is reached', 'connection_limit', { connectionsMax: 0 }],
  ] as const)('when %s, it waits and says so', async (_, reason, terms) => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    if (terms) {
      const customer = await stage.operator.customer('acme');
      await stage.operator.attest(customer, acme);
      const accountIds = 'accountIds' in terms ? [...terms.accountIds] : [];
      await stage.operator.grant(customer, service, { ...terms, accountIds });
    }
    const id = await connectByHand(stage, service, acme);
    const calls = await changesDuring(stage, () => stage.pass(8_000));
    expect(calls.filter((call) => !call.startsWith('ModifyVpcEndpointServicePerm'))).toEqual([]);
    expect(stage.glance.state(id)).toBe('pendingAcceptance');
    expect(await seen(stage, id)).toMatchObject({ decision: 'undecided', holdReason: reason });
  });

  it('when the customer has no grant on the service, it waits and says so', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.operator.attest(await stage.operator.customer('acme'), acme);
    const id = await connectByHand(stage, service, acme);
    expect(await changesDuring(stage, () => stage.pass(8_000))).toEqual([]);
    expect(await seen(stage, id)).toMatchObject({ holdReason: 'no_grant' });
  });

  it.each([
    ['claimed', 'unknown_owner'],
    ['disputed', 'unknown_owner'],
    ['lapsed', 'account_without_standing'],
  ] as const)('when the account is %s, it waits and says so', async (standing, reason) => {
    const stage = await stageOfTest();
    const { account, service } = await acmeOnStage(stage);
    await accounts.setStanding(stage.db, account.id, { standing }, stage.clock.now());
    const id = await connectByHand(stage, service, acme);
    const calls = await changesDuring(stage, () => stage.pass(8_000));
    expect(calls.filter((call) => call.startsWith('Accept'))).toEqual([]);
    expect(await seen(stage, id)).toMatchObject({ decision: 'undecided', holdReason: reason });
  });

  it('when the customer is suspended, it waits and says so', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    await stage.db.query(`UPDATE customers SET state = 'suspended'`);
    const id = await connectByHand(stage, service, acme);
    await stage.pass(8_000);
    expect(stage.glance.state(id)).toBe('pendingAcceptance');
    expect(await seen(stage, id)).toMatchObject({ holdReason: 'customer_not_active' });
  });

  it('when the owner becomes known, it is let in', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const id = await connectByHand(stage, service, acme);
    await stage.pass(8_000);
    expect(await seen(stage, id)).toMatchObject({ holdReason: 'unknown_owner' });
    await letIn(stage, service, acme);
    expect(await changesDuring(stage, () => stage.pass(8_000))).toEqual([accept]);
    expect(await seen(stage, id)).toMatchObject({ state: 'available', holdReason: null });
  });

  it('when two ask for the last place at once, the older one gets it', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const customer = await stage.operator.customer('acme');
    await stage.operator.attest(customer, acme);
    await stage.operator.grant(customer, service, { connectionsMax: 2 });
    await stage.pass(3_000);
    await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    const second = await stage.hands.connect(acme, service.serviceId);
    stage.clock.advance(1_000);
    const third = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    expect(await seen(stage, second)).toMatchObject({ state: 'available' });
    expect(await seen(stage, third)).toMatchObject({
      state: 'pendingAcceptance',
      holdReason: 'connection_limit',
    });
    await stage.hands.deleteEndpoint(second);
    await stage.pass(65_000);
    expect(await seen(stage, third)).toMatchObject({ state: 'available' });
  });
});

describe('what people decide', () => {
  it('when an operator accepts one that policy holds, it is accepted by one call', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const customer = await stage.operator.customer('acme');
    await stage.operator.attest(customer, acme);
    await stage.operator.grant(customer, service, { acceptance: 'manual' });
    await stage.pass(3_000);
    const id = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    const calls = await changesDuring(stage, async () => {
      await decide(stage, id, 'accept');
      await stage.pass(8_000);
    });
    expect(calls).toEqual([accept]);
    expect(await seen(stage, id)).toMatchObject({
      state: 'available',
      decidedBy: 'key_operator',
      decisionReason: 'Asked.',
    });
  });

  it('when an operator rejects one that is up, it is rejected by one call', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    const id = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    const calls = await changesDuring(stage, async () => {
      await decide(stage, id, 'reject');
      await stage.pass(8_000);
    });
    expect(calls).toEqual([reject]);
    expect(stage.glance.state(id)).toBe('rejected');
    expect(await seen(stage, id)).toMatchObject({ state: 'rejected' });
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
  });

  it('when an operator rejects one that asks, policy does not let it in', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const id = await connectByHand(stage, service, acme);
    await stage.pass(8_000);
    await decide(stage, id, 'reject');
    await letIn(stage, service, acme);
    expect(await changesDuring(stage, () => stage.pass(8_000))).toEqual([reject]);
    expect(stage.glance.state(id)).toBe('rejected');
  });

  it('when another hand accepts one that policy holds, it is just seen', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const id = await connectByHand(stage, service, acme);
    await stage.pass(8_000);
    await stage.hands.vendor().ec2.acceptVpcEndpointConnections({
      ServiceId: service.serviceId,
      VpcEndpointIds: [id],
    });
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(await seen(stage, id)).toMatchObject({ state: 'available', decision: 'undecided' });
  });
});

describe('items that AWS refuses', () => {
  it('when one of two is gone as it is accepted, the other lands and it is told', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    const leaving = await stage.hands.connect(acme, service.serviceId);
    const staying = await stage.hands.connect(acme, service.serviceId);
    stage.hooks.before = async ({ name }) => {
      if (name === 'accept') await stage.hands.deleteEndpoint(leaving);
    };
    await stage.pass(6_000);
    stage.hooks.before = () => undefined;
    expect(await outcomes(stage)).toEqual(['partial']);
    const [effect] = await stage.db.query(
      `SELECT detail FROM effects WHERE action = 'accept_connections'`,
    );
    expect(effect).toEqual({ detail: '1 refused: InvalidState' });
    await stage.pass(3_000);
    expect(await seen(stage, staying)).toMatchObject({ state: 'available' });
    expect((await seen(stage, leaving)).state).toMatch(/^delet/);
  });
});

describe('more than one service', () => {
  it('when two are in one region, one poll shows the connections of both', async () => {
    const stage = await stageOfTest();
    const { providerAccount, service } = await acmeOnStage(stage);
    const { id } = await stage.operator.service(providerAccount);
    await stage.pass(3_000);
    const other = await serviceNow(stage, id);
    await letIn(stage, other, globex);
    await stage.pass(3_000);
    const last = stage.simulator.calls().at(-1)!.number;
    const first = await stage.hands.connect(acme, service.serviceId);
    const second = await stage.hands.connect(globex, other.serviceId);
    await stage.pass(8_000);
    expect(await seen(stage, first)).toMatchObject({
      state: 'available',
      endpointServiceId: service.id,
    });
    expect(await seen(stage, second)).toMatchObject({
      state: 'available',
      endpointServiceId: other.id,
    });
    expect(stage.glance.ourChanges(last)).toEqual([accept, accept]);
    const reads = stage.glance.ourCalls(last);
    const perRegion = reads.filter(({ action }) => action === 'DescribeVpcEndpointConnections');
    expect(perRegion.length).toBeLessThanOrEqual(5);
  });

  it('when one is in observe mode, only the other one accepts', async () => {
    const stage = await stageOfTest();
    const { providerAccount, service } = await acmeOnStage(stage);
    const observed = await stage.hands.makeService();
    await stage.operator.register(providerAccount, observed);
    await stage.pass(1_000);
    const [ours, theirs] = [
      await stage.hands.connect(acme, service.serviceId),
      await connectByHand(stage, { ...service, serviceId: observed }, acme),
    ];
    expect(await changesDuring(stage, () => stage.pass(8_000))).toEqual([accept]);
    expect(await seen(stage, ours)).toMatchObject({ state: 'available' });
    expect(await seen(stage, theirs)).toMatchObject({
      state: 'pendingAcceptance',
      decision: 'undecided',
    });
  });

  it('when acceptance is switched to observe, what was decided is not carried out', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    const id = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    await decide(stage, id, 'reject');
    await stage.change((context) => setModes(context, service.id, { acceptance: 'observe' }));
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.state(id)).toBe('available');
  });
});

describe('a worker that dies', () => {
  it('when it dies at any moment of an accept, the endpoint is accepted once', async () => {
    const stage = await stageOfTest();
    const { service } = await acmeOnStage(stage);
    let [id, before] = ['', 0];
    const tried = await surviveDeaths(stage, {
      kind: 'connections',
      worksMs: 0,
      arrange: async () => {
        before = stage.simulator.calls().at(-1)!.number;
        id = await stage.hands.connect(acme, service.serviceId);
        await stage.db.query(`UPDATE targets SET due_at = $1 WHERE kind = 'connections'`, [
          stage.clock.now(),
        ]);
      },
      check: async () => {
        expect(stage.glance.ourChanges(before)).toEqual([accept]);
        expect(await seen(stage, id)).toMatchObject({ state: 'available', decidedBy: 'policy' });
        const audited = await stage.db.query(
          `SELECT id FROM audit_entries WHERE action = 'acceptConnection' AND subject_id = $1`,
          [(await seen(stage, id)).id],
        );
        expect(audited).toHaveLength(1);
        await stage.hands.deleteEndpoint(id);
      },
    });
    expect(tried).toBeGreaterThan(10);
  });
});

async function outcomes({ db }: Stage): Promise<(string | null)[]> {
  const rows = await db.query<{ outcome: string | null }>(
    `SELECT outcome FROM effects WHERE action LIKE '%_connections' ORDER BY id`,
  );
  return rows.map(({ outcome }) => outcome);
}
