// The real first day: a service made by hand, with entries and connections that nobody may disturb.
// It is registered in `observe`, compared, and taken over aspect by aspect.

import { describe, expect, it } from 'vitest';
import { defaultWorldSpec } from '@sallyport/aws-simulator';
import type { Aspect } from '../../src/domain/endpoint-service.ts';
import * as connections from '../../src/storage/connections.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { plan, type Plan } from '../../src/usecases/plans.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import {
  changesDuring,
  readAgain,
  rootArn,
  serviceNow,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { domain } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

/** Accounts with networks of their own, besides the vendor's. */
const accountIds = Array.from({ length: 8 }, (_, index) => String(600_000_000_000 + index));
const strangers = Array.from({ length: 12 }, (_, index) =>
  rootArn(String(700_000_000_000 + index)),
);

interface Brownfield {
  stage: Stage;
  service: PresentService;
  /** Two that are up, then six that wait for acceptance, in the order of `accountIds`. */
  endpoints: string[];
}

/** A service with 20 entries and eight connections, all by hand, just registered. */
async function brownfield(): Promise<Brownfield> {
  const [vendor] = defaultWorldSpec().accounts;
  const customers = accountIds.map((id) => ({ id, vpcs: [{ region: 'us-east-1' }] }));
  const stage = await stageOfTest({ world: { accounts: [vendor!, ...customers] } });
  const { hands, operator } = stage;
  const serviceId = await hands.makeService([...accountIds.map(rootArn), ...strangers]);
  const endpoints: string[] = [];
  for (const accountId of accountIds) {
    endpoints.push(await hands.connect(accountId, serviceId));
    stage.clock.advance(1_000);
  }
  const accepted = { ServiceId: serviceId, VpcEndpointIds: endpoints.slice(0, 2) };
  await hands.vendor().ec2.acceptVpcEndpointConnections(accepted);
  stage.clock.advance(2_000);
  const { id } = await operator.register(await operator.providerAccount(), serviceId);
  await stage.pass(3_000);
  return { stage, service: await serviceNow(stage, id), endpoints };
}

const planOf = ({ stage, service }: Brownfield): Promise<Plan> =>
  stage.change((context) => plan(context, service.id));

/** Customers for some of what is there: one up, one that asks, one by hand's terms, one new. */
async function bringCustomersIn({ stage, service }: Brownfield): Promise<void> {
  const { operator } = stage;
  const [up, , asking, manual] = accountIds;
  for (const accountId of [up!, asking!, '800000000000']) {
    const customer = await operator.customer(`customer-${accountId}`);
    await operator.attest(customer, accountId);
    await operator.grant(customer, service);
  }
  const careful = await operator.customer('careful');
  await operator.attest(careful, manual!);
  await operator.grant(careful, service, { acceptance: 'manual' });
  await stage.change((context) => privateDns.put(context, service.id, `api.${domain}`));
}

const manage = ({ stage, service }: Brownfield, aspect: Aspect) =>
  stage.change((context) => setModes(context, service.id, { [aspect]: 'manage' }));

describe('a service that was made by hand', () => {
  it('when it is observed for long, all of it is known and none of it changes', async () => {
    const field = await brownfield();
    const { stage, service, endpoints } = field;
    await bringCustomersIn(field);
    const before = stage.glance.allowlist(service.serviceId);
    expect(before).toHaveLength(20);
    await stage.pass(180_000);
    expect(stage.glance.ourChanges()).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual(before);
    const shown = await connections.listPresent(stage.db, [service.id]);
    expect(shown.map(({ vpcEndpointId, state }) => [vpcEndpointId, state])).toEqual(
      endpoints.map((id, index) => [id, index < 2 ? 'available' : 'pendingAcceptance']),
    );
    expect(shown.every(({ decision }) => decision === 'undecided')).toBe(true);
    expect(shown.map(({ customerId }) => customerId !== null)).toEqual(
      accountIds.map((_, index) => [0, 2, 3].includes(index)),
    );
    expect(stage.errors).toEqual([]);
  });

  it('when customers come in, the plan says exactly what would change', async () => {
    const field = await brownfield();
    const { stage, endpoints } = field;
    await bringCustomersIn(field);
    await readAgain(stage, field.service);
    const others = [accountIds[1]!, ...accountIds.slice(4)].map(rootArn);
    expect(await planOf(field)).toMatchObject({
      principals: {
        add: [rootArn('800000000000')],
        remove: [],
        contested: [],
        unmanaged: [...others, ...strangers].sort(),
      },
      connections: { accept: [endpoints[2]], reject: [] },
      privateDns: { step: 'set_name' },
    });
    const { held } = (await planOf(field)).connections;
    expect(held).toEqual([
      { vpcEndpointId: endpoints[3], reason: 'manual_acceptance' },
      ...endpoints.slice(4).map((vpcEndpointId) => ({ vpcEndpointId, reason: 'unknown_owner' })),
    ]);
  });
});

describe('one aspect that is taken over', () => {
  it('when it is the principals, what the plan added is added, and nothing else', async () => {
    const field = await brownfield();
    const { stage, service, endpoints } = field;
    await bringCustomersIn(field);
    await readAgain(stage, service);
    const before = stage.glance.allowlist(service.serviceId);
    const planned = await planOf(field);
    const calls = await changesDuring(stage, async () => {
      await manage(field, 'principals');
      await stage.pass(70_000);
    });
    expect(calls).toEqual(['ModifyVpcEndpointServicePermissions ok']);
    expect(stage.glance.allowlist(service.serviceId)).toEqual(
      [...before, ...planned.principals.add].sort(),
    );
    expect(endpoints.map(stage.glance.state).slice(2)).toEqual(
      endpoints.slice(2).map(() => 'pendingAcceptance'),
    );
    expect(stage.glance.privateDns(service.serviceId)).toBeNull();
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect((await planOf(field)).principals).toMatchObject({ add: [], remove: [] });
  });

  it('when it is acceptance, what the plan accepted is accepted, and nothing else', async () => {
    const field = await brownfield();
    const { stage, service, endpoints } = field;
    await bringCustomersIn(field);
    await readAgain(stage, service);
    const before = stage.glance.allowlist(service.serviceId);
    const planned = await planOf(field);
    const calls = await changesDuring(stage, async () => {
      await manage(field, 'acceptance');
      await stage.pass(70_000);
    });
    expect(calls).toEqual(['AcceptVpcEndpointConnections ok']);
    const up = [...endpoints.slice(0, 2), ...planned.connections.accept];
    expect(endpoints.filter((id) => stage.glance.state(id) === 'available')).toEqual(up);
    expect(endpoints.filter((id) => !up.includes(id)).map(stage.glance.state)).toEqual(
      Array.from({ length: 5 }, () => 'pendingAcceptance'),
    );
    expect(stage.glance.allowlist(service.serviceId)).toEqual(before);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect((await planOf(field)).connections).toMatchObject({ accept: [], reject: [] });
  });

  it('when it is private DNS, the name is verified, and nothing else changes', async () => {
    const field = await brownfield();
    const { stage, service } = field;
    await bringCustomersIn(field);
    await readAgain(stage, service);
    const before = stage.glance.allowlist(service.serviceId);
    const calls = await changesDuring(stage, async () => {
      await manage(field, 'privateDns');
      await stage.pass(10_000);
    });
    expect(calls).toEqual([
      'ModifyVpcEndpointServiceConfiguration ok',
      'ChangeResourceRecordSets ok',
      'StartVpcEndpointServicePrivateDnsVerification ok',
    ]);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ state: 'verified' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual(before);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect((await planOf(field)).privateDns).toEqual({ step: 'none' });
  });

  it('when it is given back and taken over again, nothing changes', async () => {
    const field = await brownfield();
    const { stage, service } = field;
    await bringCustomersIn(field);
    await manage(field, 'principals');
    await readAgain(stage, service);
    const calls = await changesDuring(stage, async () => {
      await stage.change((context) => setModes(context, service.id, { principals: 'observe' }));
      await readAgain(stage, service);
      await manage(field, 'principals');
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
  });
});
